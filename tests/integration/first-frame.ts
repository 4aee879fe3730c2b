import { readFileSync } from 'node:fs';

import { describeFrames, readDicom, readFrame } from '#electron/adapters/dicom-file/index.ts';
import { decodeFrame } from '#renderer/viewer/decoders/index.ts';
import type { DecodedFrame } from '#shared/dicom/frame-description.ts';

/** Decoded first frame of a file that must have one. */
export async function firstFrame(path: string): Promise<DecodedFrame> {
  const read = readDicom(readFileSync(path));
  if (!read.ok) throw new Error(read.error.reason);
  const description = describeFrames(read.value);
  const frame = readFrame(read.value, 1);
  if (!description.ok || !frame.ok) throw new Error('no frame');
  const answer = await decodeFrame(frame.value, description.value);
  if (!answer.ok) throw new Error(answer.error.reason);
  return answer.value;
}
