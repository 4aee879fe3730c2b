import { describe, expect, it } from 'vitest';

import { seriesSeen } from '#electron/hosts/compose/series-seen.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { CheckFacts, SeriesSeen } from '#shared/reporting/checks/check-facts.ts';
import { checkUnseenImages } from '#shared/reporting/checks/unseen-images.ts';

const facts = (...series: readonly Partial<SeriesSeen>[]): CheckFacts => ({
  patient: { sex: 'F', name: 'Doe^Jane' },
  order: { exam: 'CT head' },
  study: { priors: [], series: series.map((one) => ({ images: 10, seen: 10, isScout: false, ...one })) },
});

describe('images of the exam that were not on screen', () => {
  it('are no complaint when every image was, or nobody knows', () => {
    expect(checkUnseenImages(facts({}, { seen: 1, images: 1 }))).toEqual([]);
    expect(checkUnseenImages({ ...facts(), study: { priors: [] } })).toEqual([]);
  });

  it('are named by their series when none of it was opened', () => {
    expect(
      checkUnseenImages(facts({}, { number: 3, description: 'Bone', seen: 0, images: 120 }, { number: 4, seen: 0 })),
    ).toMatchObject([
      {
        code: 'series-unread',
        severity: 'warn',
        message: 'Series 3 (Bone), 120 images; series 4, 10 images: never on screen.',
      },
    ]);
  });

  it('are counted when a series was begun', () => {
    expect(checkUnseenImages(facts({ number: 2, seen: 608, images: 612 }))).toMatchObject([
      { code: 'images-unseen', severity: 'warn', message: '4 of 612 images of series 2 not shown.' },
    ]);
  });

  it('do not count where nobody has to read them', () => {
    expect(checkUnseenImages(facts({ isScout: true, seen: 0 }))).toEqual([]);
  });
});

describe('what was seen of a study', () => {
  const image = (series: string, sop: string, more: Record<string, readonly unknown[]> = {}): DicomJson =>
    Object.fromEntries(
      Object.entries({
        '0020000E': [series],
        '00080018': [sop],
        '00080016': ['1.2.840.10008.5.1.4.1.1.2'],
        '00280010': [512],
        '00200011': [Number(series)],
        ...more,
      }).map(([tag, Value]) => [tag, { vr: 'UN', Value }]),
    ) as unknown as DicomJson;

  it('is counted by series; scouts, dose pages and documents are nobody’s to read', () => {
    const metadata = [
      image('1', '1.1', { '00080008': ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] }),
      image('2', '2.1', { '0008103E': ['Thin'] }),
      image('2', '2.2', { '0008103E': ['Thin'] }),
      image('9', '9.1', { '00080016': ['1.2.840.10008.5.1.4.1.1.7'] }),
      { ...image('8', '8.1'), '00280010': undefined } as unknown as DicomJson,
    ];
    expect(seriesSeen(metadata, new Set(['2.2']))).toEqual([
      { number: 1, images: 1, seen: 0, isScout: true },
      { number: 2, description: 'Thin', images: 2, seen: 1, isScout: false },
      { number: 9, images: 1, seen: 0, isScout: true },
    ]);
  });

  it('is all there is where a study holds nothing but captures', () => {
    const capture = { '00080016': ['1.2.840.10008.5.1.4.1.1.7'] };
    expect(seriesSeen([image('9', '9.1', capture)], new Set())).toMatchObject([{ isScout: false, seen: 0 }]);
  });
});
