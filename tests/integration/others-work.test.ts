import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { toDicomJson, readDicom } from '#electron/adapters/dicom-file/index.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { readSeries } from '#renderer/viewer/model/series.ts';
import { readOthers } from '#renderer/viewer/others/read-others.ts';
import type { OthersWork } from '#renderer/viewer/others/work.ts';
import { dicomBytes, dicomFacts, dicomFolder, hasDicomTestdata } from '#tests/support/dicom-testdata.ts';
import { openPixelSource } from '#tests/support/viewer-harness/pixel-source.ts';
import { BASE, dataOf } from '#tests/unit/viewer/image-of.ts';

/** Everything of one folder of the collection, as the page reads it. */
function worksIn(folder: string): readonly OthersWork[] {
  const source = openPixelSource([join(dicomFolder, folder)]);
  const metadata = source.studies().flatMap((study) => source.metadata(study));
  return readOthers(readSeries(metadata, 'current', () => undefined)).works;
}

/** One object with a made image for each it names, so that there is something for it to lie on. */
function worksOf(path: string): readonly OthersWork[] {
  const read = readDicom(dicomBytes(path));
  if (!read.ok) throw new Error(read.error.reason);
  const json = toDicomJson(read.value);
  const sops = new Set(
    [...JSON.stringify(json).matchAll(/"00081155":\{"vr":"UI","Value":\["([^"]+)"\]/g)].map(([, sop]) => sop),
  );
  const images = [...sops].map((sop): DicomJson =>
    dataOf({ ...BASE, '00080018': sop, '00280010': 512, '00280011': 512 }),
  );
  return readOthers(readSeries([json, ...images], 'current', () => undefined)).works;
}
const wordsOn = (work: OthersWork | undefined): readonly string[] =>
  (work?.imageIds ?? []).flatMap((imageId) => work?.marksOn(imageId).map(({ text }) => text) ?? []);

const OVER_IMAGES = /Segmentation|Key Object|Presentation State|Structured|SR Storage|RT Structure|Annotations/;

describe.skipIf(!hasDicomTestdata)('what others made, in the files of the collection', () => {
  it('each object lies on images, or says why it does not', { timeout: 60_000 }, () => {
    const folders = readdirSync(dicomFolder).filter((name) => existsSync(join(dicomFolder, name)));
    const works = folders.flatMap((folder) => worksIn(folder));
    for (const { what, title, imageIds, reason } of works)
      expect(imageIds.length > 0 || reason !== undefined, `${what} ${title}`).toBe(true);
    const expected = dicomFacts.filter((facts) => {
      const header = facts.header as { readonly sopClass?: string } | undefined;
      return facts.dcmdumpReads !== false && OVER_IMAGES.test(header?.sopClass ?? '');
    });
    const objects = new Set(works.map(({ id }) => id.replace(/#\d+$/, '')));
    const missing = expected.filter(({ header }) => !objects.has(header?.sopInstanceUID ?? ''));
    expect(missing.map(({ path }) => path)).toEqual([]);
    expect(expected.length).toBeGreaterThan(20);
  });

  it('a key object selection marks the images it names as those of its author', () => {
    const [work] = worksOf('ko/ko-elga-1.dcm');
    expect(work?.reason).toBeUndefined();
    expect(wordsOn(work)[0]).toMatch(/^Key image of .*Router.*: Automatic created$/);
  });

  it('measurements of a 3D report stand on their images with what was found and measured, as dsrdump tells it', () => {
    const [work] = worksOf('sr/sr-document-with-multiple-groups.dcm');
    expect(wordsOn(work)).toEqual(['Nodule, Lung\nDiameter 10 mm', 'Aorta\nDiameter 20 mm']);
    const circle = work?.imageIds
      .flatMap((imageId) => work.marksOn(imageId))
      .find(({ text }) => text.startsWith('Nodule'));
    // CIRCLE 45/55, 45/65: ten around 44.5, 54.5 from the centre of the first pixel.
    for (const [x, y] of circle?.lines[0] ?? []) expect(Math.hypot(x - 44.5, y - 54.5)).toBeCloseTo(10, 6);
  });

  it('a presentation state brings its window table, and says what of it is not applied', () => {
    const [work] = worksOf('pr/prluts.dcm');
    expect(work?.viewOf?.(work.imageIds[0] ?? '')?.scale).toMatchObject({ kind: 'table', table: { bits: 8 } });
    expect(work?.reason).toBe('its modality table is not applied');
  });
});
