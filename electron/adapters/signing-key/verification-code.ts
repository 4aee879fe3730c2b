import { createHash } from 'node:crypto';

/** No letter or digit that is taken for another one when read aloud or copied by hand (RFC 4648 letters without I, L, O, U). */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHARACTERS = 16;

/** A short name of one signature, for paper: 80 bits of its SHA-256 in groups of four. `verify-report` says the same code. */
export function verificationCode(signature: string): string {
  const digest = createHash('sha256').update(signature).digest();
  let bits = 0n;
  for (const byte of digest.subarray(0, 10)) bits = (bits << 8n) | BigInt(byte);
  const code = Array.from({ length: CHARACTERS }, (_, index) => {
    const digit = Number((bits >> BigInt(5 * (CHARACTERS - 1 - index))) & 31n);
    return DIGITS[digit] ?? '';
  }).join('');
  return (code.match(/.{4}/g) ?? []).join('-');
}
