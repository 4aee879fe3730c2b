import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** 256 random bits for a link or a session; nobody guesses it. */
export const newToken = (): string => randomBytes(32).toString('base64url');

const CODE_DIGITS = 8;

/** To be told by phone: eight digits, used once, a handful of tries. */
export const newCode = (): string => String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');

/** What is kept of a token. */
export const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** What is kept of a code: bound to its link, without which it opens nothing. Spaces and dashes are how people write it. */
export const codeDigestOf = (code: string, tokenDigest: string): string =>
  createHmac('sha256', tokenDigest).update(code.replaceAll(/[\s-]/g, '')).digest('base64url');

/** Compares without telling by its time how much was right. */
export const isSameDigest = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
