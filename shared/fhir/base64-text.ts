const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 of UTF-8 text (an Attachment's `data`). Undefined when it is neither. */
export function textFromBase64(data: string): string | undefined {
  let bits = 0;
  let held = 0;
  let encoded = '';
  for (const character of data.replace(/[\s=]+/g, '')) {
    const value = ALPHABET.indexOf(character);
    if (value === -1) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      encoded += `%${((bits >> held) & 0xff).toString(16).padStart(2, '0')}`;
    }
  }
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
