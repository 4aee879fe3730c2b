import { firstText, readDicom } from '#electron/adapters/dicom-file/index.ts';
import type { AttemptOutcome } from '#shared/domain/delivery.ts';
import type { DicomJson, DicomJsonElement } from '#shared/dicom/dicom-json.ts';
import { Tag } from '#shared/dicom/tags.ts';

export interface StoredInstance {
  readonly part10: Uint8Array;
  readonly outcome: AttemptOutcome;
}

/** Failure reasons of PS3.18 table I.2-2. */
const OUT_OF_RESOURCES = 0xa700;
const CANNOT_UNDERSTAND = 0xc000;
const PROCESSING_FAILURE = 0x0110;

function failureReason(outcome: AttemptOutcome): number {
  if (outcome.kind === 'not-taken') return OUT_OF_RESOURCES;
  return outcome.kind === 'refused' ? CANNOT_UNDERSTAND : PROCESSING_FAILURE;
}

const text = (vr: string, value: string | undefined): DicomJsonElement =>
  value === undefined ? { vr } : { vr, Value: [value] };

/** The Store Instances answer (PS3.18 annex I): what was kept, what was not, and the status that sums it up. */
export function storeAnswer(
  stored: readonly StoredInstance[],
  urlOf: (instance: { studyInstanceUid: string; seriesInstanceUid: string; sopInstanceUid: string }) => string,
): { readonly status: number; readonly answer: DicomJson } {
  const kept: DicomJson[] = [];
  const failed: DicomJson[] = [];
  for (const { part10, outcome } of stored) {
    const read = readDicom(part10, { headerOnly: true });
    const one = (tag: string) => (read.ok ? firstText(read.value.dataSet, tag) : undefined);
    const reference = {
      [Tag.ReferencedSOPClassUID]: text('UI', one(Tag.SOPClassUID)),
      [Tag.ReferencedSOPInstanceUID]: text('UI', one(Tag.SOPInstanceUID)),
    };
    if (outcome.kind === 'accepted') {
      const url = urlOf({
        studyInstanceUid: one(Tag.StudyInstanceUID) ?? '',
        seriesInstanceUid: one(Tag.SeriesInstanceUID) ?? '',
        sopInstanceUid: outcome.ackId,
      });
      kept.push({ ...reference, [Tag.RetrieveURL]: text('UR', url) });
    } else failed.push({ ...reference, [Tag.FailureReason]: { vr: 'US', Value: [failureReason(outcome)] } });
  }
  const sequence = (items: readonly DicomJson[]): DicomJsonElement => ({ vr: 'SQ', Value: items });
  return {
    status: failed.length === 0 ? 200 : kept.length === 0 ? 409 : 202,
    answer: {
      ...(failed.length === 0 ? {} : { [Tag.FailedSOPSequence]: sequence(failed) }),
      ...(kept.length === 0 ? {} : { [Tag.ReferencedSOPSequence]: sequence(kept) }),
    },
  };
}
