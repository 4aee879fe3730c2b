import type { WrittenElement, WrittenVr } from './write-part10.ts';

/** Numbers as bytes, little endian (PS3.5 7.3). */
function packed(
  tag: string,
  vr: WrittenVr,
  values: readonly number[],
  size: 2 | 4,
  put: (view: DataView, at: number, value: number) => void,
): WrittenElement {
  const bytes = new Uint8Array(values.length * size);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) put(view, index * size, value);
  return { tag, vr, value: bytes };
}

export const floats = (tag: string, values: readonly number[]): WrittenElement =>
  packed(tag, 'FL', values, 4, (view, at, value) => view.setFloat32(at, value, true));
export const signedLongs = (tag: string, values: readonly number[]): WrittenElement =>
  packed(tag, 'SL', values, 4, (view, at, value) => view.setInt32(at, value, true));
export const unsignedShorts = (tag: string, values: readonly number[]): WrittenElement =>
  packed(tag, 'US', values, 2, (view, at, value) => view.setUint16(at, value, true));
