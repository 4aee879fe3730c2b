import type { Bundle, FhirResource } from 'fhir/r4';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { documentInStudy, NOTE_KINDS, type NoteFact } from '#shared/domain/notes.ts';
import { noteFromFhir } from '#shared/fhir/notes-from-fhir.ts';
import { noteKey, noteToFhir } from '#shared/fhir/notes-to-fhir.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { lacks, TESTDATA } from '#tests/support/peers.ts';

const owner = { order: 'A-1', patient: '4711' };
const context = { siteId: 'mercy', patient: 'Patient/1', order: 'ServiceRequest/1', owner };

describe('a note on the hub', () => {
  it('comes back as it went, whatever it says', () => {
    const words = fc.stringMatching(/^[A-Za-zäöüß0-9 .,;:<>%/()^-]{1,40}$/).filter((text) => text.trim() !== '');
    const fact: fc.Arbitrary<NoteFact> = fc.record(
      {
        kind: fc.constantFrom(...NOTE_KINDS),
        label: words,
        text: fc.oneof(words, fc.constant('')),
        source: words,
        code: fc.stringMatching(/^[A-Za-z0-9.-]{1,10}$/),
        abnormal: fc.constant(true),
        at: fc.integer({ min: 0, max: 4_000_000_000_000 }).map((at) => at as EpochMs),
      },
      { requiredKeys: ['kind', 'label', 'text', 'source'] },
    );
    fc.assert(
      fc.property(fact, (told) => {
        // A report without a word is none.
        fc.pre(told.kind !== 'prior-report' || told.text !== '');
        const resource = noteToFhir(told, context);
        expect(resource && noteFromFhir(resource, 'elsewhere')).toEqual(told);
      }),
    );
  });

  it('keeps the study of a prior report', () => {
    const told = { kind: 'prior-report', label: 'CT', text: 'ok', source: 'x', studyInstanceUid: '1.2.3' } as const;
    const resource = noteToFhir(told, context);
    expect(resource && noteFromFhir(resource, '')).toEqual(told);
  });

  it('says which instance of the study a letter is, so that two of one title are two', () => {
    const letter = (uid: string) =>
      ({
        kind: 'document',
        label: 'Referral',
        text: 'in the study: application/pdf',
        source: 'DICOM header',
        picture: { contentType: 'application/pdf', of: documentInStudy(uid) },
      }) as const;
    const resource = noteToFhir(letter('1.2.3'), context);
    expect(resource && noteFromFhir(resource, '')).toEqual(letter('1.2.3'));
    expect(noteKey(letter('1.2.3'), owner)).not.toBe(noteKey(letter('1.2.4'), owner));
  });

  it('has one key for the patient’s facts in every order, and another for what is said of one exam', () => {
    const other = { ...owner, order: 'A-2' };
    const allergy = { kind: 'allergy', label: 'Latex', text: '', source: 'x' } as const;
    const reason = { kind: 'reason', label: 'Reason', text: 'pain', source: 'x' } as const;
    expect(noteKey(allergy, owner)).toBe(noteKey(allergy, other));
    expect(noteKey(reason, owner)).not.toBe(noteKey(reason, other));
    expect(noteKey(allergy, owner)).not.toBe(noteKey(allergy, { ...owner, patient: '4712' }));
  });
});

describe.skipIf(lacks('testdata'))('facts of other systems', () => {
  const read = (name: string) => JSON.parse(readFileSync(join(TESTDATA, 'fhir', name), 'utf8')) as FhirResource;
  it.each([
    ['spec/allergyintolerance-example.json', { kind: 'allergy', label: 'Cashew nuts' }],
    ['spec/observation-f001.json', { kind: 'lab', text: '6.3 mmol/l', abnormal: true }],
    ['us-core/diagnosticreport-chest-xray-report.json', { kind: 'prior-report' }],
    ['spec/documentreference-example.json', { kind: 'document' }],
  ])('%s is read', (name, expected) => {
    expect(noteFromFhir(read(name), 'Site FHIR')).toMatchObject({ ...expected, source: 'Site FHIR' });
  });

  it('a whole synthetic record yields facts of many kinds', () => {
    const bundle = read('synthea/bundle-louis-erdman.json') as Bundle<FhirResource>;
    const facts = (bundle.entry ?? []).flatMap(({ resource }) => (resource && noteFromFhir(resource, 'Site')) ?? []);
    expect(facts.length).toBeGreaterThan(20);
    expect(new Set(facts.map((fact) => fact.kind))).toContain('lab');
  });
});
