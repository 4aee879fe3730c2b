import type { ContextKey } from '../domain/context-key.ts';
import type { RadiologistId, StudyInstanceUid, TaskId } from '../domain/identifiers.ts';
import type { ReadingTask } from '../domain/reading-task.ts';
import type { EpochMs } from '../kernel/clock.ts';
import type { ReportBody } from './report.ts';

/** One signed version. It never changes: a correction is a new version beside it. */
export interface SignedReport {
  /** UUID given at signing; the DiagnosticReport's identifier and the root of every stable id of its deliveries. */
  readonly reportUuid: string;
  readonly version: number;
  readonly state: 'preliminary' | 'final' | 'corrected' | 'appended';
  readonly taskId: TaskId;
  readonly contextKey: ContextKey;
  readonly task: Pick<
    ReadingTask,
    'siteId' | 'siteName' | 'accessionNumber' | 'patient' | 'exam' | 'orderedBy' | 'reason'
  >;
  readonly studyInstanceUids: readonly StudyInstanceUid[];
  readonly body: ReportBody;
  readonly signedBy: { readonly id: RadiologistId; readonly name: string };
  readonly signedAt: EpochMs;
}
