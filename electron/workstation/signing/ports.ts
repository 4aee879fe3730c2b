import type { TaskId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { PublicKey } from '#shared/fhir/signing-key-to-fhir.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import type { ReportBody } from '#shared/reporting/report.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';

/** Signs for one reader on this installation; the private half never leaves it. */
export interface SigningKey {
  /** Detached compact JWS (RFC 7515 appendix F) over the UTF-8 of the text; its header carries the public key. */
  sign(text: string): Promise<string>;
  /** What anyone needs to check this reader's signatures. */
  publicKey(): Promise<PublicKey>;
}

/** A signed report with all it takes to send it. */
export interface WaitingReport {
  readonly signed: SignedReport;
  readonly signature: string;
  /** The reading as it was when it was signed. */
  readonly task: ReadingTask;
  readonly key?: PublicKey;
  readonly thenReadAgain?: boolean;
  /** What the first reader wrote and did not sign. */
  readonly firstDraft?: ReportBody;
}

/** `waiting`: goes to the hub when it answers. `set-aside`: the hub will not take it; a person must decide. */
export interface QueuedReport {
  readonly reportUuid: string;
  readonly taskId: TaskId;
  readonly state: 'waiting' | 'set-aside';
  readonly problem?: string;
}

/** A signature that may be taken back. */
export interface UndoWindow {
  readonly reportUuid: string;
  readonly taskId: TaskId;
  readonly until: EpochMs;
}

/** Signed reports on this machine's disk, sealed. What is in it is never lost by our own doing. */
export interface SignQueue {
  /** On disk, through a crash, once this resolves. Rejects when the disk does not take it. `undoUntil`: until then it may be taken back. */
  put(report: WaitingReport, undoUntil: EpochMs): Promise<void>;
  list(): readonly QueuedReport[];
  /** Undefined: sealed with a key that is not at hand. The entry stays. */
  get(reportUuid: string): Promise<WaitingReport | undefined>;
  setAside(reportUuid: string, problem: string): void;
  /** Back among those that go to the hub. */
  putBack(reportUuid: string): void;
  /** The hub has it: it waits no longer and is never queued again; its content stays as long as it may be taken back. */
  sent(reportUuid: string): void;
  /** Its signer took it back, or was told at once that it cannot be: it waits no longer, its content goes, and it is never queued again. */
  remove(reportUuid: string): void;
  /** What may still be taken back, oldest first, whether or not the hub has it. */
  undoable(now: EpochMs): readonly UndoWindow[];
  /** Drops the content of what the hub has and nobody may take back any more. */
  forgetLeft(now: EpochMs): void;
}

/** A fresh sign-in with the group's identity provider, asked for at each signature. */
export interface FreshSignIn {
  /** Opens the provider's page; `confirmed` only when it vouches for this reader by a sign-in made just now. */
  confirm(signal: AbortSignal): Promise<'confirmed' | 'another-person' | 'declined' | 'unreachable'>;
}
