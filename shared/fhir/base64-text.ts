const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Int8Array(128).fill(-1);
for (let value = 0; value < ALPHABET.length; value += 1) VALUES[ALPHABET.charCodeAt(value)] = value;

/** Base64 with white space and padding anywhere; undefined when another character stands in it. */
export function bytesFromBase64(data: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((data.length * 3) / 4));
  let [length, bits, held] = [0, 0, 0];
  for (let at = 0; at < data.length; at += 1) {
    const code = data.charCodeAt(at);
    if (code === 0x3d || code === 0x20 || (code >= 0x09 && code <= 0x0d)) continue;
    const value = VALUES[code] ?? -1;
    if (value === -1) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[length] = (bits >> held) & 0xff;
      length += 1;
    }
  }
  return bytes.subarray(0, length);
}

/** One character a byte. */
export function latin1Text(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}

/** Undefined when the bytes are no UTF-8. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return decodeURIComponent(latin1Text(bytes).replace(/[%\u0080-\u00ff]/g, percentByte));
  } catch {
    return undefined;
  }
}
const percentByte = (character: string): string => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** Base64 of UTF-8 text (an Attachment's `data`). Undefined when it is neither. */
export function textFromBase64(data: string): string | undefined {
  const bytes = bytesFromBase64(data);
  return bytes === undefined ? undefined : utf8Text(bytes);
}
