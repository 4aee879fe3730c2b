import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { describeFrames, frameCount, readDicom, readFrame } from '#electron/adapters/dicom-file/index.ts';
import { decodeFrame } from '#renderer/viewer/decoders/index.ts';
import type { DecodedFrame, FrameDescription, Samples } from '#shared/dicom/frame-description.ts';
import { transferSyntax } from '#shared/dicom/transfer-syntaxes.ts';

/** What `decode` says of one file. `reason` stands where something could not be had; a cut-off frame has both. */
export interface DecodeReport {
  readonly file: string;
  readonly transferSyntaxUid?: string;
  readonly rows?: number;
  readonly columns?: number;
  readonly frames?: number;
  /** As the header says. */
  readonly photometricInterpretation?: string;
  /** Of the samples that were hashed. */
  readonly photometricOut?: string;
  readonly sha256?: string;
  readonly min?: number;
  readonly max?: number;
  readonly reason?: string;
}

function extremes(samples: Samples): { min: number; max: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const sample of samples) {
    if (sample < min) min = sample;
    if (sample > max) max = sample;
  }
  return { min, max };
}

const hash = ({ samples }: DecodedFrame): string =>
  createHash('sha256')
    .update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength))
    .digest('hex');

const facts = (transferSyntaxUid: string, frames: number, description: FrameDescription) => ({
  transferSyntaxUid,
  rows: description.rows,
  columns: description.columns,
  frames,
  photometricInterpretation: description.photometricInterpretation,
});

/** Reads a file and decodes its first frame through the viewer's decoders. */
export async function decodeFile(file: string): Promise<DecodeReport> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    return { file, reason: `cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}` };
  }
  const read = readDicom(bytes);
  if (!read.ok) return { file, reason: read.error.reason };
  const dicom = read.value;
  const described = describeFrames(dicom);
  if (!described.ok) return { file, transferSyntaxUid: dicom.transferSyntaxUid, reason: described.error.reason };
  const head = { file, ...facts(dicom.transferSyntaxUid, frameCount(dicom), described.value) };
  const whole = readFrame(dicom, 1);
  // A cut-off frame is shown for what it is, with its reason beside it.
  const frame = whole.ok ? whole : readFrame(dicom, 1, { padCutOff: true });
  if (!frame.ok) return { ...head, reason: whole.ok ? frame.error.reason : whole.error.reason };
  const decoded = await decodeFrame(frame.value, described.value);
  if (!decoded.ok) return { ...head, reason: decoded.error.reason };
  return {
    ...head,
    photometricOut: decoded.value.photometricInterpretation,
    sha256: hash(decoded.value),
    ...extremes(decoded.value.samples),
    ...(whole.ok ? {} : { reason: `${whole.error.reason}; the rest is taken as zero` }),
  };
}

function line(report: DecodeReport): string {
  if (report.rows === undefined) return `${report.file}: ${report.reason ?? 'no image'}`;
  const size = `${report.columns} × ${report.rows} × ${report.frames}`;
  const syntax = `${transferSyntax(report.transferSyntaxUid ?? '').name} (${report.transferSyntaxUid})`;
  const [stated, out] = [report.photometricInterpretation, report.photometricOut];
  const color = out === undefined || out === stated ? stated : `${stated} -> ${out}`;
  const found =
    report.sha256 === undefined ? [] : [`sha256 ${report.sha256}`, `min ${report.min}`, `max ${report.max}`];
  const reason = report.reason === undefined ? [] : [report.reason];
  return `${report.file}: ${[syntax, size, color, ...found, ...reason].join(', ')}`;
}

/** `decode -- FILE… [--json]`. Exits 0 whatever the files are like; 2 when it is called wrongly. */
export async function main(argv: readonly string[]): Promise<number> {
  const unknown = argv.find((argument) => argument.startsWith('--') && argument !== '--json');
  const files = argv.filter((argument) => !argument.startsWith('--'));
  if (unknown !== undefined || files.length === 0) {
    const problem = unknown === undefined ? 'no files given' : `unknown option ${unknown}`;
    process.stderr.write(`decode: ${problem}; usage: decode -- FILE… [--json]\n`);
    return 2;
  }
  const reports: DecodeReport[] = [];
  for (const file of files) {
    const report = await decodeFile(file);
    if (argv.includes('--json')) reports.push(report);
    else process.stdout.write(`${line(report)}\n`);
  }
  if (argv.includes('--json')) process.stdout.write(`${JSON.stringify(reports, undefined, 1)}\n`);
  return 0;
}
