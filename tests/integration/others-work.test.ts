import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { readSeries } from '#renderer/viewer/model/series.ts';
import { readOthers } from '#renderer/viewer/others/read-others.ts';
import type { OthersWork } from '#renderer/viewer/others/work.ts';
import { dicomFolder, hasDicomTestdata } from '#tests/support/dicom-testdata.ts';
import { openPixelSource } from '#tests/support/viewer-harness/pixel-source.ts';

/** Every object of a folder of the collection, as the page reads it, with the images that are with it. */
function worksIn(...folders: readonly string[]): readonly OthersWork[] {
  const source = openPixelSource(folders.map((folder) => join(dicomFolder, folder)));
  const metadata = source.studies().flatMap((study) => source.metadata(study));
  return readOthers(readSeries(metadata, 'current', () => undefined)).works;
}
const told = (works: readonly OthersWork[]) =>
  works.map(({ what, title, source, algorithm, version, date, imageIds, reason }) => ({
    what,
    title,
    made: [source, algorithm, version, date].filter((part) => part !== undefined).join(' | '),
    images: imageIds.length,
    reason,
  }));
describe.skipIf(!hasDicomTestdata)('x', () => {
  it('y', () => {
    for (const f of readdirSync(dicomFolder)) {
      const w = worksIn(f);
      if (w.length) process.stdout.write(JSON.stringify({ f, w: told(w) }, null, 1) + '\n');
    }
  });
});
