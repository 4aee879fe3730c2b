import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

import type { Sealer } from '#electron/workstation/ports.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** About a millisecond of AES: between two of these, others get their turn. */
const CHUNK_BYTES = 4 * 1024 * 1024;

/**
 * AES-256-GCM under a key derived from the installation's for one `purpose`, so that what was sealed for one store does not
 * open in another. Layout: nonce, ciphertext, tag.
 */
export function createSealer(keyOf: () => Uint8Array | undefined, purpose: string): Sealer {
  let derived: { readonly from: Uint8Array; readonly seal: Uint8Array; readonly name: Uint8Array } | undefined;
  const keys = () => {
    const from = keyOf();
    if (from === undefined) return undefined;
    if (derived?.from !== from) {
      const derive = (use: string) => new Uint8Array(hkdfSync('sha256', from, '', `overread:${purpose}:${use}`, 32));
      derived = { from, seal: derive('seal'), name: derive('name') };
    }
    return derived;
  };
  const demandKeys = () => {
    const present = keys();
    if (present === undefined) throw new Error('sealer: no key yet');
    return present;
  };

  return {
    isReady: () => keyOf() !== undefined,
    nameOf: (text) => createHmac('sha256', demandKeys().name).update(text).digest('hex').slice(0, 40),
    async seal(plain, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', demandKeys().seal, nonce);
      cipher.setAAD(Buffer.from(context));
      const sealed = Buffer.allocUnsafe(NONCE_BYTES + plain.length + TAG_BYTES);
      nonce.copy(sealed);
      for (let at = 0; at < plain.length; at += CHUNK_BYTES) {
        if (at > 0) await setImmediate();
        cipher.update(plain.subarray(at, at + CHUNK_BYTES)).copy(sealed, NONCE_BYTES + at);
      }
      cipher.final();
      cipher.getAuthTag().copy(sealed, NONCE_BYTES + plain.length);
      return sealed;
    },
    async open(sealed, context) {
      const present = keys();
      const size = sealed.length - NONCE_BYTES - TAG_BYTES;
      if (present === undefined || size < 0) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', present.seal, sealed.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(sealed.subarray(NONCE_BYTES + size));
      const plain = Buffer.allocUnsafe(size);
      for (let at = 0; at < size; at += CHUNK_BYTES) {
        if (at > 0) await setImmediate();
        const end = Math.min(at + CHUNK_BYTES, size);
        decipher.update(sealed.subarray(NONCE_BYTES + at, NONCE_BYTES + end)).copy(plain, at);
      }
      try {
        decipher.final();
        return plain;
      } catch {
        return undefined; // the tag does not match: nothing of `plain` may be used
      }
    },
  };
}
