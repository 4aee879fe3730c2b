import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { answerHl7 } from '#electron/gateway/intake/answer-hl7.ts';
import { readIntakeProblems } from '#electron/gateway/intake/intake-problem.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { Site } from '#shared/domain/site.ts';
import { toldBy } from '#shared/fhir/told-by.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { hl7Testdata, hl7TestdataNames } from '#tests/support/hl7-testdata.ts';
import { createManualTime } from '#tests/support/manual-time.ts';
import { createMemoryFhir } from '#tests/support/memory-fhir.ts';
import { lacks, TESTDATA } from '#tests/support/peers.ts';

interface Example {
  readonly name: string;
  readonly resource: unknown;
}

/** Every resource of every file that others wrote, those in bundles one by one. */
function fhirExamples(): Example[] {
  const folder = join(TESTDATA, 'fhir');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json') && !entry.parentPath.endsWith('profiles'))
    .flatMap(({ parentPath, name }) => {
      const whole = JSON.parse(readFileSync(join(parentPath, name), 'utf8')) as {
        readonly resourceType: string;
        readonly entry?: readonly { readonly resource?: unknown }[];
      };
      if (whole.resourceType !== 'Bundle') return [{ name, resource: whole }];
      return (whole.entry ?? []).map(({ resource }, place) => ({ name: `${name}#${place}`, resource: resource ?? {} }));
    });
}

/** Whole messages; the one file that holds many is cut at each header. */
const hl7Examples = (): { readonly name: string; readonly bytes: Uint8Array }[] =>
  hl7TestdataNames().flatMap((name) => {
    const bytes = hl7Testdata(name);
    if (!name.startsWith('many')) return [{ name, bytes }];
    const text = Buffer.from(bytes).toString('latin1');
    return [...text.matchAll(/^MSH[^]*?(?=^MSH|^\/\/|$(?![^]))/gm)].map(([message], place) => ({
      name: `${name}#${place}`,
      bytes: new Uint8Array(Buffer.from(message.trim().replaceAll(/\r?\n/g, '\r'), 'latin1')),
    }));
  });

const site: Site = {
  id: 'mercy' as SiteId,
  name: 'Mercy General',
  orders: { hl7ListenPort: 0, unordered: 'ignore' },
  returns: [],
  turnaroundMinutes: {},
};

describe.skipIf(lacks('testdata'))('of the examples that others wrote', () => {
  it('every FHIR resource tells facts with their source, or has a stated reason why not', () => {
    const examples = fhirExamples();
    const silent = new Set<string>();
    const facts = examples.flatMap(({ name, resource }) => {
      const told = toldBy(resource, 'Site FHIR');
      if ('reason' in told) {
        expect(told.reason, name).not.toBe('');
        silent.add(told.reason);
      }
      return told.facts;
    });
    for (const fact of facts) {
      expect(fact.source).not.toBe('');
      expect(`${fact.label}${fact.text}`.trim()).not.toBe('');
    }
    expect(facts.filter(({ label }) => label === 'Not readable')).toEqual([]);
    expect(examples.length).toBeGreaterThan(500);
    for (const reason of silent)
      expect(reason).toMatch(
        /says nothing of the patient|is read with the order|has no value in words|no resource type/,
      );
    const kinds = new Set(facts.map(({ kind }) => kind));
    for (const kind of ['history', 'allergy', 'lab', 'medication', 'procedure', 'prior-report', 'document'] as const)
      expect(kinds).toContain(kind);
  });

  it('every HL7 message becomes durable facts, or is answered with the reason and kept whole', async () => {
    const { clock } = createManualTime();
    const outcomes: Record<string, number> = {};
    for (const { name, bytes } of hl7Examples()) {
      const fhir = createMemoryFhir({ clock });
      const reception = { fhir, clock, log: silentLog, nextControlId: () => 'X' };
      const ack = new TextDecoder().decode(await answerHl7(bytes, site, reception));
      const [, code = '', , words = ''] = /\rMSA\|([AC][AER])\|([^|\r]*)\|?([^|\r]*)/.exec(ack) ?? [];
      const told = [
        ...fhir.all('Task'),
        ...fhir.all('DiagnosticReport'),
        ...fhir.all('Observation'),
        ...fhir.all('Patient'),
      ];
      const problems = await readIntakeProblems(fhir);
      const outcome = code.endsWith('A') ? (told.length > 0 ? 'facts' : 'nothing to change') : 'kept';
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      if (outcome === 'kept') expect(problems, name).toHaveLength(1);
      else expect(problems, name).toEqual([]);
      if (outcome !== 'facts') expect(words, name).not.toBe('');
      if (outcome === 'kept') expect(problems[0]?.reason, name).not.toBe('');
    }
    expect(outcomes['facts']).toBeGreaterThan(15);
    expect(outcomes['kept']).toBeGreaterThan(0);
  });
});
