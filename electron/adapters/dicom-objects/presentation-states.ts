import type { ImageMark, ImagePresentation } from '#shared/reporting/measured-on-image.ts';
import type { KeyImage } from '#shared/reporting/report.ts';
import { floats, signedLongs, unsignedShorts } from './binary-elements.ts';
import { keyImagesOf, writeDocument, type DicomObject, type StructuredReportInput } from './report-documents.ts';
import { srgbProfile } from './srgb-profile.ts';
import { clipped, localTime } from './study-elements.ts';
import type { WrittenElement } from './write-part10.ts';

/** PS3.4 B.5: Grayscale Softcopy Presentation State Storage. */
const GRAYSCALE_PRESENTATION_STATE = '1.2.840.10008.5.1.4.1.1.11.1';
/** The same of colour images (PS3.3 A.33.2). */
const COLOR_PRESENTATION_STATE = '1.2.840.10008.5.1.4.1.1.11.2';
const LAYER = 'MEASUREMENTS';

/** How the reader saw each key image, as Grayscale or Color Softcopy Presentation State (PS3.3 A.33.1, A.33.2), one an image. */
export const presentationStates = (input: StructuredReportInput): DicomObject[] =>
  keyImagesOf(input.signed, input.studyInstanceUid).flatMap((image, number) =>
    image.presentation === undefined ? [] : [presentationState(input, image, image.presentation, number)],
  );

function presentationState(
  input: StructuredReportInput,
  image: KeyImage,
  presentation: ImagePresentation,
  number: number,
): DicomObject {
  const { signed, study } = input;
  const at = localTime(signed.signedAt, study);
  const greys = greyElements(presentation);
  return writeDocument(input, {
    part: 'presentation',
    series: 'presentation-series',
    sopClassUid: greys === undefined ? COLOR_PRESENTATION_STATE : GRAYSCALE_PRESENTATION_STATE,
    modality: 'PR',
    instanceNumber: number + 1,
    number,
    elements: [
      // C.7.3.1: of a part that may be one of a pair; unlike documents, presentation states are of a General Series.
      { tag: '00200060', vr: 'CS', value: '' },
      { tag: '00700080', vr: 'CS', value: 'KEY_IMAGE' },
      { tag: '00700081', vr: 'LO', value: clipped(image.note ?? image.label, 64) },
      { tag: '00700082', vr: 'DA', value: at.date },
      { tag: '00700083', vr: 'TM', value: at.time },
      { tag: '00700084', vr: 'PN', value: signed.signedBy.name },
      {
        tag: '00081115',
        vr: 'SQ',
        value: [
          [
            { tag: '0020000E', vr: 'UI', value: image.seriesInstanceUid },
            { tag: '00081140', vr: 'SQ', value: [imageReference(image)] },
          ],
        ],
      },
      ...(greys ?? colourElements()),
      displayedArea(image, presentation),
      ...annotation(image, presentation.marks),
      ...turn(presentation),
    ],
  });
}

const imageReference = ({ sopClassUid, sopInstanceUid, frame }: KeyImage): readonly WrittenElement[] => [
  { tag: '00081150', vr: 'UI', value: sopClassUid },
  { tag: '00081155', vr: 'UI', value: sopInstanceUid },
  ...(frame === undefined ? [] : [{ tag: '00081160', vr: 'IS', value: String(frame) } as const]),
];

type ShownWindow = NonNullable<ImagePresentation['window']>;

/** DS has at most 16 characters (PS3.5 6.2). */
const decimal = (value: number): string => {
  const text = String(value);
  return text.length <= 16 ? text : String(Number(value.toPrecision(9)));
};

/** PS3.3 C.11.15. The image was seen on a screen that took its colours for sRGB, whatever it may say of them itself. */
const colourElements = (): readonly WrittenElement[] => [
  { tag: '00282000', vr: 'OB', value: srgbProfile() },
  { tag: '00282002', vr: 'CS', value: 'SRGB' },
];

/** The image's own modality LUT, for a presentation state stands in its place (PS3.3 C.11.1); window and shape (C.11.8, C.11.6). Undefined: of a colour image. */
function greyElements({ rescale, window, isInverted }: ImagePresentation): readonly WrittenElement[] | undefined {
  if (!rescale || !window) return undefined;
  return [
    { tag: '00281052', vr: 'DS', value: decimal(rescale.intercept) },
    { tag: '00281053', vr: 'DS', value: decimal(rescale.slope) },
    { tag: '00281054', vr: 'LO', value: clipped(rescale.unit, 64) },
    windowElement(window),
    { tag: '20500020', vr: 'CS', value: isInverted ? 'INVERSE' : 'IDENTITY' },
  ];
}

function windowElement({ center, width, function: voiFunction }: ShownWindow): WrittenElement {
  const item: readonly WrittenElement[] = [
    { tag: '00281050', vr: 'DS', value: decimal(center) },
    { tag: '00281051', vr: 'DS', value: decimal(width) },
    ...(voiFunction === 'LINEAR' ? [] : [{ tag: '00281056', vr: 'CS', value: voiFunction } as const]),
  ];
  return { tag: '00283110', vr: 'SQ', value: [item] };
}

/** PS3.3 C.10.4. */
function displayedArea(image: KeyImage, presentation: ImagePresentation): WrittenElement {
  const { topLeft, bottomRight, pixelSize, isMillimetres } = presentation;
  const [height, width] = pixelSize;
  const shape: WrittenElement = isMillimetres
    ? { tag: '00700101', vr: 'DS', value: `${decimal(height)}\\${decimal(width)}` }
    : { tag: '00700102', vr: 'IS', value: aspectRatio(height, width) };
  return {
    tag: '0070005A',
    vr: 'SQ',
    value: [
      [
        { tag: '00081140', vr: 'SQ', value: [imageReference(image)] },
        signedLongs('00700052', topLeft),
        signedLongs('00700053', bottomRight),
        { tag: '00700100', vr: 'CS', value: 'SCALE TO FIT' },
        shape,
      ],
    ],
  };
}

const FINE = 10_000;
const aspectRatio = (height: number, width: number): string =>
  height === width ? '1\\1' : `${Math.round((height / width) * FINE)}\\${FINE}`;

/** PS3.3 C.10.5 and C.10.7: what was drawn on it, on one layer. */
function annotation(image: KeyImage, marks: readonly ImageMark[]): readonly WrittenElement[] {
  if (marks.length === 0) return [];
  const texts = marks.filter(({ text }) => text !== '');
  const item: WrittenElement[] = [
    { tag: '00081140', vr: 'SQ', value: [imageReference(image)] },
    { tag: '00700002', vr: 'CS', value: LAYER },
    ...(texts.length === 0 ? [] : [{ tag: '00700008', vr: 'SQ', value: texts.map(textObject) } as const]),
    { tag: '00700009', vr: 'SQ', value: marks.flatMap(graphicObjects) },
  ];
  return [
    { tag: '00700001', vr: 'SQ', value: [item] },
    {
      tag: '00700060',
      vr: 'SQ',
      value: [
        [
          { tag: '00700002', vr: 'CS', value: LAYER },
          { tag: '00700062', vr: 'IS', value: '1' },
          { tag: '00700068', vr: 'LO', value: 'Drawn by the reader' },
        ],
      ],
    },
  ];
}

/** Viewers of presentation states are old: what the words of measurements need beyond ASCII is written in it. */
const PLAIN_SIGNS: Readonly<Record<string, string>> = { '×': 'x', '²': '2', '°': ' deg', '−': '-', '\n': '\r\n' };
const inPlainSigns = (text: string): string => text.replace(/[×²°−\n]/g, (sign) => PLAIN_SIGNS[sign] ?? sign);

/** The rightmost point is where the words stand on screen. */
const textObject = ({ text, points }: ImageMark): readonly WrittenElement[] => [
  { tag: '00700004', vr: 'CS', value: 'PIXEL' },
  { tag: '00700006', vr: 'ST', value: clipped(inPlainSigns(text), 1024) },
  floats(
    '00700014',
    points.reduce((best, one) => (one[0] > best[0] ? one : best)),
  ),
  { tag: '00700015', vr: 'CS', value: 'N' },
];

/** MULTIPOINT is no graphic type (C.10.5.1.2): its points are drawn one by one. */
function graphicObjects(mark: ImageMark): (readonly WrittenElement[])[] {
  if (mark.shape === 'MULTIPOINT') return mark.points.map((point) => graphicObject('POINT', [point]));
  return [graphicObject(mark.shape, mark.points)];
}

const graphicObject = (shape: string, points: ImageMark['points']): readonly WrittenElement[] => [
  { tag: '00700005', vr: 'CS', value: 'PIXEL' },
  unsignedShorts('00700020', [2]),
  unsignedShorts('00700021', [points.length]),
  floats('00700022', points.flat()),
  { tag: '00700023', vr: 'CS', value: shape },
  { tag: '00700024', vr: 'CS', value: 'N' },
];

/** PS3.3 C.10.6; there only where the image is turned. */
function turn({ rotationDegrees, isFlipped }: ImagePresentation): readonly WrittenElement[] {
  if (rotationDegrees === 0 && !isFlipped) return [];
  return [{ tag: '00700041', vr: 'CS', value: isFlipped ? 'Y' : 'N' }, unsignedShorts('00700042', [rotationDegrees])];
}
