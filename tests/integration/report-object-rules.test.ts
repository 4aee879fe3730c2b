import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { reportObjects, type ReportObject } from '#electron/adapters/dicom-objects/report-objects.ts';
import { imagePresentation, type ShownAs } from '#renderer/viewer/model/image-presentation.ts';
import type { Measurement } from '#renderer/viewer/model/measurement.ts';
import { drawnShape, measuredNumbers } from '#renderer/viewer/model/reported-measurement.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import { canonicalize } from '#shared/reporting/canonical-json.ts';
import type { ImageReference, KeyImage, ReportMeasurement } from '#shared/reporting/report.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { lacks } from '#tests/support/peers.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';
import { twoNodules } from '#tests/unit/reporting/nodule-report.ts';
import { sampleBody, sampleReport } from '#tests/unit/reporting/sample-report.ts';
import { imageOf } from '#tests/unit/viewer/image-of.ts';

const STUDY = '1.2.826.0.1.3680043.10.1' as StudyInstanceUid;
const CT = '1.2.840.10008.5.1.4.1.1.2';
const ENHANCED_CT = `${CT}.1`;
const STUDY_FACTS: DicomJson = {
  '00080020': { vr: 'DA', Value: ['20260301'] },
  '00080030': { vr: 'TM', Value: ['101500'] },
  '00100010': { vr: 'PN', Value: [{ Alphabetic: 'DOE^JANE' }] },
  '00100020': { vr: 'LO', Value: ['ARCHIVE-7'] },
  '00200010': { vr: 'SH', Value: ['7'] },
};
const [COLUMNS, ROWS] = [512, 384];
const image: ImageReference = {
  studyInstanceUid: STUDY,
  seriesInstanceUid: `${STUDY}.1`,
  sopInstanceUid: `${STUDY}.1.7`,
  sopClassUid: CT,
  label: 'Series 2, image 7',
};

const facts = imageOf({
  '00280010': ROWS,
  '00280011': COLUMNS,
  '00280030': [0.8, 0.5],
  '00281052': -1024,
  '00281053': 1,
});
const DRAWN: readonly Measurement[] = [
  {
    id: '1',
    kind: 'length',
    facts,
    points: [
      [10, 20],
      [60.5, 20],
    ],
    text: '',
    pixels: undefined,
  },
  {
    id: '2',
    kind: 'ellipse',
    facts,
    points: [
      [10, 20],
      [60, 80],
    ],
    text: '',
    pixels: { count: 9, mean: 41.3, sd: 5.2, min: 1, max: 80 },
  },
  {
    id: '3',
    kind: 'cobb',
    facts,
    points: [
      [1, 2],
      [9, 3],
      [1, 40],
      [9, 60],
    ],
    text: '',
    pixels: undefined,
  },
  {
    id: '4',
    kind: 'bidirectional',
    facts,
    points: [
      [1, 2],
      [30, 2],
      [10, 0],
      [10, 12],
    ],
    text: '',
    pixels: undefined,
  },
  {
    id: '5',
    kind: 'freehand',
    facts,
    points: [
      [1, 2],
      [30, 2],
      [10, 30],
    ],
    text: '',
    pixels: undefined,
  },
];
const MEASURED: readonly ReportMeasurement[] = DRAWN.map((one) => ({
  ...drawnShape(one),
  trackingUuid: `${one.id}1111111-2222-4333-8444-555555555555`,
  image,
  words: `${one.kind} (series 2, image 7)`,
  numbers: measuredNumbers(one, DRAWN),
}));
const IN_SPACE: ReportMeasurement = {
  ...MEASURED[0]!,
  inSpace: {
    frameOfReferenceUid: '1.2.3.99',
    points: [
      [10.5, -20, 30],
      [10.5, -20, 55],
    ],
  },
};

/** A step to the right, or down, of the image on screen: mirrored first and turned clockwise then. */
function stepOf(
  [x, y]: readonly [number, number],
  { quarterTurns, isFlippedHorizontally, isFlippedVertically }: ShownAs,
) {
  let [right, down] = [isFlippedHorizontally ? -x : x, isFlippedVertically ? -y : y];
  for (let turn = 0; turn < quarterTurns; turn += 1) [right, down] = [-down, right];
  return [right, down] as const;
}

/** Less than the image: dciodvfy takes corners off the image for large numbers. */
const SIZE = [300, 200] as const;
/** The middle of the image in the middle of the pane. */
function shownAs(turned: Pick<ShownAs, 'quarterTurns' | 'isFlippedHorizontally' | 'isFlippedVertically'>): ShownAs {
  const shown = {
    facts,
    scale: { kind: 'window', center: 40, width: 400, function: 'LINEAR' } as const,
    isInverted: false,
    ...turned,
    size: SIZE,
  };
  const [along, down] = [stepOf([1.25, 0], shown as ShownAs), stepOf([0, 2], shown as ShownAs)];
  const middle = [(COLUMNS - 1) / 2, (ROWS - 1) / 2] as const;
  const origin = [
    SIZE[0] / 2 - along[0] * middle[0] - down[0] * middle[1],
    SIZE[1] / 2 - along[1] * middle[0] - down[1] * middle[1],
  ] as const;
  return { ...shown, place: { origin, along, down } };
}
const TURNS = [0, 1, 2, 3].flatMap((quarterTurns) =>
  [false, true].flatMap((isFlippedHorizontally) =>
    [false, true].map((isFlippedVertically) => ({ quarterTurns, isFlippedHorizontally, isFlippedVertically })),
  ),
);
const AS_IT_IS = TURNS[0]!;

const keyImage = (turned: (typeof TURNS)[number], of: ImageReference = image): KeyImage => {
  const presentation = imagePresentation(shownAs(turned), DRAWN, DRAWN);
  if (presentation === undefined) throw new Error('no presentation');
  return { ...of, note: 'see the nodule', presentation };
};
const FRAME: ImageReference = { ...image, sopClassUid: ENHANCED_CT, sopInstanceUid: `${STUDY}.1.8`, frame: 3 };

function objectsOf(signed: SignedReport): ReportObject[] {
  const pdf = new TextEncoder().encode('%PDF-1.4');
  const proof = { canonical: canonicalize(signed), signature: 'eyJh..c2ln' };
  return reportObjects({ signed, ...proof, pdf, studyInstanceUid: STUDY, studyIndex: 0, study: STUDY_FACTS });
}
const withImages = (keyImages: readonly KeyImage[]) =>
  objectsOf(sampleReport({ body: { ...sampleBody, keyImages, measurements: MEASURED } }));
const colourImage = (): KeyImage => {
  const seen = keyImage(AS_IT_IS);
  const { window: _window, rescale: _rescale, ...presentation } = seen.presentation!;
  return { ...seen, presentation };
};
const presentationsOf = (keyImages: readonly KeyImage[]) =>
  withImages(keyImages).filter(({ kind }) => kind === 'presentation');

const OBJECTS: readonly (readonly [string, ReportObject])[] = [
  ...withImages([keyImage(AS_IT_IS), keyImage(AS_IT_IS, FRAME)]).map((one) => [one.kind, one] as const),
  ...objectsOf(sampleReport({ body: twoNodules })).map((one) => [`${one.kind} with entries`, one] as const),
  ...objectsOf(sampleReport({ body: { ...sampleBody, measurements: [IN_SPACE] } }))
    .filter(({ kind }) => kind === 'measurements')
    .map((one) => ['measurements in space', one] as const),
  ...presentationsOf([colourImage()]).map((one) => ['presentation of colours', one] as const),
  ...TURNS.flatMap((turned) => {
    const { quarterTurns, isFlippedHorizontally, isFlippedVertically } = turned;
    const flips = `${isFlippedHorizontally ? ', left to right' : ''}${isFlippedVertically ? ', upside down' : ''}`;
    return presentationsOf([keyImage(turned)]).map(
      (one) => [`presentation turned ${quarterTurns * 90}°${flips}`, one] as const,
    );
  }),
];

function check(tool: string, flag: string, { part10 }: ReportObject): readonly string[] {
  const file = join(tempFolder(), 'object.dcm');
  writeFileSync(file, part10);
  const { stdout, stderr } = spawnSync(tool, [flag, file], { encoding: 'utf8' });
  return `${stdout}${stderr}`.split('\n');
}

describe.skipIf(lacks('dcmtk'))('objects of a report, by dcmpschk', () => {
  it.each(OBJECTS.filter(([name]) => name.startsWith('presentation')))('%s passes', (name, object) => {
    const said = check('dcmpschk', '-v', object);
    expect(said.filter((line) => /^(E|F): |error|violat/i.test(line))).toEqual([]);
    expect(said.some((line) => line.includes('Test passed'))).toBe(true);
    // Its third pass knows grey states only.
    expect(said.some((line) => line.includes('skipping pass 3'))).toBe(name.includes('colours'));
  });
});

describe.skipIf(lacks('dicom3tools'))('objects of a report, by dciodvfy', () => {
  it.each(OBJECTS)('%s keeps the rules of its IOD', (_name, object) => {
    const said = check('dciodvfy', '-new', object);
    expect(said.filter((line) => line.startsWith('Error'))).toEqual([]);
  });
});
