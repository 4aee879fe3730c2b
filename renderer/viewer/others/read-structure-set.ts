import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { ImageFacts, Vector3 } from '../model/image-facts.ts';
import { items, number, numbers, text } from '../model/attributes.ts';
import type { ImagePoint } from '../model/measurement.ts';
import { offPlane, reachMm, toPixel, type ImageIndex } from './image-index.ts';
import { originOf } from './origin.ts';
import { gatherMarks, type OthersWork } from './work.ts';

/** Of one set: more are no contours of a person. */
const MOST_POINTS = 1_000_000;

/** RT Structure Set (PS3.3 A.19): the contours of each region, on the images they were drawn on or whose planes hold them. */
export function readStructureSet(
  data: DicomJson,
  index: ImageIndex,
): (Omit<OthersWork, 'id' | 'colour'> & { readonly colour?: string })[] {
  const origin = originOf(data);
  const contoursOf = new Map(items(data, '30060039').map((roi) => [number(roi, '30060084'), roi] as const));
  const budget = { left: MOST_POINTS };
  return items(data, '30060020').map((roi) => {
    const drawn = contoursOf.get(number(roi, '30060022'));
    const marks = gatherMarks();
    const contours = drawn ? items(drawn, '30060040') : [];
    const name = text(roi, '30060026') ?? 'Region without a name';
    const space = text(roi, '30060024');
    let strange = 0;
    for (const contour of contours) {
      const points = placesOf(contour, budget);
      if (points === undefined) strange += 1;
      else
        for (const facts of imagesFor(contour, points, space, index)) addContour(marks, facts, contour, points, name);
    }
    const colour = drawn && colourOf(drawn);
    return {
      ...origin,
      what: 'Structure set',
      title: name,
      algorithm: text(roi, '30060036')?.toLowerCase(),
      version: undefined,
      imageIds: marks.imageIds(),
      marksOn: marks.marksOn,
      reason:
        contours.length === 0
          ? 'it has no contours'
          : strange > 0
            ? `${strange} of its ${contours.length} contours cannot be read`
            : marks.imageIds().length === 0
              ? 'no image of this case lies in the planes of its contours'
              : undefined,
      ...(colour === undefined ? {} : { colour }),
    };
  });
}

/** ROI Display Color (3006,002A): red, green, blue of 255. */
function colourOf(drawn: DicomJson): string | undefined {
  const parts = numbers(drawn, '3006002A');
  if (parts.length !== 3 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return undefined;
  // A dark colour is not seen on a dark image.
  return Math.max(...parts) < 96 ? undefined : `rgb(${parts.join(' ')})`;
}

function placesOf(contour: DicomJson, budget: { left: number }): readonly Vector3[] | undefined {
  const data = numbers(contour, '30060050');
  if (data.length < 3 || data.length % 3 !== 0 || budget.left < data.length / 3) return undefined;
  budget.left -= data.length / 3;
  const points: Vector3[] = [];
  for (let at = 0; at < data.length; at += 3) points.push([data[at]!, data[at + 1]!, data[at + 2]!]);
  return points;
}

function imagesFor(
  contour: DicomJson,
  points: readonly Vector3[],
  space: string | undefined,
  index: ImageIndex,
): readonly ImageFacts[] {
  const named = items(contour, '30060016').flatMap((image) =>
    index.framesOf(text(image, '00081155') ?? '', numbers(image, '00081160')),
  );
  const [first] = points;
  const found = named.length > 0 || first === undefined ? named : index.planesAt(space, first);
  return found.filter((facts) => points.every((point) => offPlane(facts, point) <= reachMm(facts)));
}

function addContour(
  marks: ReturnType<typeof gatherMarks>,
  facts: ImageFacts,
  contour: DicomJson,
  points: readonly Vector3[],
  name: string,
): void {
  const line = points.flatMap((point): ImagePoint[] => {
    const pixel = toPixel(facts, point);
    return pixel === undefined ? [] : [pixel];
  });
  const [first] = line;
  const isClosed = text(contour, '30060042')?.startsWith('CLOSED') === true;
  if (first) marks.add(facts.imageId, { kind: 'line', lines: [isClosed ? [...line, first] : line], text: name });
}
