import type { Bundle, BundleEntry, DiagnosticReport, FhirResource, Observation, Task } from 'fhir/r4';

import type { Claim } from '../domain/claim.ts';
import type { ReportId } from '../domain/identifiers.ts';
import type { ReadingTask } from '../domain/reading-task.ts';
import type { EpochMs } from '../kernel/clock.ts';
import type { Signer } from '../reporting/signed-report.ts';
import { readingTaskToFhir } from './reading-task-to-fhir.ts';
import { undoAuditEvent } from './report-provenance.ts';

export interface UndoTransactionInput {
  readonly task: ReadingTask;
  readonly base: Task;
  /** The reading as it was before it was signed. */
  readonly before: ReadingTask;
  /** The report version before the one taken back, on the hub. */
  readonly previousReportId: ReportId | undefined;
  readonly claim: Claim;
  readonly report: DiagnosticReport;
  readonly observations: readonly Observation[];
  readonly deliveries: readonly Task[];
  readonly by: Signer;
  readonly at: EpochMs;
}

const REASON = 'Signature taken back by its signer before the report left';

/**
 * Takes a signature back while nothing has left: report and observations marked as entered in error, deliveries cancelled, the reading with its signer again.
 * Every write is fenced: once the gateway has announced an attempt, the whole of it fails and nothing changes.
 */
export function undoTransaction(input: UndoTransactionInput): Bundle {
  const { task, base, before, previousReportId, claim, report, observations, deliveries, by, at } = input;
  const isAmendment = before.state === 'completed';
  const { reportId: _report, claim: _claim, completedAt: _at, readType: _type, earlierReaders: _who, ...bare } = task;
  const { readType, earlierReaders, completedAt } = before;
  const reading: ReadingTask = {
    ...bare,
    state: isAmendment ? 'completed' : 'claimed',
    ...(isAmendment ? {} : { claim }),
    ...(previousReportId === undefined ? {} : { reportId: previousReportId }),
    ...(readType === undefined ? {} : { readType }),
    ...(earlierReaders === undefined ? {} : { earlierReaders }),
    ...(completedAt === undefined ? {} : { completedAt }),
  };
  const restored = readingTaskToFhir(reading, base);
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      fenced(isAmendment && base.owner !== undefined ? { ...restored, owner: base.owner } : restored),
      fenced({ ...report, status: 'entered-in-error' }),
      ...observations.map((observation) => fenced({ ...observation, status: 'entered-in-error' })),
      ...deliveries.map((delivery) => fenced({ ...delivery, status: 'cancelled', statusReason: { text: REASON } })),
      {
        resource: undoAuditEvent(by, at, `DiagnosticReport/${report.id ?? ''}`, REASON),
        request: { method: 'POST', url: 'AuditEvent' },
      },
    ],
  };
}

const fenced = (resource: FhirResource): BundleEntry => ({
  resource,
  request: {
    method: 'PUT',
    url: `${resource.resourceType}/${resource.id ?? ''}`,
    ifMatch: `W/"${resource.meta?.versionId ?? ''}"`,
  },
});
