/** The DICOM JSON Model (PS3.18 annex F): tag `GGGGEEEE` in upper case to element. */
export interface DicomJsonElement {
  readonly vr: string;
  readonly Value?: readonly unknown[];
  readonly BulkDataURI?: string;
  readonly InlineBinary?: string;
}
export type DicomJson = Readonly<Record<string, DicomJsonElement>>;

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** The values of an attribute of whatever was sent as a data set; none where it is absent or no list. */
export function valuesAt(item: unknown, tag: string): readonly unknown[] {
  const value = record(record(item)[tag])['Value'];
  return Array.isArray(value) ? value : [];
}

/** The first value where it is a text. */
export const textAt = (item: unknown, tag: string): string | undefined => {
  const [value] = valuesAt(item, tag);
  return typeof value === 'string' ? value : undefined;
};
