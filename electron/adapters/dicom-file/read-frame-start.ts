import type { FrameStart } from '#electron/workstation/ports.ts';
import { firstText } from './element-values.ts';
import { Tag } from '#shared/dicom/tags.ts';
import { transferSyntax } from '#shared/dicom/transfer-syntaxes.ts';

import { describeFrames, frameCount } from './frames.ts';
import { readDicom } from './read-dicom.ts';

const ITEM_LENGTH_BYTES = 4;

/**
 * The frame of an instance of which only the beginning has come, where a picture can be made of a part of it: a single frame
 * of HTJ2K in its first fragment. `undefined`: never of this one; `not-yet`: too little has come to tell.
 */
export function readFrameStart(beginning: Uint8Array): FrameStart | 'not-yet' | undefined {
  const file = readDicom(beginning);
  if (!file.ok) return 'not-yet';
  if (transferSyntax(file.value.transferSyntaxUid).coding !== 'htj2k') return undefined;
  const { dataSet } = file.value;
  const sopInstanceUid = firstText(dataSet, Tag.SOPInstanceUID);
  const description = describeFrames(file.value);
  const fragment = dataSet.get(Tag.PixelData)?.fragments?.find(({ bytes }) => bytes.length > 0);
  if (sopInstanceUid === undefined || !description.ok || fragment === undefined) return 'not-yet';
  if (frameCount(file.value) !== 1) return undefined;
  const { buffer, byteOffset } = fragment.bytes;
  const totalBytes = new DataView(buffer, byteOffset - ITEM_LENGTH_BYTES, ITEM_LENGTH_BYTES).getUint32(0, true);
  return { sopInstanceUid, description: description.value, codestream: fragment.bytes, totalBytes };
}
