/** Value representations we write (PS3.5 6.2). */
export type WrittenVr =
  | 'CS'
  | 'DA'
  | 'DS'
  | 'DT'
  | 'FL'
  | 'IS'
  | 'LO'
  | 'OB'
  | 'PN'
  | 'SH'
  | 'SL'
  | 'SQ'
  | 'ST'
  | 'TM'
  | 'UI'
  | 'UL'
  | 'US'
  | 'UT';

/** One element: tag `GGGGEEEE`, VR, value. Several text values are joined by a backslash before. */
export interface WrittenElement {
  readonly tag: string;
  readonly vr: WrittenVr;
  readonly value: string | number | Uint8Array | readonly (readonly WrittenElement[])[];
}

export interface Part10 {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly elements: readonly WrittenElement[];
}

const EXPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
const IMPLEMENTATION_CLASS_UID = '2.25.208367520487301563906218413095420188217';
const IMPLEMENTATION_VERSION = 'OVERREAD';
const PREAMBLE_BYTES = 128;

/** VRs whose length is 32 bits behind two reserved bytes (PS3.5 7.1.2). */
const LONG_VRS: ReadonlySet<WrittenVr> = new Set(['OB', 'SQ', 'UT']);

/** A DICOM file (PS3.10) in Explicit VR Little Endian, text in UTF-8. The same input is the same bytes. */
export function writePart10({ sopClassUid, sopInstanceUid, elements }: Part10): Uint8Array {
  const meta = dataSet([
    { tag: '00020001', vr: 'OB', value: Uint8Array.of(0, 1) },
    { tag: '00020002', vr: 'UI', value: sopClassUid },
    { tag: '00020003', vr: 'UI', value: sopInstanceUid },
    { tag: '00020010', vr: 'UI', value: EXPLICIT_VR_LITTLE_ENDIAN },
    { tag: '00020012', vr: 'UI', value: IMPLEMENTATION_CLASS_UID },
    { tag: '00020013', vr: 'SH', value: IMPLEMENTATION_VERSION },
  ]);
  return new Uint8Array(
    Buffer.concat([
      Buffer.alloc(PREAMBLE_BYTES),
      Buffer.from('DICM', 'latin1'),
      element({ tag: '00020000', vr: 'UL', value: meta.length }),
      meta,
      dataSet(elements),
    ]),
  );
}

const dataSet = (elements: readonly WrittenElement[]): Buffer =>
  Buffer.concat(elements.toSorted((left, right) => (left.tag < right.tag ? -1 : 1)).map(element));

function element({ tag, vr, value }: WrittenElement): Buffer {
  const bytes = padded(vr, valueBytes(vr, value));
  const isLong = LONG_VRS.has(vr);
  const head = Buffer.alloc(isLong ? 12 : 8);
  head.writeUInt16LE(Number.parseInt(tag.slice(0, 4), 16), 0);
  head.writeUInt16LE(Number.parseInt(tag.slice(4), 16), 2);
  head.write(vr, 4, 'latin1');
  if (isLong) head.writeUInt32LE(bytes.length, 8);
  else {
    if (bytes.length > 0xfffe) throw new Error(`DICOM: value of ${tag} is too long for ${vr}`);
    head.writeUInt16LE(bytes.length, 6);
  }
  return Buffer.concat([head, bytes]);
}

function valueBytes(vr: WrittenVr, value: WrittenElement['value']): Buffer {
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  if (typeof value === 'number') {
    if (vr !== 'UL') return Buffer.from(String(value), 'latin1');
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  }
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return Buffer.concat(value.map(item));
}

function item(elements: readonly WrittenElement[]): Buffer {
  const content = dataSet(elements);
  const head = Buffer.alloc(8);
  head.writeUInt16LE(0xfffe, 0);
  head.writeUInt16LE(0xe000, 2);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
}

/** Even length (PS3.5 7.1.1): UIDs and bytes are padded with NUL, text with a space. */
function padded(vr: WrittenVr, bytes: Buffer): Buffer {
  if (bytes.length % 2 === 0) return bytes;
  return Buffer.concat([bytes, Buffer.from(vr === 'UI' || vr === 'OB' ? '\0' : ' ', 'latin1')]);
}
