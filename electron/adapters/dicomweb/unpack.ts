import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

import { OverpackedAnswer } from './exchange.ts';

/** Metadata packs about thirty to one, a black image a few hundred to one. */
const MOST_RATIO = 400;
/** Below this no ratio hurts. */
const HARMLESS_BYTES = 16 * 1024 * 1024;

/** The body as it was before it was packed for the line (RFC 9110 8.4.1); undefined for a coding we did not ask for. */
export function unpacked(
  packed: Readable,
  encoding: string,
): { readonly stream: Readable; check(unpackedBytes: number): void } | undefined {
  const unpacker = unpackerFor(encoding);
  if (unpacker === undefined) return undefined;
  let packedBytes = 0;
  packed.on('data', (chunk: Uint8Array) => {
    packedBytes += chunk.length;
  });
  packed.on('error', (error) => unpacker.destroy(error));
  unpacker.on('close', () => packed.destroy());
  packed.pipe(unpacker);
  return {
    stream: unpacker,
    check(unpackedBytes) {
      if (unpackedBytes > HARMLESS_BYTES && unpackedBytes > packedBytes * MOST_RATIO) throw new OverpackedAnswer();
    },
  };
}

function unpackerFor(encoding: string) {
  switch (encoding.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      return undefined;
  }
}
