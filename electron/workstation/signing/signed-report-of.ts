import type { SignInput } from '#electron/workstation/ports.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';

/** The text that is signed: nothing in it comes from anywhere but the case, the report and the reader. */
export function signedReportOf(
  { task, contextKey, body, reader, facts }: SignInput,
  reportUuid: string,
  signedAt: EpochMs,
): SignedReport {
  const { state = 'final', predecessor, addenda, reason, discrepancy, attestation, overrides } = facts ?? {};
  return {
    reportUuid,
    version: (predecessor?.version ?? 0) + 1,
    state,
    taskId: task.id,
    contextKey,
    task: {
      siteId: task.siteId,
      siteName: task.siteName,
      patient: task.patient,
      exam: task.exam,
      ...(task.accessionNumber === undefined ? {} : { accessionNumber: task.accessionNumber }),
      ...(task.orderedBy === undefined ? {} : { orderedBy: task.orderedBy }),
      ...(task.reason === undefined ? {} : { reason: task.reason }),
    },
    studyInstanceUids: task.studyInstanceUids,
    body,
    signedBy: { id: reader.id, name: reader.name },
    signedAt,
    ...(predecessor === undefined ? {} : { predecessor }),
    ...(addenda === undefined || addenda.length === 0 ? {} : { addenda }),
    ...(reason === undefined || reason.trim() === '' ? {} : { reason: reason.trim() }),
    ...(discrepancy === undefined ? {} : { discrepancy }),
    ...(attestation === undefined ? {} : { attestation }),
    ...(overrides === undefined || overrides.length === 0 ? {} : { overrides }),
  };
}
