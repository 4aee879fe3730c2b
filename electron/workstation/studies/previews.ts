import type { FrameStart } from '#electron/workstation/ports.ts';
import { levelWithin, readCodestreamStart } from '#shared/dicom/codestream-start.ts';
import type { FrameDescription } from '#shared/dicom/frame-description.ts';
import type { Clock } from '#shared/kernel/clock.ts';

/** A frame that is still coming, as far as it can be shown: smaller than it will be. */
export interface FramePreview {
  readonly sopInstanceUid: string;
  readonly description: FrameDescription;
  /** The sides are halved so many times. */
  readonly level: number;
  /** The codestream's beginning. */
  readonly codestream: Uint8Array;
}

/** An image that is whole sooner needs no preview, and previews no nearer to each other than this. */
const PACE_MS = 150;
/** Of the frame: so near to its end the frame itself is there sooner. */
const NEARLY_WHOLE = 0.8;

export interface Previews {
  /** So much of this instance has come; `beginning` holds only during the call. */
  come(sopInstanceUid: string, beginning: Uint8Array): FramePreview | undefined;
}

/** Makes of images that come slowly one preview after the other, each finer than the last. */
export function createPreviews(
  readFrameStart: (beginning: Uint8Array) => FrameStart | 'not-yet' | undefined,
  clock: Clock,
): Previews {
  const known = new Map<string, { lookAt: number; level: number }>();
  return {
    come(sop, beginning) {
      const now = clock.now();
      const state = known.get(sop) ?? { lookAt: now + PACE_MS, level: Number.POSITIVE_INFINITY };
      known.set(sop, state);
      if (now < state.lookAt) return undefined;
      state.lookAt = now + PACE_MS;
      const start = readFrameStart(beginning);
      if (start === 'not-yet') return undefined;
      if (start?.sopInstanceUid !== sop) {
        state.lookAt = Number.POSITIVE_INFINITY;
        return undefined;
      }
      const { description, codestream, totalBytes } = start;
      const header = readCodestreamStart(codestream);
      const isOfThis = header?.rows === description.rows && header.columns === description.columns;
      if (header === undefined || !isOfThis || codestream.length > totalBytes * NEARLY_WHOLE) return undefined;
      const level = levelWithin(header, codestream.length, totalBytes);
      if (level === undefined || level >= state.level) return undefined;
      state.level = level;
      return { sopInstanceUid: sop, description, level, codestream: new Uint8Array(codestream) };
    },
  };
}
