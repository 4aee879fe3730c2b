import { createCipheriv, createDecipheriv, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** About 100 ms and 64 MiB a guess (RFC 7914: N = 2^16, r = 8, p = 1). */
const COST = { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 1024 * 1024 };
const SALT_BYTES = 16;

/** 64 bytes from a PIN: the first half proves the PIN, the second half wraps the key. */
interface PinKeys {
  readonly proof: Buffer;
  readonly wrap: Buffer;
}

function pinKeys(pin: string, salt: Uint8Array): Promise<PinKeys> {
  return new Promise((resolve, reject) => {
    scrypt(pin.normalize('NFKC'), salt, 64, COST, (error, derived) => {
      if (error === null) resolve({ proof: derived.subarray(0, 32), wrap: derived.subarray(32) });
      else reject(error);
    });
  });
}

/** What is kept of a PIN, hexadecimal. `wrappedKey`: nonce, ciphertext, tag; absent where the OS store holds the key. */
export interface PinRecord {
  readonly salt: string;
  readonly proof: string;
  readonly wrappedKey?: string;
}

export async function recordPin(pin: string, key: Uint8Array | undefined): Promise<PinRecord> {
  const salt = randomBytes(SALT_BYTES);
  const { proof, wrap } = await pinKeys(pin, salt);
  const record = { salt: salt.toString('hex'), proof: proof.toString('hex') };
  return key === undefined ? record : { ...record, wrappedKey: wrapKey(key, wrap).toString('hex') };
}

/** Undefined: the PIN is wrong. `key` is there when the record wraps one. */
export async function openPinRecord(
  pin: string,
  record: PinRecord,
): Promise<{ readonly key: Uint8Array | undefined } | undefined> {
  const { proof, wrap } = await pinKeys(pin, Buffer.from(record.salt, 'hex'));
  const expected = Buffer.from(record.proof, 'hex');
  if (expected.length !== proof.length || !timingSafeEqual(expected, proof)) return undefined;
  if (record.wrappedKey === undefined) return { key: undefined };
  return { key: unwrapKey(Buffer.from(record.wrappedKey, 'hex'), wrap) };
}

function wrapKey(key: Uint8Array, wrap: Uint8Array): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', wrap, nonce);
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
}

function unwrapKey(wrapped: Buffer, wrap: Uint8Array): Uint8Array {
  const decipher = createDecipheriv('aes-256-gcm', wrap, wrapped.subarray(0, 12), { authTagLength: 16 });
  decipher.setAuthTag(wrapped.subarray(-16));
  return Buffer.concat([decipher.update(wrapped.subarray(12, -16)), decipher.final()]);
}
