import type { AttemptOutcome } from '#shared/domain/delivery.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { textOf } from '#shared/dicom/study-summary.ts';
import { Tag } from '#shared/dicom/tags.ts';

const isObject = (value: unknown): value is DicomJson => typeof value === 'object' && value !== null;

const items = (answer: unknown, tag: string): DicomJson[] => {
  const object: unknown = Array.isArray(answer) ? answer[0] : answer;
  if (!isObject(object)) return [];
  const values: unknown = object[tag]?.Value;
  return Array.isArray(values) ? values.filter(isObject) : [];
};

const names = (item: DicomJson, sopInstanceUid: string): boolean =>
  textOf(item[Tag.ReferencedSOPInstanceUID]) === sopInstanceUid;

/** Failure reasons of PS3.18 table I.2-2 and PS3.4 C.4: what a refused instance means for a retry. */
function failureOutcome(reason: number, sopInstanceUid: string): AttemptOutcome {
  const code = `stow-${reason.toString(16).padStart(4, '0')}`;
  // Duplicate SOP Instance: the archive has this very object, from an attempt whose answer was lost.
  if (reason === 0x0111) return { kind: 'accepted', ackId: sopInstanceUid };
  // Out of resources: it was not kept, and may be later.
  if (reason >= 0xa700 && reason <= 0xa7ff) return { kind: 'not-taken', code };
  return { kind: 'refused', code };
}

/** What a STOW-RS answer says about one instance (PS3.18 10.5.3, annex I): the references decide, not the status alone. */
export function stowOutcome(status: number, answer: unknown, sopInstanceUid: string): AttemptOutcome {
  const failed = items(answer, Tag.FailedSOPSequence);
  const failure = failed.find((item) => names(item, sopInstanceUid)) ?? (failed.length === 1 ? failed[0] : undefined);
  if (failure !== undefined) {
    return failureOutcome(Number(textOf(failure[Tag.FailureReason]) ?? 0x0110), sopInstanceUid);
  }
  const isStored = items(answer, Tag.ReferencedSOPSequence).some((item) => names(item, sopInstanceUid));
  if (status >= 200 && status < 300) {
    return isStored ? { kind: 'accepted', ackId: sopInstanceUid } : { kind: 'unknown', code: 'no-confirmation' };
  }
  if (status === 503 || status === 429) return { kind: 'not-taken', code: `http-${status}` };
  if (status >= 500 || status === 408) return { kind: 'unknown', code: `http-${status}` };
  return { kind: 'refused', code: `http-${status}` };
}
