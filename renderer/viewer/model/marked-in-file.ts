import { aiResultsFromSc } from '#shared/dicom/ai-result-from-sc.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';

/** Overlays come in sixteen repeating groups (PS3.5 7.6). */
export const OVERLAY_GROUPS = Array.from({ length: 16 }, (_, at) => (0x6000 + 2 * at).toString(16).toUpperCase());

/** Whether an image draws over its own pixels (overlay planes, a display shutter), or an algorithm made it. */
export const isMarkedInFile = (data: DicomJson): boolean =>
  '00181600' in data || OVERLAY_GROUPS.some((group) => `${group}0010` in data) || aiResultsFromSc(data).length > 0;
