import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { TESTDATA } from './peers.ts';

/** A real study, as its headers say (testdata manifest), and an HL7 order for it. */
export const MR = {
  accession: '98edede8b2',
  patientId: '1449c1d',
  study: '1.2.840.113845.11.1000000001785349915.20130308061609.6346698',
};

export const mrOrder = (accession: string, control: string): string[] => [
  `MSH|^~\\&|EHR|MERCY|OVERREAD|GROUP|20261121020000||ORM^O01|${control}|P|2.5.1`,
  `PID|1||${MR.patientId}^^^MERCY^MR||anonymized||20090701|M`,
  `ORC|NW|PL-${accession}|${accession}||SC||^^^^^S||20261121020000|||1234^House^Gregory`,
  `OBR|1|PL-${accession}|${accession}|70551^MR brain without contrast^C4||20261121020000|||||||Fall||||1234^House^Gregory||${accession}||||||||^^^^^S||||^Headache`,
];

export const mrFiles = (): string[] => {
  const folder = join(TESTDATA, 'dicom/mr-brain');
  return readdirSync(folder)
    .slice(0, 2)
    .map((name) => join(folder, name));
};
