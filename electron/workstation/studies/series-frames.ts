import type { ReadInstance } from '#electron/workstation/ports.ts';
import type { SeriesFrame } from '#shared/contract/pixels.ts';
import type { FrameDescription } from '#shared/dicom/frame-description.ts';

import { abortOf } from './abort-of.ts';
import type { FramePreview } from './previews.ts';
import type { SeriesLoad } from './series-load.ts';
import { outwards, type ExpectedInstance } from './series-order.ts';

/** Stands in the header of a frame that cannot be had: nothing is known of it. */
const NOTHING_KNOWN: FrameDescription = {
  transferSyntaxUid: '',
  rows: 0,
  columns: 0,
  samplesPerPixel: 0,
  photometricInterpretation: '',
  planarConfiguration: 0,
  bitsAllocated: 0,
  bitsStored: 0,
  highBit: 0,
  pixelRepresentation: 0,
  pixelKind: 'integer',
};
const READ_AHEAD = 3;
const EMPTY = new Uint8Array(0);

/**
 * All frames of a series from frame `from` (0-based, in display order) outwards: of what is here, always the nearest next.
 * Every announced frame comes exactly once, as itself or as a problem; none is silently absent.
 */
export async function* seriesFrames(load: SeriesLoad, from: number, signal: AbortSignal): AsyncGenerator<SeriesFrame> {
  const { instance: first, frame: firstFrame } = placeOf(load.instances(), from);
  const remaining = outwards(load.instances().length, first).map(
    (index) => load.instances()[index]?.sopInstanceUid ?? '',
  );
  const centre = load.instances()[first]?.sopInstanceUid;
  let listed = load.instances().length;
  const stopped = abortOf(signal);

  const ahead = new Map<string, Promise<ReadInstance | undefined>>();
  /** The nearest that are here, their reading begun: the disk works while the line to the reader does. */
  const readAhead = (wanted: readonly string[]): readonly string[] => {
    const nearest: string[] = [];
    for (const sop of wanted) {
      if (!load.isHere(sop)) continue;
      nearest.push(sop);
      if (!ahead.has(sop)) {
        const reading = load.instance(sop);
        reading.catch(() => undefined); // thrown where it is awaited; a reader who leaves awaits it no more
        ahead.set(sop, reading);
      }
      if (nearest.length === READ_AHEAD) break;
    }
    return nearest;
  };

  let told: string | undefined;
  let shown: FramePreview | undefined;
  for (;;) {
    const all = load.instances();
    for (; listed < all.length; listed += 1) remaining.push(all[listed]?.sopInstanceUid ?? '');
    if (remaining.length === 0 && load.isDone()) return;
    if (signal.aborted) return;
    const [sop] = readAhead(remaining);
    if (sop !== undefined) {
      remaining.splice(remaining.indexOf(sop), 1);
      const instance = await ahead.get(sop);
      ahead.delete(sop);
      yield* framesOf(sop, instance, sop === centre ? firstFrame : 0, frameCountOf(all, sop));
    } else if (load.isDone()) {
      for (const sop of remaining.splice(0)) yield* problems(sop, load.absence(), frameCountOf(all, sop));
    } else {
      const notice = load.notice();
      if (notice !== undefined && notice !== told) yield noticeFrame(notice);
      told = notice;
      const preview = load.preview();
      if (preview !== undefined && preview !== shown && remaining.includes(preview.sopInstanceUid))
        yield previewFrame(preview);
      shown = preview;
      if (notice === load.notice() && preview === load.preview()) await Promise.race([load.changed(), stopped]);
    }
  }
}

const noticeFrame = (notice: string): SeriesFrame => ({
  header: { sopInstanceUid: '', frame: 0, description: NOTHING_KNOWN, notice },
  payload: EMPTY,
});

const previewFrame = ({ sopInstanceUid, description, level, codestream }: FramePreview): SeriesFrame => ({
  header: { sopInstanceUid, frame: 0, description, preview: { frame: 1, level } },
  payload: codestream,
});

function* framesOf(
  sopInstanceUid: string,
  instance: ReadInstance | undefined,
  startFrame: number,
  announced: number,
): Generator<SeriesFrame> {
  if (instance === undefined) {
    yield* problems(sopInstanceUid, 'the copy kept here is damaged and the site did not send it again', announced);
    return;
  }
  if ('problem' in instance) {
    yield* problems(sopInstanceUid, instance.problem, announced);
    return;
  }
  for (const index of outwards(instance.frameCount, startFrame)) {
    const header = { sopInstanceUid, frame: index + 1, description: instance.description };
    let payload: Uint8Array;
    try {
      payload = instance.frame(index + 1);
    } catch {
      yield { header: { ...header, problem: 'this frame cannot be read' }, payload: EMPTY };
      continue;
    }
    yield { header, payload };
  }
}

function* problems(sopInstanceUid: string, problem: string, frameCount: number): Generator<SeriesFrame> {
  for (let frame = 1; frame <= frameCount; frame += 1)
    yield { header: { sopInstanceUid, frame, description: NOTHING_KNOWN, problem }, payload: EMPTY };
}

const frameCountOf = (instances: readonly ExpectedInstance[], sop: string): number =>
  instances.find((instance) => instance.sopInstanceUid === sop)?.frameCount ?? 1;

/** The instance that holds frame `from` of the series, and which of its frames that is. */
export function placeOf(
  instances: readonly ExpectedInstance[],
  from: number,
): { readonly instance: number; readonly frame: number } {
  let before = 0;
  for (const [instance, { frameCount }] of instances.entries()) {
    if (from < before + frameCount) return { instance, frame: Math.max(from - before, 0) };
    before += frameCount;
  }
  return { instance: Math.max(instances.length - 1, 0), frame: 0 };
}
