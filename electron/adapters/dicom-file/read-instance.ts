import type { ReadInstance } from '#electron/workstation/ports.ts';
import { Tag } from '#shared/dicom/tags.ts';

import { toDicomJson } from './dicom-json.ts';
import { firstText } from './element-values.ts';
import { describeFrames, frameCount, readFrame } from './frames.ts';
import { readDicom } from './read-dicom.ts';

/** A document or a recording larger than this is not shown beside images. */
const MAX_WHOLE_BYTES = 32 * 1024 * 1024;

/** One instance taken apart for the series stream; an object without pixels (SR, PR, KO) has no frames. */
export function readInstance(part10: Uint8Array): ReadInstance {
  const file = readDicom(part10);
  if (!file.ok) return { problem: file.error.reason };
  const { dataSet } = file.value;
  const sopInstanceUid = firstText(dataSet, Tag.SOPInstanceUID);
  if (sopInstanceUid === undefined) return { problem: 'the file names no SOP Instance UID' };
  const whole = () => toDicomJson(file.value, { maxInlineBytes: MAX_WHOLE_BYTES });
  const description = describeFrames(file.value);
  if (!description.ok) return { problem: description.error.reason, sopInstanceUid, whole };
  const studyInstanceUid = firstText(dataSet, Tag.StudyInstanceUID);
  const seriesInstanceUid = firstText(dataSet, Tag.SeriesInstanceUID);
  return {
    sopInstanceUid,
    ...(studyInstanceUid === undefined ? {} : { studyInstanceUid }),
    ...(seriesInstanceUid === undefined ? {} : { seriesInstanceUid }),
    description: description.value,
    frameCount: frameCount(file.value),
    frame(frame) {
      const bytes = readFrame(file.value, frame);
      if (!bytes.ok) throw new Error(bytes.error.reason);
      return bytes.value;
    },
    whole,
    // Made only when asked for: the series stream never does.
    get json() {
      return toDicomJson(file.value);
    },
  };
}
