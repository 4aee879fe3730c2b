import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { ImageFacts, Vector3 } from '../model/image-facts.ts';
import { items, number, numbers, text } from '../model/attributes.ts';
import type { ImagePoint } from '../model/measurement.ts';
import { cross, readImageFacts } from '../model/read-image-facts.ts';
import { offPlane, reachMm, toPixel, type ImageIndex } from './image-index.ts';
import { equipmentName, originOf } from './origin.ts';
import type { TracedOutline } from './trace.ts';
import { gatherMarks, type OthersWork } from './work.ts';

const MOST_FRAMES = 4000;
const MOST_SEGMENTS = 200;

/** A segmentation whose outlines are still to be read from its pixels. */
export interface SegmentationToRead {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  /** Pixels of at least this belong to the segment. */
  readonly least: number;
  /** Whether a frame (from 1) lies on any image of the case. */
  readonly isWanted: (frame: number) => boolean;
  readonly fill: (frame: number, outlines: readonly TracedOutline[] | undefined) => void;
}

type Work = Omit<OthersWork, 'id' | 'colour'>;

interface Kept {
  readonly segment: DicomJson;
  readonly marks: ReturnType<typeof gatherMarks>;
  broken: number;
}

/** Segmentation (PS3.3 A.51): each segment for itself. Its outlines come later, by `toRead`. */
export function readSegmentation(
  data: DicomJson,
  index: ImageIndex,
): { readonly works: readonly Work[]; readonly toRead: SegmentationToRead | undefined } {
  const origin = originOf(data);
  const type = text(data, '00620001') ?? 'BINARY';
  const frameCount = Math.max(1, number(data, '00280008') ?? 1);
  const segments = items(data, '00620002').slice(0, MOST_SEGMENTS);
  const refusal =
    type === 'LABELMAP' || text(data, '00080016')?.endsWith('.66.7') === true
      ? 'label maps are not drawn'
      : frameCount > MOST_FRAMES
        ? `it has more than ${MOST_FRAMES} frames`
        : segments.length === 0
          ? 'it names no segment'
          : undefined;
  if (refusal !== undefined) {
    const title = text(data, '0008103E') ?? text(data, '00700080') ?? '';
    const none = gatherMarks();
    return {
      works: [{ ...origin, what: 'Segmentation', title, imageIds: [], marksOn: none.marksOn, reason: refusal }],
      toRead: undefined,
    };
  }
  const greatest = number(data, '0062000E') ?? 255;
  const frames = Array.from({ length: frameCount }, (_, at) => placeFrame(data, at + 1, frameCount, index));
  const bySegment = new Map<number | undefined, Kept>(
    segments.map((segment) => [number(segment, '00620004'), { segment, marks: gatherMarks(), broken: 0 }]),
  );
  const works = [...bySegment].map(([segmentNumber, kept]): Work => {
    const { segment, marks } = kept;
    const own = frames.filter((frame) => frame.segmentNumber === segmentNumber);
    const imageIds = [...new Set(own.flatMap(({ onto }) => onto.map(({ imageId }) => imageId)))];
    const [identified] = items(segment, '00620007');
    const label = text(segment, '00620005') ?? '';
    return {
      ...origin,
      source: equipmentName(data) ?? origin.source,
      algorithm:
        text(segment, '00620009') ?? algorithmIn(segment, '00660036') ?? text(segment, '00620008')?.toLowerCase(),
      what: type === 'FRACTIONAL' ? 'Segmentation, outlined at half of its greatest value' : 'Segmentation',
      title: label === '' ? ((identified && text(identified, '00080104')) ?? 'Segment without a name') : label,
      imageIds,
      marksOn: marks.marksOn,
      get reason() {
        if (own.length === 0) return 'it has no frame of this segment';
        if (imageIds.length === 0) return 'the images it speaks of are not in this case';
        return kept.broken > 0 ? `${kept.broken} of its ${own.length} frames cannot be read` : undefined;
      },
    };
  });
  const toRead: SegmentationToRead = {
    studyInstanceUid: text(data, '0020000D') ?? '',
    seriesInstanceUid: text(data, '0020000E') ?? '',
    sopInstanceUid: text(data, '00080018') ?? '',
    least: type === 'FRACTIONAL' ? Math.max(1, greatest / 2) : 1,
    isWanted: (frame) => (frames[frame - 1]?.onto.length ?? 0) > 0,
    fill(frame, outlines) {
      const placed = frames[frame - 1];
      const kept = placed && bySegment.get(placed.segmentNumber);
      if (!placed || !kept) return;
      if (outlines === undefined) kept.broken += 1;
      else if (outlines.length > 0)
        for (const facts of placed.onto) {
          const lines = outlines.map((outline) => onImage(outline, placed.facts, facts));
          const label = text(kept.segment, '00620005') ?? '';
          kept.marks.add(facts.imageId, { kind: 'region', lines, text: label });
        }
    },
  };
  return { works, toRead: frames.some(({ onto }) => onto.length > 0) ? toRead : undefined };
}

const algorithmIn = (segment: DicomJson, tag: string): string | undefined => {
  const [algorithm] = items(segment, tag);
  return algorithm && text(algorithm, '00660032');
};

interface PlacedFrame {
  readonly segmentNumber: number | undefined;
  readonly facts: ImageFacts;
  /** The images it lies on. */
  readonly onto: readonly ImageFacts[];
}

/** The functional groups of a frame (PS3.3 C.7.6.16): which segment it is of, where it lies, what it was made from. */
function placeFrame(data: DicomJson, frame: number, frameCount: number, index: ImageIndex): PlacedFrame {
  const groups = [items(data, '52009230')[frame - 1], items(data, '52009229')[0]].filter(
    (group) => group !== undefined,
  );
  const facts = readImageFacts(data, frame, frameCount, () => undefined);
  const segmentNumber = groups.flatMap((group) => items(group, '0062000A').map((one) => number(one, '0062000B')))[0];
  const named = groups.flatMap((group) =>
    items(group, '00089124').flatMap((derivation) =>
      items(derivation, '00082112').flatMap((source) =>
        index.framesOf(text(source, '00081155') ?? '', numbers(source, '00081160')),
      ),
    ),
  );
  return { segmentNumber, facts, onto: imagesUnder(facts, named, index) };
}

function imagesUnder(facts: ImageFacts, named: readonly ImageFacts[], index: ImageIndex): readonly ImageFacts[] {
  const { position, orientation } = facts;
  if (!position || !orientation)
    return named.filter(({ rows, columns }) => rows === facts.rows && columns === facts.columns);
  const normal = cross(orientation.row, orientation.column);
  const inPlane = named.filter((one) => one.position === undefined || offPlane(one, position) <= reachMm(one));
  return inPlane.length > 0 ? inPlane : index.planesAt(facts.frameOfReferenceUid, position, normal);
}

/** Corners of a segmentation's pixels on an image: by geometry where both have one, else pixel on pixel. */
function onImage(outline: TracedOutline, from: ImageFacts, to: ImageFacts): readonly ImagePoint[] {
  const points: ImagePoint[] = [];
  for (let at = 0; at + 1 < outline.length; at += 2) {
    const pixel: ImagePoint = [outline[at]! - 0.5, outline[at + 1]! - 0.5];
    const place = inPatient(from, pixel);
    points.push((place && toPixel(to, place)) ?? pixel);
  }
  const [first] = points;
  return first ? [...points, first] : points;
}

function inPatient({ position, orientation, spacing }: ImageFacts, [column, row]: ImagePoint): Vector3 | undefined {
  if (!position || !orientation) return undefined;
  const along = (axis: 0 | 1 | 2) =>
    position[axis] + orientation.row[axis] * spacing.columnMm * column + orientation.column[axis] * spacing.rowMm * row;
  return [along(0), along(1), along(2)];
}
