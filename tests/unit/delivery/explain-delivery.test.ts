import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { explain, legWords, tryWords } from '#renderer/delivery/explain.ts';

const FOLDER = fileURLToPath(new URL('../../../electron/gateway/delivery/', import.meta.url));

/** Every code a channel can give, as it stands in its source; a code with something filled in ends in a dash. */
const codes = readdirSync(FOLDER)
  .map((name) => readFileSync(`${FOLDER}${name}`, 'utf8'))
  .flatMap((source) => [...source.matchAll(/\b(?:code|problem): ['`]([a-z][a-z0-9-]+)/g)])
  .map(([, code = '']) => code)
  .filter((code) => code !== 'wrong-channel');

describe('what is said about a delivery', () => {
  it('is words and a way out for every problem a channel can have', () => {
    expect(codes.length).toBeGreaterThan(15);
    for (const code of codes) {
      const said = explain({ problem: code.endsWith('-') ? `${code}x` : code, state: 'with-a-person' });
      expect(said?.happened, code).toMatch(/^[A-Z].*\.$/);
      expect(said?.todo, code).not.toBe('');
    }
  });

  it('shows an unknown problem as it came, and nothing where there is none', () => {
    expect(explain({ problem: 'patient unknown at the site', state: 'with-a-person' })?.happened).toBe(
      'patient unknown at the site',
    );
    expect(explain({ state: 'accepted' } as never)).toBeUndefined();
  });

  it('tells a passing error of the site from a refusal', () => {
    expect(explain({ problem: 'hl7-AE-207', state: 'waiting' })?.happened).toMatch(/just then/);
    expect(explain({ problem: 'hl7-AE', state: 'with-a-person' })?.happened).toMatch(/refused/);
    expect(explain({ problem: 'folder-ENOSPC', state: 'waiting' })?.happened).toMatch(/full/);
  });

  it('names both legs and every try', () => {
    expect(legWords({ legs: { processing: 'sent', acknowledgement: 'unknown' } })).toEqual([
      'Sent',
      'No usable answer',
    ]);
    expect(tryWords({ at: 0, outcome: 'not-taken', code: 'hl7-refused' })).toBe(
      'not taken: Nobody listens at the site’s HL7 address',
    );
  });
});
