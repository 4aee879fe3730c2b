import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { readDicom, toDicomJson } from '#electron/adapters/dicom-file/index.ts';
import { textOf } from '#shared/dicom/study-summary.ts';
import { dicomFacts, dicomPath, hasDicomTestdata } from '#tests/support/dicom-testdata.ts';

const patientName = (path: string): string => {
  const read = readDicom(readFileSync(dicomPath(path)), { headerOnly: true });
  if (!read.ok) throw new Error(read.error.reason);
  return textOf(toDicomJson(read.value)['00100010']) ?? '';
};

describe.skipIf(!hasDicomTestdata)('names in real files', () => {
  it('are what an independent reader decodes, in every file', () => {
    const wrong: string[] = [];
    let compared = 0;
    for (const { path, header } of dicomFacts) {
      if (header?.patientName === undefined) continue;
      compared++;
      const expected = header.patientName.replace(/=+$/, '').trim();
      const name = patientName(path);
      if (name !== expected) wrong.push(`${path}: ${name} is not ${expected}`);
    }
    expect(compared).toBeGreaterThan(600);
    expect(wrong).toEqual([]);
  });
});
