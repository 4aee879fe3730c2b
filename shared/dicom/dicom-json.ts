/** The DICOM JSON Model (PS3.18 annex F): tag `GGGGEEEE` in upper case to element. */
export interface DicomJsonElement {
  readonly vr: string;
  readonly Value?: readonly unknown[];
  readonly BulkDataURI?: string;
  readonly InlineBinary?: string;
}
export type DicomJson = Readonly<Record<string, DicomJsonElement>>;
