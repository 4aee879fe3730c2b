import type { TaskId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';

/** Signs for this installation; the private half never leaves it. */
export interface SigningKey {
  /** Detached compact JWS (RFC 7515 appendix F) over the UTF-8 of the text; its header carries the public key. */
  sign(text: string): Promise<string>;
}

/** A report that was signed while the hub could not be reached, with all it takes to send it. */
export interface WaitingReport {
  readonly signed: SignedReport;
  readonly signature: string;
  /** The reading as it was when it was signed. */
  readonly task: ReadingTask;
}

/** `waiting`: goes to the hub when it answers. `set-aside`: the hub will not take it; a person must decide. */
export interface QueuedReport {
  readonly reportUuid: string;
  readonly taskId: TaskId;
  readonly state: 'waiting' | 'set-aside';
  readonly problem?: string;
}

/** Signed reports on this machine's disk, sealed. What is in it is never lost by our own doing. */
export interface SignQueue {
  /** On disk, through a crash, once this resolves. */
  put(report: WaitingReport): Promise<void>;
  list(): readonly QueuedReport[];
  /** Undefined: sealed with a key that is not at hand. The entry stays. */
  get(reportUuid: string): Promise<WaitingReport | undefined>;
  setAside(reportUuid: string, problem: string): void;
  /** Only for a report that the hub has confirmed. */
  remove(reportUuid: string): void;
}
