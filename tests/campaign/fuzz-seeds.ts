import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const TESTDATA = resolve('..', 'shared', 'testdata');
/** Larger ones only make the campaign slow. */
const LARGEST_BYTES = 60_000;

/** An order as an emergency department's system sends it, under an accession number of its own. */
export const orderMessage = (accession: string): string =>
  [
    `MSH|^~\\&|EHR|MERCY|OVERREAD|GROUP|20261121020000||ORM^O01|${accession}|P|2.5.1|||||USA|8859/1`,
    `PID|1||${accession}M^^^MERCY^MR||Fuzz^Ann^B||19500101|F|||1 Elm St^^Springfield^OH`,
    'PV1|1|E|ED^4^^MERCY',
    `ORC|NW|PL-${accession}|${accession}||SC||^^^^^S||20261121020000|||1234^House^Gregory`,
    `OBR|1|PL-${accession}|${accession}|70450^CT head without contrast^C4||20261121020000|||||||Fall||||1234^House^Gregory||${accession}||||||||^^^^^S||||^Headache`,
    'NTE|1||Fell from a ladder',
    'OBX|1|NM|2160-0^Creatinine^LN||1.1|mg/dL|||||F',
    '',
  ].join('\r');

const OTHER_MESSAGES = [
  'MSH|^~\\&|HIS|M|||20261121||ADT^A08|A1|P|2.5.1\rPID|||4711^^^M^MR||Doe^Jane||19541103|F\r',
  'MSH|^~\\&|HIS|M|||20261121||ADT^A40|A2|P|2.5.1\rPID|||4711^^^M^MR||Doe^Jane||19541103|F\rMRG|4712^^^M^MR\r',
  'MSH|^~\\&|RIS|M|||20261121||ORU^R01|R1|P|2.5.1\rPID|||4711^^^M^MR||Doe^Jane\rOBR|1||OLD-1|^MR BRAIN|||20250301\r' +
    'OBX|1|TX|18782-3^Report^LN||No acute finding.||||||F\r',
];

const BUNDLE = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    {
      fullUrl: 'urn:uuid:6a1f1f0e-7d5a-4d53-8f0e-3d8b6c0d7a01',
      resource: {
        resourceType: 'Patient',
        identifier: [{ system: 'urn:overread:site:mercy:mrn', value: '4711' }],
        name: [{ family: 'Doe', given: ['Jane'] }],
        gender: 'female',
        birthDate: '1954-11-02',
      },
      request: { method: 'POST', url: 'Patient' },
    },
    {
      resource: {
        resourceType: 'Task',
        status: 'ready',
        intent: 'order',
        priority: 'stat',
        code: { coding: [{ system: 'http://dicom.nema.org/resources/ontology/DCM', code: '110005' }] },
        authoredOn: '2026-11-21T02:00:00Z',
        for: { reference: 'urn:uuid:6a1f1f0e-7d5a-4d53-8f0e-3d8b6c0d7a01' },
      },
      request: { method: 'POST', url: 'Task' },
    },
  ],
};

/** What is mutated: our own, and other people's where they are at hand. */
export function fuzzSeeds(): { readonly hl7: readonly Uint8Array[]; readonly fhir: readonly unknown[] } {
  const hl7 = filesBelow('hl7v2').map((file) => new Uint8Array(readFileSync(file)));
  const resources = filesBelow('fhir')
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => jsonIn(file));
  return {
    hl7: [...['FZ-A', 'FZ-B'].map(orderMessage), ...OTHER_MESSAGES]
      .map((text) => Buffer.from(text, 'latin1'))
      .concat(hl7.map((bytes) => Buffer.from(bytes))),
    fhir: [BUNDLE, ...resources],
  };
}

const filesBelow = (name: string): string[] => {
  const folder = join(TESTDATA, name);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).length <= LARGEST_BYTES)
    .toSorted((one, other) => one.localeCompare(other));
};

function jsonIn(file: string): unknown[] {
  try {
    return [JSON.parse(readFileSync(file, 'utf8'))];
  } catch {
    return [];
  }
}
