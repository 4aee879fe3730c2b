import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { reportObjects } from '#electron/adapters/dicom-objects/report-objects.ts';
import { readInstance } from '#electron/adapters/dicom-file/read-instance.ts';
import { createDicomwebArchive } from '#electron/adapters/dicomweb/index.ts';
import { createStowChannel } from '#electron/gateway/delivery/stow-channel.ts';
import type { SiteArchive } from '#electron/ports/site-archive.ts';
import { textOf } from '#shared/dicom/study-summary.ts';
import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import type { KeyImage } from '#shared/reporting/report.ts';
import { readSeries } from '#renderer/viewer/model/series.ts';
import { completeOverlays } from '#renderer/viewer/others/complete-overlays.ts';
import { readOthers } from '#renderer/viewer/others/read-others.ts';
import { startOrthanc, type Orthanc } from '#tests/support/orthanc.ts';
import { lacks, TESTDATA } from '#tests/support/peers.ts';
import { siteWith } from '#tests/unit/delivery/delivery-support.ts';
import { sampleBody, sampleReport } from '#tests/unit/reporting/sample-report.ts';

const CT = join(TESTDATA, 'dicom/ct-chest/ct-chest-030.dcm');
const OVERLAYS = join(TESTDATA, 'dicom/luts/mr-siemens-dicom-withoverlays.dcm');

/** Stored by the delivery channel in a real archive, and read again as the page reads any study of that archive. */
describe.skipIf(lacks('orthanc', 'testdata'))('what a report leaves beside its images', () => {
  let orthanc: Orthanc;
  let archive: SiteArchive;
  beforeAll(async () => {
    orthanc = await startOrthanc();
    await orthanc.upload([CT, OVERLAYS]);
    archive = createDicomwebArchive({
      url: orthanc.dicomwebUrl,
      auth: { basic: { user: orthanc.user, password: orthanc.password } },
    });
  });
  afterAll(() => orthanc.stop());

  const worksOf = async (study: StudyInstanceUid) =>
    readOthers(readSeries(await archive.studyMetadata(study), 'current', () => undefined)).works;

  it('comes back from the archive with the same places, notes and view', async () => {
    const [summary] = (await archive.searchStudies({})).filter(({ modalities }) => modalities.includes('CT'));
    const studyInstanceUid = summary!.studyInstanceUid;
    const [ct] = await archive.studyMetadata(studyInstanceUid);
    const image = {
      studyInstanceUid,
      seriesInstanceUid: textOf(ct!['0020000E']) ?? '',
      sopInstanceUid: textOf(ct!['00080018']) ?? '',
      sopClassUid: textOf(ct!['00080016']) ?? '',
      label: 'Series 1, image 30',
    };
    const line = [
      [100.5, 120.5],
      [130.5, 160.5],
    ] as const;
    const keyImage: KeyImage = {
      ...image,
      note: 'Wächst',
      presentation: {
        window: { center: -600, width: 1500, function: 'LINEAR' },
        rescale: { slope: 1, intercept: -1024, unit: 'HU' },
        isInverted: false,
        rotationDegrees: 270,
        isFlipped: true,
        topLeft: [51, 61],
        bottomRight: [250, 260],
        pixelSize: [0.78125, 0.78125],
        isMillimetres: true,
        marks: [{ shape: 'POLYLINE', points: line, text: '39.1 mm' }],
      },
    };
    const signed = sampleReport({
      studyInstanceUids: [studyInstanceUid],
      body: {
        ...sampleBody,
        keyImages: [keyImage],
        measurements: [
          {
            trackingUuid: '11111111-2222-4333-8444-555555555555',
            image,
            words: 'Length 39 mm',
            shape: 'POLYLINE',
            points: line,
            numbers: [{ quantity: 'length', value: 39.0625, unit: 'mm' }],
          },
        ],
      },
    });
    const channel = createStowChannel({ archiveOf: () => archive, buildObjects: reportObjects });
    const outcome = await channel.deliver({
      signed,
      canonical: '{}',
      signature: 'h..s',
      site: siteWith([{ kind: 'stow' }]),
      channel: { kind: 'stow' },
      channelIndex: 0,
      isRepeat: false,
      pdf: async () => new Uint8Array([0x25, 0x50, 0x44, 0x46]),
    });
    expect(outcome).toMatchObject({ kind: 'accepted' });

    const works = await worksOf(studyInstanceUid);
    const imageId = `overread:${image.seriesInstanceUid}/${image.sopInstanceUid}/1`;
    const drawn = [
      [100, 120],
      [130, 160],
    ];
    const ours = (what: string) => works.filter((work) => work.what === what && work.marksOn(imageId).length > 0);
    expect(ours('Structured report')[0]?.marksOn(imageId)).toEqual([
      { kind: 'line', lines: [drawn], text: 'Length 39 mm\nLength 39.0625 mm' },
    ]);
    expect(ours('Key images')[0]?.marksOn(imageId)[0]?.text).toMatch(/^Key image of LEE, Dr\. Dana.*: Wächst$/);
    const [state] = ours('Presentation state');
    expect(state?.marksOn(imageId)).toMatchObject([{ lines: [drawn] }, { text: '39.1 mm', at: drawn[1] }]);
    expect(state?.viewOf?.(imageId)).toEqual({
      scale: { kind: 'window', center: -600, width: 1500, function: 'LINEAR' },
      area: [
        [49.5, 59.5],
        [249.5, 259.5],
      ],
      isInverted: false,
      quarterTurns: 1,
      isFlippedHorizontally: true,
      isFlippedVertically: false,
    });
  });

  it('draws overlay planes that the archive keeps back until they are asked for', async () => {
    const [summary] = (await archive.searchStudies({})).filter(({ modalities }) => modalities.includes('MR'));
    const { studyInstanceUid } = summary!;
    const series = readSeries(await archive.studyMetadata(studyInstanceUid), 'current', () => undefined);
    expect(readOthers(series).works).toMatchObject([{ reason: 'the pixels of an overlay plane were not given' }]);
    const completed = await completeOverlays(series, async (data) => {
      const [seriesUid, sop] = [textOf(data['0020000E']) ?? '', textOf(data['00080018']) ?? ''];
      return readInstance(await archive.retrieveInstance(studyInstanceUid, seriesUid, sop)).whole?.();
    });
    const [work] = readOthers(completed).works;
    expect(work?.reason).toBeUndefined();
    expect(work?.marksOn(work.imageIds[0] ?? '')).toMatchObject([{ kind: 'plane' }]);
  });
});
