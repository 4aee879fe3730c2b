import type { SoundPiece } from './worker-messages.ts';

/** Counts what is missing before each piece of sound: pieces that never came, and one for what the sound system left out. */
export function createLostPieces(): (piece: Pick<SoundPiece, 'sequence' | 'gap'>) => number {
  let expected: number | undefined;
  return ({ sequence, gap }) => {
    const missing = expected === undefined ? 0 : Math.max(0, sequence - expected);
    expected = sequence + 1;
    return missing + (gap > 0 ? 1 : 0);
  };
}
