/** One fragment of encapsulated pixel data (PS3.5 A.4). */
export interface Fragment {
  /** Where the fragment's item tag stands, counted from the first fragment's item tag, as offset tables count. */
  readonly offset: number;
  readonly bytes: Uint8Array;
  /** The file ends before the length the fragment claims. */
  readonly isCutOff: boolean;
}

/** A data element as it stands in the file. `value` is a view into the file's bytes. */
export interface Element {
  readonly tag: string;
  readonly vr: string;
  readonly value: Uint8Array;
  readonly isLittleEndian: boolean;
  /** Length the file claims; larger than `value.length` when the file ends before it. */
  readonly claimedLength: number;
  readonly items?: readonly DataSet[];
  /** Encapsulated pixel data: the basic offset table and what follows it. */
  readonly offsetTable?: Uint8Array;
  readonly fragments?: readonly Fragment[];
}

export type DataSet = ReadonlyMap<string, Element>;
