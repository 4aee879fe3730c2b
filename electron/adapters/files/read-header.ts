import { open, readFile } from 'node:fs/promises';

import { readDicom, type DicomFile, type DicomProblem } from '#electron/adapters/dicom-file/index.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

const FIRST_READ_BYTES = 64 * 1024;
const SECOND_READ_BYTES = 1024 * 1024;
/** The largest file Node reads at once, and a limit for everything behind it. */
const MAX_FILE_BYTES = 0x7fff0000;

async function readStart(path: string, bytes: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(bytes);
    let at = 0;
    while (at < bytes) {
      const { bytesRead } = await file.read(buffer, at, bytes - at, at);
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    return buffer.subarray(0, at);
  } finally {
    await file.close();
  }
}

/** The header of a file, reading no more of it than the header needs. Throws what the file system throws. */
export async function readHeader(path: string, sizeBytes: number): Promise<Result<DicomFile, DicomProblem>> {
  for (const bytes of [FIRST_READ_BYTES, SECOND_READ_BYTES]) {
    if (sizeBytes <= bytes) break;
    const read = readDicom(await readStart(path, bytes), { headerOnly: true });
    if (read.ok && read.value.stoppedAtPixelData) return read;
    if (!read.ok && read.error.code === 'not-dicom') return read;
  }
  if (sizeBytes > MAX_FILE_BYTES) return err({ code: 'too-large', reason: 'the file is larger than two gigabytes' });
  const read = readDicom(await readFile(path), { headerOnly: true });
  return read.ok ? ok(read.value) : read;
}
