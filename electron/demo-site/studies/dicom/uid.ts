import { createHash } from 'node:crypto';

/** A UID of its own for these words, always the same: the first 128 bits of their SHA-256 under 2.25 (PS3.5 B.2). */
export function uidFrom(seed: number, ...words: readonly (string | number)[]): string {
  const digest = createHash('sha256')
    .update(`${seed}|${words.join('|')}`)
    .digest();
  return `2.25.${BigInt(`0x${digest.subarray(0, 16).toString('hex')}`).toString(10)}`;
}
