import type { DecodeText } from '#shared/hl7/charset.ts';

export const decodeText: DecodeText = (bytes, label) => {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};
