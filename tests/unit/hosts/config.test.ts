import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { configSchema } from '#electron/hosts/config/config-schema.ts';
import { loadConfig } from '#electron/hosts/config/load-config.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overread-config-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function load(config: unknown, environment: Record<string, string> = {}) {
  const path = join(folder, 'config.json');
  writeFileSync(path, typeof config === 'string' ? config : JSON.stringify(config));
  return loadConfig(path, environment);
}

const mercy = {
  id: 'mercy',
  name: 'Mercy General',
  region: 'US-OH',
  dicomweb: {
    url: 'http://127.0.0.1:8042/dicom-web',
    auth: { basic: { user: 'reader', password: { env: 'MERCY_PASSWORD' } } },
  },
  orders: { hl7: { listen: 2575 }, fhir: { url: 'https://ehr.example/fhir' }, unordered: 'create' },
  return: [{ hl7: { host: '127.0.0.1', port: 2576 } }, { stow: {} }, { fhir: {} }, { folder: { path: 'returned' } }],
  turnaroundMinutes: { stroke: 15 },
};

describe('the configuration', () => {
  it('takes the documented example, resolving secrets and paths', () => {
    const loaded = load(
      {
        reader: {
          id: 'dr-lee',
          name: 'Lee^Dana',
          pin: { env: 'OVERREAD_PIN' },
          licences: [{ region: 'US-OH', until: '2027-01-01' }],
          subspecialties: ['neuro'],
        },
        hub: { fhir: 'embedded' },
        sites: [mercy],
      },
      { OVERREAD_PIN: '2468', MERCY_PASSWORD: 'secret' },
    );
    if (!loaded.ok) throw new Error(loaded.error);
    expect(loaded.value.reader?.pin).toBe('2468');
    expect(loaded.value.sites[0]?.dicomweb?.auth).toEqual({ user: 'reader', password: 'secret' });
    expect(loaded.value.sites[0]?.returns).toEqual([
      { kind: 'hl7', host: '127.0.0.1', port: 2576 },
      { kind: 'stow' },
      { kind: 'fhir', url: 'https://ehr.example/fhir' },
      { kind: 'folder', path: join(folder, 'returned') },
    ]);
  });

  it.each([
    ['an unknown key', { sites: [{ ...mercy, colour: 'red' }] }, /sites\.0.*colour/],
    [
      'a password written out',
      { sites: [{ ...mercy, dicomweb: { url: 'http://a/', auth: { basic: { user: 'x', password: 'y' } } } }] },
      /password/,
    ],
    ['an unset environment variable', { sites: [mercy] }, /MERCY_PASSWORD is not set/],
    [
      'two sites with one id',
      {
        sites: [
          { id: 'a', name: 'A' },
          { id: 'a', name: 'B' },
        ],
      },
      /same id/,
    ],
    ['stow without dicomweb', { sites: [{ id: 'a', name: 'A', return: [{ stow: {} }] }] }, /needs dicomweb\.url/],
    ['a macro whose name cannot be typed', { macros: [{ name: 'two words', text: 'x' }] }, /macros\.0\.name/],
    ['text that is not JSON', '{', /cannot read configuration/],
  ])('refuses %s in one line that names the place', (_what, config, message) => {
    const loaded = load(config);
    expect(loaded.ok).toBe(false);
    if (loaded.ok) return;
    expect(loaded.error).toMatch(message);
    expect(loaded.error).not.toContain('\n');
  });

  it('takes how a site wants to hear of critical results, and where inbox pages are served', () => {
    const contact = { name: 'Rao', role: 'ED physician', phone: '+1 555 0101', hours: { from: '07:00', to: '19:00' } };
    const critical = { windowMinutes: { red: 30 }, escalation: [contact], timeZone: 'America/New_York' };
    const site = { id: 'mercy', name: 'Mercy', critical, inbox: { sessionMinutes: 60 }, return: [{ inbox: {} }] };
    const loaded = load({ inbox: { listen: 8443, url: 'https://reports.example' }, sites: [site] });
    if (!loaded.ok) throw new Error(loaded.error);
    expect(loaded.value.inbox).toEqual({ listen: 8443, url: 'https://reports.example' });
    expect(loaded.value.sites[0]).toMatchObject({
      critical,
      inbox: { linkDays: 30, sessionMinutes: 60 },
      returns: [{ kind: 'inbox' }],
    });
  });

  it.each([
    [{ timeZone: 'Mars/Olympus' }, /sites\.0\.critical\.timeZone: no such time zone/],
    [{ escalation: [{ name: 'x', role: 'y', phone: '123', hours: { from: '25:00', to: '07:00' } }] }, /HH:MM/],
    [{ windowMinutes: { purple: 1 } }, /sites\.0\.critical\.windowMinutes/],
  ])('refuses critical rules that cannot be followed: %o', (critical, message) => {
    const loaded = load({ sites: [{ id: 'mercy', name: 'Mercy', critical }] });
    expect(loaded.ok).toBe(false);
    if (!loaded.ok) expect(loaded.error).toMatch(message);
  });

  it("takes the group's macros", () => {
    const macros = [{ name: 'nl', text: 'Normal.' }];
    const loaded = load({ macros });
    expect(loaded.ok && loaded.value.macros).toEqual(macros);
  });

  it('has no language model unless it names one, and keeps its key out of the file', () => {
    expect(load({})).not.toHaveProperty('value.languageModel');
    const languageModel = { url: 'http://127.0.0.1:8080/v1', model: 'small', key: { env: 'MODEL_KEY' } };
    expect(load({ languageModel }, { MODEL_KEY: 'k1' })).toMatchObject({
      value: { languageModel: { url: 'http://127.0.0.1:8080/v1', model: 'small', key: 'k1', timeoutMs: 30_000 } },
    });
    expect(load({ languageModel })).toMatchObject({ ok: false });
    expect(load({ languageModel: { ...languageModel, url: 'file:///etc/passwd' } })).toMatchObject({ ok: false });
  });

  it('knows the words a group attests with, both of them or none at all', () => {
    const attestation = { unchanged: 'Confirmed after {first}.', changed: 'Changed after {first}.' };
    expect(load({ group: { attestation } })).toMatchObject({ value: { group: { attestation } } });
    expect(load({ group: { attestation: 'none' } })).toMatchObject({ value: { group: { attestation: 'none' } } });
    expect(load({ group: { attestation: { unchanged: 'x' } } })).toMatchObject({ ok: false });
  });

  it('may name the templates a site wants for its exams', () => {
    const templates = [{ exam: '70450', template: 'urn:overread:template:ct-head' }];
    expect(load({ sites: [{ id: 'mercy', name: 'Mercy', templates }] })).toMatchObject({
      value: { sites: [{ templates }] },
    });
    expect(load({ sites: [{ id: 'mercy', name: 'Mercy', templates: [{ exam: '' }] }] })).toMatchObject({ ok: false });
  });

  it('may name an authority for an archive of its own, by variable or file', () => {
    const dicomweb = { url: 'https://127.0.0.1/dicom-web', ca: { env: 'ARCHIVE_CA' } };
    const sites = [{ id: 'mercy', name: 'Mercy', dicomweb }];
    expect(load({ sites }, { ARCHIVE_CA: 'PEM' })).toMatchObject({
      value: { sites: [{ dicomweb: { url: 'https://127.0.0.1/dicom-web', ca: 'PEM' } }] },
    });
    expect(load({ sites })).toMatchObject({ ok: false });
  });

  it('has its published JSON schema equal to what the program checks', () => {
    const published: unknown = JSON.parse(
      readFileSync(new URL('../../../build/config.schema.json', import.meta.url), 'utf8'),
    );
    expect(published).toEqual(z.toJSONSchema(configSchema, { io: 'input' }));
  });
});
