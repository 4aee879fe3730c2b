import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { ImageFacts } from '../model/image-facts.ts';
import { element, number, numbers, text } from '../model/attributes.ts';
import type { ImagePoint } from '../model/measurement.ts';
import { OVERLAY_GROUPS } from '../model/marked-in-file.ts';
import type { ImageSeries } from '../model/series.ts';
import { originOf } from './origin.ts';
import { readShutter } from './shutter.ts';
import { traceRegion } from './trace.ts';
import { noMarks, type OthersMark, type OthersWork } from './work.ts';

/** A plane is traced while the screen waits for it: larger ones would be felt. */
const MOST_PIXELS = 2048 * 2048;

type Work = Omit<OthersWork, 'id' | 'colour'>;

const OVERLAY_PLANES = 'Overlay planes of the files';

/** What the files of a series draw over their own pixels: overlay planes (PS3.3 C.9.2) and display shutters (C.7.6.11). */
export function readFileMarks(series: ImageSeries): Work[] {
  const bySop = new Map(series.drawnOver.map((data) => [text(data, '00080018') ?? '', data] as const));
  const [first] = series.drawnOver;
  if (!first) return [];
  const images = series.images.filter(({ sopInstanceUid }) => bySop.has(sopInstanceUid));
  const dataOf = ({ sopInstanceUid }: ImageFacts): DicomJson => bySop.get(sopInstanceUid) ?? {};
  const withPlanes = images.filter((facts) => planesOf(dataOf(facts)).length > 0);
  const withShutter = images.filter((facts) => readShutter(dataOf(facts), facts) !== undefined);
  const common = { ...originOf(first), title: series.description };
  const works: Work[] = [];
  if (withPlanes.length > 0) {
    const reasons = withPlanes.flatMap((facts) =>
      planesOf(dataOf(facts)).map((plane) => refusalOf(dataOf(facts), plane)),
    );
    works.push({
      ...common,
      what: OVERLAY_PLANES,
      imageIds: withPlanes.map(({ imageId }) => imageId),
      marksOn: whenAsked(withPlanes, (facts) =>
        planesOf(dataOf(facts)).flatMap((plane) => planeMark(dataOf(facts), plane, facts)),
      ),
      reason: reasons.find((reason) => reason !== undefined),
    });
  }
  if (withShutter.length > 0)
    works.push({
      ...common,
      what: 'Display shutter of the files',
      imageIds: withShutter.map(({ imageId }) => imageId),
      marksOn: whenAsked(withShutter, (facts) =>
        [readShutter(dataOf(facts), facts)].filter((mark) => mark !== undefined),
      ),
      reason: undefined,
    });
  return works;
}

/** An overlay plane of this image is not on screen: the reader took it off, or it is not drawn for a reason that the list tells. */
export const lacksOverlayPlane = (
  imageId: string,
  shown: {
    readonly others: readonly OthersWork[];
    readonly hiddenOthers: ReadonlySet<string>;
    readonly areOthersHidden: boolean;
  },
): boolean =>
  shown.others.some(
    ({ what, id, imageIds, reason, marksOn }) =>
      what === OVERLAY_PLANES &&
      imageIds.includes(imageId) &&
      (shown.areOthersHidden || shown.hiddenOthers.has(id) || (reason !== undefined && marksOn(imageId).length === 0)),
  );

/** Worked out when its image is shown first, then kept. */
function whenAsked(
  images: readonly ImageFacts[],
  read: (facts: ImageFacts) => readonly OthersMark[],
): (imageId: string) => readonly OthersMark[] {
  const kept = new Map<string, readonly OthersMark[]>();
  const byId = new Map(images.map((facts) => [facts.imageId, facts] as const));
  return (imageId) => {
    const facts = byId.get(imageId);
    if (!facts) return noMarks();
    const known = kept.get(imageId) ?? read(facts);
    kept.set(imageId, known);
    return known;
  };
}

const planesOf = (data: DicomJson): readonly string[] => OVERLAY_GROUPS.filter((group) => `${group}0010` in data);

function refusalOf(data: DicomJson, group: string): string | undefined {
  const size = (number(data, `${group}0010`) ?? 0) * (number(data, `${group}0011`) ?? 0);
  if (size <= 0 || size > MOST_PIXELS) return `an overlay plane of ${size} pixels is not drawn`;
  const held = element(data, `${group}3000`);
  if (held === undefined && (number(data, `${group}0102`) ?? 0) > 0)
    return 'an overlay plane in unused bits of the pixels is not drawn';
  return held?.InlineBinary === undefined ? 'the pixels of an overlay plane were not given' : undefined;
}

function planeMark(data: DicomJson, group: string, facts: ImageFacts): readonly OthersMark[] {
  const bits = bytesOf(element(data, `${group}3000`)?.InlineBinary);
  if (refusalOf(data, group) !== undefined || bits === undefined) return [];
  const rows = number(data, `${group}0010`) ?? 0;
  const columns = number(data, `${group}0011`) ?? 0;
  const frames = number(data, `${group}0015`) ?? 1;
  const frame = facts.frame - (number(data, `${group}0051`) ?? 1);
  if (frame < 0 || frame >= frames) return [];
  const [originRow = 1, originColumn = 1] = numbers(data, `${group}0050`);
  const [top, left] = [originRow - 1, originColumn - 1];
  const from = frame * rows * columns;
  const inside = new Uint8Array(rows * columns);
  // What a plane says of places outside its image is nowhere to be drawn.
  for (let row = Math.max(0, -top); row < Math.min(rows, facts.rows - top); row += 1)
    for (let column = Math.max(0, -left); column < Math.min(columns, facts.columns - left); column += 1) {
      const bit = from + row * columns + column;
      inside[row * columns + column] = ((bits[bit >> 3] ?? 0) >> (bit & 7)) & 1;
    }
  const outlines = traceRegion(inside, columns, rows, 1) ?? [];
  const lines = outlines.map((outline) => {
    const points: ImagePoint[] = [];
    for (let at = 0; at + 1 < outline.length; at += 2)
      points.push([outline[at]! + left - 0.5, outline[at + 1]! + top - 0.5]);
    return points[0] ? [...points, points[0]] : points;
  });
  const label = text(data, `${group}1500`) ?? text(data, `${group}0022`) ?? '';
  return lines.length === 0 ? [] : [{ kind: 'plane', lines, text: label }];
}

function bytesOf(base64: string | undefined): Uint8Array | undefined {
  if (base64 === undefined) return undefined;
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
