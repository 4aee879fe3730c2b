import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { items, number, numbers, text } from '../model/attributes.ts';
import { defaultScale, type GreyScale } from '../model/display.ts';
import type { ImageFacts } from '../model/image-facts.ts';
import { ourTurn } from '../model/image-presentation.ts';
import { readLookupTable } from '../model/lookup-table.ts';
import type { ImagePoint } from '../model/measurement.ts';
import { linesOf, MOST_POINTS, pointsOf } from './graphic.ts';
import type { ImageIndex } from './image-index.ts';
import { originOf } from './origin.ts';
import { readShutter } from './shutter.ts';
import { gatherMarks, type OthersView, type OthersWork } from './work.ts';

const imagesIn = (holder: DicomJson, index: ImageIndex): readonly ImageFacts[] =>
  items(holder, '00081140').flatMap((reference) =>
    index.framesOf(text(reference, '00081155') ?? '', numbers(reference, '00081160')),
  );

/** An item of the state that names no image speaks of all of them. */
function itemsFor(data: DicomJson, tag: string, facts: ImageFacts, index: ImageIndex): readonly DicomJson[] {
  return items(data, tag).filter(
    (item) =>
      items(item, '00081140').length === 0 || imagesIn(item, index).some(({ imageId }) => imageId === facts.imageId),
  );
}

/** Presentation states (PS3.3 A.33): what was drawn on images, and how they were shown. */
export function readPresentationState(data: DicomJson, index: ImageIndex): Omit<OthersWork, 'id' | 'colour'>[] {
  const images = items(data, '00081115').flatMap((series) => imagesIn(series, index));
  const marks = gatherMarks();
  const views = new Map<string, OthersView>();
  const left = { points: MOST_POINTS, strange: 0 };
  for (const facts of images) {
    views.set(facts.imageId, viewOf(data, facts, index));
    for (const annotation of itemsFor(data, '00700001', facts, index))
      addAnnotation(annotation, facts, areaOf(data, facts, index), marks, left);
    const shutter = readShutter(data, facts);
    if (shutter) marks.add(facts.imageId, shutter);
  }
  return [
    {
      ...originOf(data),
      what: 'Presentation state',
      title: [text(data, '00700080'), text(data, '00700081')].filter((said) => said !== undefined).join(': '),
      imageIds: images.map(({ imageId }) => imageId),
      marksOn: marks.marksOn,
      viewOf: (imageId) => views.get(imageId),
      reason: reasonFor(data, images.length, left),
    },
  ];
}

function reasonFor(
  data: DicomJson,
  images: number,
  left: { readonly points: number; readonly strange: number },
): string | undefined {
  if (images === 0) return 'the images it speaks of are not in this case';
  if (left.points <= 0) return `it draws more than ${MOST_POINTS} points: the rest is left out`;
  if (left.strange > 0) return `${left.strange} of its graphics cannot be read`;
  if (hasForeignColours(data)) return 'its colour profile is not applied';
  if (items(data, '00283000').length > 0) return 'its modality table is not applied';
  return items(data, '20500010').length > 0 ? 'its presentation table is not applied' : undefined;
}

/** We show colours as sRGB; another profile would show them otherwise (PS3.3 C.11.15). */
const hasForeignColours = (data: DicomJson): boolean =>
  data['00282000'] !== undefined && text(data, '00282002') !== 'SRGB';

type Area = readonly [topLeft: ImagePoint, bottomRight: ImagePoint];

/** PS3.3 C.10.4, in our pixels: the edges of its first and its last pixel. */
function areaOf(data: DicomJson, facts: ImageFacts, index: ImageIndex): Area | undefined {
  const [area] = itemsFor(data, '0070005A', facts, index);
  const [left, top] = area ? numbers(area, '00700052') : [];
  const [right, bottom] = area ? numbers(area, '00700053') : [];
  if (left === undefined || top === undefined || right === undefined || bottom === undefined) return undefined;
  const edge = (one: number, other: number): number => one - 1 + (one <= other ? -0.5 : 0.5);
  return [
    [edge(left, right), edge(top, bottom)],
    [edge(right, left), edge(bottom, top)],
  ];
}

/** PS3.3 C.11.8. */
function scaleOf(data: DicomJson, facts: ImageFacts, index: ImageIndex): GreyScale | undefined {
  // A colour state knows no window: its image is seen in its own colours.
  if (facts.isColour) return defaultScale(facts, 0, 255);
  const [voi] = itemsFor(data, '00283110', facts, index);
  const [center] = voi ? numbers(voi, '00281050') : [];
  const [width] = voi ? numbers(voi, '00281051') : [];
  if (voi && center !== undefined && width !== undefined && width > 0) {
    const said = text(voi, '00281056');
    const isExact = said === 'SIGMOID' || said === 'LINEAR_EXACT';
    const factor = facts.suv?.kind === 'factor' ? facts.suv.factor : 1;
    return factor === 1
      ? { kind: 'window', center, width, function: isExact ? said : 'LINEAR' }
      : {
          kind: 'window',
          center: (center - 0.5) * factor,
          width: Math.max(width - 1, 1e-3) * factor,
          function: 'LINEAR_EXACT',
        };
  }
  const [table] = voi ? items(voi, '00283010') : [];
  const read = table && readLookupTable(table, '00283002', '00283006', facts.isSigned, () => undefined);
  return read && { kind: 'table', table: read };
}

function viewOf(data: DicomJson, facts: ImageFacts, index: ImageIndex): OthersView {
  const scale = scaleOf(data, facts, index);
  const area = areaOf(data, facts, index);
  const degrees = (((number(data, '00700042') ?? 0) % 360) + 360) % 360;
  const rotationDegrees = degrees === 90 || degrees === 180 || degrees === 270 ? degrees : 0;
  const isInverse = text(data, '20500020') === 'INVERSE';
  return {
    ...(scale === undefined ? {} : { scale }),
    ...(area === undefined ? {} : { area }),
    ...ourTurn({ rotationDegrees, isFlipped: text(data, '00700041') === 'Y' }),
    isInverted: isInverse !== (facts.photometricInterpretation === 'MONOCHROME1'),
  };
}

/** PS3.3 C.10.5. */
function addAnnotation(
  annotation: DicomJson,
  { imageId }: ImageFacts,
  area: Area | undefined,
  marks: ReturnType<typeof gatherMarks>,
  left: { points: number; strange: number },
): void {
  for (const graphic of items(annotation, '00700009')) {
    const points = placed(pointsOf(numbers(graphic, '00700022')), text(graphic, '00700005'), area);
    const lines = points && linesOf(text(graphic, '00700023') ?? '', points);
    left.points -= points?.length ?? 0;
    if (left.points <= 0) return;
    if (lines === undefined) left.strange += 1;
    else marks.add(imageId, { kind: 'line', lines, text: '' });
  }
  for (const words of items(annotation, '00700008')) {
    const anchor = placed(pointsOf(numbers(words, '00700014')), text(words, '00700004'), area)?.[0];
    const box = placed(pointsOf(numbers(words, '00700010')), text(words, '00700003'), area)?.[0];
    const at = anchor ?? box;
    const said = (text(words, '00700006') ?? '').replaceAll('\r\n', '\n').replaceAll('\r', '\n');
    if (said !== '') marks.add(imageId, { kind: 'line', lines: [], text: said, ...(at === undefined ? {} : { at }) });
  }
}

/** `DISPLAY` counts parts of the displayed area, 0 to 1 (C.10.5.1.1). */
function placed(
  points: readonly ImagePoint[],
  units: string | undefined,
  area: Area | undefined,
): readonly ImagePoint[] | undefined {
  if (units !== 'DISPLAY') return points;
  if (area === undefined) return undefined;
  const [[left, top], [right, bottom]] = area;
  return points.map(([x, y]) => [left + (x + 0.5) * (right - left), top + (y + 0.5) * (bottom - top)]);
}
