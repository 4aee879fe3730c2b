import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../shared/testdata');

/** Facts that independent readers and decoders found about one collected file. */
export interface DicomFacts {
  readonly path: string;
  readonly dcmdumpReads?: boolean;
  readonly hasPixelData?: boolean;
  readonly header?: {
    readonly rows?: unknown;
    readonly columns?: unknown;
    readonly frames?: number | null;
    readonly photometric?: unknown;
    readonly transferSyntaxUID?: string | null;
    readonly studyInstanceUID?: string;
    readonly seriesInstanceUID?: string;
    readonly sopInstanceUID?: string;
    readonly patientName?: string;
    readonly modality?: string;
  };
  readonly decode?: {
    readonly agree?: string;
    readonly lossy?: boolean;
    readonly lastFrame?: { readonly sha256: string };
    readonly firstFrame?: {
      readonly sha256: string;
      readonly sha256Masked?: string;
      readonly min: number;
      readonly max: number;
      readonly mean?: number;
      readonly shape?: readonly number[];
      readonly probes?: readonly (readonly number[])[];
    };
  };
}

export const hasDicomTestdata = existsSync(join(folder, 'manifest.json'));

if (!hasDicomTestdata) {
  if (process.env['CI'] === 'true') throw new Error('the collected DICOM files are missing');
  process.stderr.write('skipped: the collected DICOM files (../shared/testdata) are not here\n');
}

export const dicomFolder = join(folder, 'dicom');
export const dicomPath = (path: string): string => join(folder, path.startsWith('dicom/') ? path : `dicom/${path}`);
export const dicomBytes = (path: string): Uint8Array => readFileSync(dicomPath(path));

/** The manifest's DICOM files; none where the collection is absent. */
export const dicomFacts: readonly DicomFacts[] = hasDicomTestdata
  ? (JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { files: DicomFacts[] }).files.filter(
      ({ path }) => path.startsWith('dicom/'),
    )
  : [];
