import type { Task } from 'fhir/r4';

import type { Audit } from '#electron/ports/audit.ts';
import type { SiteArchive } from '#electron/ports/site-archive.ts';
import type { SpeechModels } from '#electron/ports/speech-model.ts';
import type { Timer } from '#electron/ports/timer.ts';
import type { CallResponse } from '#shared/contract/calls.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { FrameDescription } from '#shared/dicom/frame-description.ts';
import type { Claim } from '#shared/domain/claim.ts';
import type { ContextKey } from '#shared/domain/context-key.ts';
import type { Delivery } from '#shared/domain/delivery.ts';
import type { ReadingGroup } from '#shared/domain/group.ts';
import type { RadiologistId, SiteId, StudyInstanceUid, TaskId } from '#shared/domain/identifiers.ts';
import type { NoteFact } from '#shared/domain/notes.ts';
import type { Exam } from '#shared/domain/order.ts';
import type { Radiologist } from '#shared/domain/radiologist.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { Shift } from '#shared/domain/shift.ts';
import type { Site } from '#shared/domain/site.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import type { Clock, EpochMs } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import type { Amendment, AmendmentDraft, AmendmentKind } from '#shared/reporting/amendment.ts';
import type { Complaint } from '#shared/reporting/complaint.ts';
import type { DraftWriter, HandedState } from '#shared/reporting/handed-state.ts';
import type { KeptDrawing } from '#shared/reporting/kept-drawing.ts';
import type { Macro } from '#shared/reporting/macro.ts';
import type { PublicKey } from '#shared/fhir/signing-key-to-fhir.ts';
import type { ReportState } from '#shared/reporting/report-state.ts';
import type { ModelQuestion } from '#shared/reporting/model-impression.ts';
import type { DraftReport, ReportBody, Template } from '#shared/reporting/report.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';

import type { KeptNotes } from './kept-notes.ts';
import type { AuditTrail } from './audit/create-audit.ts';
import type { FreshSignIn, UndoWindow } from './signing/ports.ts';

/** A study at the site it was found at: two sites may know one Study Instance UID and mean different images. */
export interface StudyRef {
  readonly siteId: SiteId;
  readonly studyInstanceUid: StudyInstanceUid;
}

export interface InstanceRef extends StudyRef {
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
}

/** Why something was not written: `no-space`, `read-only`, `no-key` (nobody has entered the PIN yet), or another fault. */
export type WriteRefusal = 'no-space' | 'read-only' | 'no-key' | 'failed';

/** Encrypts with the installation's key. `context` is bound to the text: opened with another one, it does not open. */
export interface Sealer {
  isReady(): boolean;
  /** Throws while `isReady()` is false. */
  seal(plain: Uint8Array, context: string): Promise<Uint8Array>;
  /** Undefined: sealed with another key or for another context, or damaged. */
  open(sealed: Uint8Array, context: string): Promise<Uint8Array | undefined>;
  /** A file name that tells nothing about what it names. Throws while `isReady()` is false. */
  nameOf(text: string): string;
}

/** Why the cache takes nothing more: its own budget is used up by what must stay, or the disk does not let it write. */
export interface CacheTrouble {
  readonly refusal: Exclude<WriteRefusal, 'no-key'>;
  readonly by: 'budget' | 'disk';
}

/** Studies as received, encrypted at rest. A copy of what a site holds: anything in it may be fetched again. */
export interface StudyCache {
  has(instance: InstanceRef): boolean;
  /** Undefined: not here, or damaged (then it is dropped, to be fetched again). */
  get(instance: InstanceRef): Promise<Uint8Array | undefined>;
  /** `no-space` also when the size limit is reached and everything else belongs to the open case. */
  put(instance: InstanceRef, part10: Uint8Array): Promise<'stored' | WriteRefusal>;
  hasMetadata(study: StudyRef): boolean;
  getMetadata(study: StudyRef): Promise<readonly DicomJson[] | undefined>;
  putMetadata(study: StudyRef, metadata: readonly DicomJson[]): Promise<'stored' | WriteRefusal>;
  /** Undefined: none are here. */
  getNotes(study: StudyRef): Promise<readonly KeptNotes[] | undefined>;
  putNotes(study: StudyRef, notes: readonly KeptNotes[]): Promise<'stored' | WriteRefusal>;
  /** These studies are never evicted; replaces what was said before. */
  protect(studies: readonly StudyRef[]): void;
  /** How many instances of the study are here. */
  countInstances(study: StudyRef): number;
  /** Drops what is here of a study, protected or not. */
  remove(study: StudyRef): Promise<void>;
  sizeBytes(): number;
  /** The last write was refused; undefined again once one succeeds or room was made. */
  trouble(): CacheTrouble | undefined;
  /** Files found damaged since start; each was dropped and fetched again. */
  damagedFiles(): number;
}

type Save<Draft> =
  | { readonly status: 'saved'; readonly draft: Draft }
  | { readonly status: 'stale'; readonly revision: number }
  | { readonly status: 'not-saved'; readonly reason: WriteRefusal };

/** Where the text of a later version is kept: one a reading, kind and reader. */
export interface AmendmentPlace {
  readonly taskId: TaskId;
  readonly readerId: RadiologistId;
  readonly kind: AmendmentKind;
}

interface Edit<Body> {
  readonly contextKey: ContextKey;
  /** The revision this edit is based on; 0 for the first. */
  readonly basedOn: number;
  readonly body: Body;
  readonly savedAt: EpochMs;
}

/** A state of a draft, with what was drawn on the images; `writer` where another reader wrote it. */
export type KeptDraft = DraftReport & {
  readonly drawings?: readonly KeptDrawing[] | undefined;
  readonly writer?: DraftWriter;
};

/** What is not signed yet, sealed; an acknowledged save survives a killed process. Earlier revisions are kept. */
export interface DraftStore {
  /** `unreadable`: there is one, sealed with a key this installation no longer has; its revision still counts. */
  load(
    taskId: TaskId,
    readerId: RadiologistId,
  ): Promise<KeptDraft | { readonly state: 'unreadable'; readonly revision: number } | undefined>;
  save(
    draft: {
      readonly taskId: TaskId;
      readonly readerId: RadiologistId;
      readonly drawings?: readonly KeptDrawing[] | undefined;
    } & Edit<ReportBody>,
  ): Promise<Save<DraftReport>>;
  /** Every earlier state of a draft that is still kept, the newest first. */
  history(taskId: TaskId, readerId: RadiologistId): Promise<readonly KeptDraft[]>;
  /** States that another reader handed over, oldest first, in one go behind what is kept; the last one is the draft then. */
  adopt(
    place: { readonly taskId: TaskId; readonly readerId: RadiologistId; readonly contextKey: ContextKey },
    states: readonly HandedState[],
  ): Promise<Save<DraftReport>>;
  /** The newest state here that another reader wrote. */
  lastByAnother(taskId: TaskId, readerId: RadiologistId): Promise<HandedState | undefined>;
  /** Readings of which anything typed is kept. */
  writtenFor(readerId: RadiologistId): readonly TaskId[];
  /** Its report was delivered: draft and history go, and every amendment that was signed; an unsigned one stays. */
  wipe(taskId: TaskId, readerId: RadiologistId): void;
  /** `signed`: the last text was signed, and the next begins empty at that revision. */
  loadAmendment(
    place: AmendmentPlace,
  ): Promise<AmendmentDraft | { readonly state: 'unreadable' | 'signed'; readonly revision: number } | undefined>;
  saveAmendment(draft: AmendmentPlace & Edit<Amendment>): Promise<Save<AmendmentDraft>>;
  /** What was kept there is the text of a signed version now. */
  amendmentSigned(place: AmendmentPlace, reportUuid: string): void;
  /** That signature was taken back: its text is a draft again. */
  amendmentUndone(reportUuid: string): void;
}

/** The reader's PIN and the installation's key, which the PIN may be needed to unwrap. */
export interface Secrets {
  hasPin(): boolean;
  /** The PIN has been entered since start (or given by the configuration), or there is none. */
  isSignedIn(): boolean;
  /** False while the installation's key lies readable on disk: neither an OS store nor a PIN keeps it. */
  isProtected(): boolean;
  setPin(current: string | undefined, pin: string): Promise<'set' | 'wrong-pin'>;
  checkPin(pin: string): Promise<boolean>;
}

/** The one frame of an instance of which only the beginning has come. */
export interface FrameStart {
  readonly sopInstanceUid: string;
  readonly description: FrameDescription;
  /** As far as it has come. */
  readonly codestream: Uint8Array;
  readonly totalBytes: number;
}

/** `undefined`: no picture can be made of a part of this instance; `not-yet`: too little has come to tell. */
export type ReadFrameStart = (beginning: Uint8Array) => FrameStart | 'not-yet' | undefined;

/** One instance, taken apart. Frames are numbered from 1. */
export type ReadInstance =
  | {
      readonly sopInstanceUid: string;
      /** Where the instance says it belongs. */
      readonly studyInstanceUid?: string;
      readonly seriesInstanceUid?: string;
      readonly description: FrameDescription;
      /** 0 for an instance without pixels. */
      readonly frameCount: number;
      /** The frame's bytes as received. May throw: then only this frame is broken. */
      frame(frame: number): Uint8Array;
      readonly json: DicomJson;
      /** As `json`, with all binary values but its pixels: overlays, waveforms, documents. */
      readonly whole?: () => DicomJson;
    }
  | { readonly problem: string; readonly sopInstanceUid?: string; readonly whole?: () => DicomJson };

/** What kind of version is signed. Absent: the first and final one. */
export type VersionFacts = Pick<
  SignedReport,
  'predecessor' | 'addenda' | 'reason' | 'discrepancy' | 'attestation' | 'overrides'
> & {
  readonly state: ReportState;
  /** What the first reader wrote, where they signed nothing: they are shown what became of it. */
  readonly firstDraft?: ReportBody;
  /** After a withdrawn report: the reading goes back on the list. */
  readonly thenReadAgain?: boolean;
};

export interface SignInput {
  /** As the hub holds it now; `task.version` is the fence the transaction carries. */
  readonly task: ReadingTask;
  readonly contextKey: ContextKey;
  readonly body: ReportBody;
  readonly reader: Radiologist;
  readonly facts?: VersionFacts;
}

export type SignOutcome =
  | {
      readonly status: 'signed';
      readonly reportId: string;
      readonly deliveries: readonly Delivery[];
      readonly reportUuid?: string;
      /** Until then it has not left and may be taken back. */
      readonly undoUntil?: EpochMs;
    }
  | { readonly status: 'signed-here'; readonly reportUuid?: string; readonly undoUntil?: EpochMs }
  | { readonly status: 'claim-lost' }
  | { readonly status: 'already-signed' }
  | { readonly status: 'superseded' }
  /** Neither the hub nor this disk took it: nothing is signed. */
  | { readonly status: 'not-kept' };

/** A signed report that is not on the hub. */
export interface WaitingSignature {
  readonly reportUuid: string;
  readonly taskId: TaskId;
  readonly state: 'waiting' | 'set-aside';
  readonly problem?: string;
  /** Absent while it cannot be unsealed. */
  readonly signed?: SignedReport;
}

export interface Signing {
  sign(input: SignInput): Promise<SignOutcome>;
  /** Takes the last signature on the reading back, if it has not left. */
  undo(taskId: TaskId): Promise<'undone' | 'too-late' | 'hub-unreachable'>;
  /** The last signature on each reading that may be taken back, also one made before a restart; oldest first. */
  undoable(): readonly UndoWindow[];
  /** Reports signed here that the hub has not yet taken. */
  waitingForHub(): number;
  /** True while the reading is signed here and the hub does not know yet. */
  isWaiting?(taskId: TaskId): boolean;
  waitingList(): Promise<readonly WaitingSignature[]>;
  /** One that was set aside goes to the hub once more. */
  sendAgain(reportUuid: string): void;
  /** A person has dealt with it: it waits no longer. */
  discard(reportUuid: string): void;
  publicKey(): Promise<PublicKey>;
}

export type ImportedFolder = CallResponse<'importedFolders'>['folders'][number];

export interface FolderImport {
  importFolder(
    path: string,
    progress: (state: { readonly files: number; readonly done: boolean }) => void,
  ): Promise<CallResponse<'importFolder'>>;
  importedFolders(): Promise<readonly ImportedFolder[]>;
}

/** Why an uploaded file was not kept. */
export type DropRefusal = 'bad-name' | 'too-large' | 'broken-off' | 'no-space' | 'failed';

/** Files that come through the door because a browser tells no path: one batch is one dropped folder. */
export interface DroppedFolders {
  /** Keeps one file whole or not at all. `path`: its folders and its name below the dropped folder. */
  keep(
    batchId: string,
    path: readonly string[],
    body: ReadableStream<Uint8Array>,
    sizeBytes: number | undefined,
  ): Promise<'kept' | DropRefusal>;
  /** The batch is complete: the path of its folder, which now bears (nearly) that name. Undefined: nothing came. */
  gather(batchId: string, name: string): Promise<string | undefined>;
  /** Drops what came of a batch that was not gathered. */
  discard(batchId: string): Promise<void>;
}

/** What a reader has set for themselves: one JSON value under a name, sealed. Undefined: nothing is there that can be read. */
export interface ReaderSettings {
  load(name: string): Promise<unknown>;
  save(name: string, value: unknown): Promise<'saved' | 'not-saved'>;
}

export type ClaimNextAnswer =
  /** The Task as the hub wrote it. */
  | { readonly status: 'claimed'; readonly task: Task }
  /** Every candidate is held, closed, gone or was changed in between. */
  | { readonly status: 'none-free' }
  /** This hub has no such operation: the portable way is taken. */
  | { readonly status: 'not-offered' };

/** Claims the first candidate, in this reader's order, that is still free, in one step. Throws FhirError when the hub is away. */
export type ClaimNext = (request: {
  readonly candidates: readonly { readonly taskId: TaskId; readonly version: string }[];
  /** Written by the hub exactly as `readingTaskToFhir` writes it. */
  readonly claim: Claim;
}) => Promise<ClaimNextAnswer>;

/** How far images are fetched ahead, and how long their copies stay. */
export interface ImagePolicy {
  /** Readings whose images are fetched ahead. */
  readonly readingsAhead?: number;
  /** The share of the line that fetching ahead may take; undefined: all that nobody waits for. */
  readonly aheadBytesPerSecond?: number;
  /** Copies of a study go so long after every report of it was delivered; undefined: when room is needed. */
  readonly purgeAfterDeliveryMs?: number;
}

export interface WorkstationPorts {
  readonly fhir: FhirClient;
  readonly sites: () => readonly Site[];
  readonly archiveOf: (siteId: SiteId) => SiteArchive | undefined;
  readonly reader: Radiologist;
  readonly clock: Clock;
  readonly log: Log;
  readonly drafts: DraftStore;
  readonly cache: StudyCache;
  readonly secrets: Secrets;
  readonly signing: Signing;
  /** Absent: nothing is written down. */
  readonly audit?: Audit;
  /** The chain behind `audit`, to be sealed and exported. */
  readonly trail?: Pick<AuditTrail, 'seal' | 'exportText'>;
  /** Where the group signs in at an identity provider: each signature asks there, not for a PIN. */
  readonly freshSignIn?: FreshSignIn;
  readonly readInstance: (part10: Uint8Array) => ReadInstance;
  /** One page of a scanned document, from 1, as PNG; undefined: it cannot be drawn. */
  readonly drawPage: (instance: ReadInstance, page: number) => Promise<Uint8Array | undefined>;
  /** Absent: images are shown when they are whole, never before in a lower resolution. */
  readonly readFrameStart?: ReadFrameStart;
  readonly templates: readonly Template[];
  readonly chooseTemplate: (
    templates: readonly Template[],
    exam: Exam,
    patient: { readonly isChild: boolean },
  ) => Template;
  /** Absent: none is configured, and nothing is ever asked. */
  readonly languageModel?: LanguageModel;
  readonly checkReport: (input: CheckInput) => readonly Complaint[];
  readonly readNotes: (fhir: FhirClient, task: ReadingTask) => Promise<readonly NoteFact[]>;
  readonly folders: FolderImport;
  readonly dropped: DroppedFolders;
  readonly siteTroubles: () => readonly { readonly siteName: string; readonly code: string }[];
  /** Called when the hub may hold something new; returns how to stop listening. */
  readonly onHubChange: (listener: () => void) => () => void;
  /** Absent: this hub has no `$claim-next`. */
  readonly claimNext?: ClaimNext;
  readonly settings: ReaderSettings;
  /** Absent: no model of one's own can be installed. */
  readonly speechModels?: SpeechModels;
  /** Macros of the whole group, as configured. */
  readonly sharedMacros?: readonly Macro[];
  /** Absent: one reader alone. */
  readonly groupTerms?: ReadingGroup;
  /** As configured; what the hub holds comes on top. */
  readonly roster?: readonly Shift[];
  /** Where sites reach their inbox pages; undefined: no pages are served. */
  readonly inboxUrl?: () => string | undefined;
  readonly hub: 'embedded' | 'remote';
  readonly host: 'electron' | 'browser';
  readonly demo: boolean;
  readonly version: string;
  /** What waits between tries, where it is not the machine's. */
  readonly timer?: Timer;
  readonly images?: ImagePolicy;
  /** Without a sign of the reader for so long the session locks; only where there is a PIN. Default 30 minutes. */
  readonly idleLockMs?: number;
}

/** A language model on this machine or at the site. It is asked with nothing in it that names anybody. */
export interface LanguageModel {
  ask(question: ModelQuestion): Promise<
    | { readonly status: 'answered'; readonly text: string }
    | {
        readonly status: 'failed';
        readonly code: 'not-local' | 'refused' | 'not-understood' | 'too-slow' | 'unreachable';
      }
  >;
}

export interface CheckInput {
  readonly task: ReadingTask;
  readonly template: Template | undefined;
  readonly body: ReportBody;
  readonly studies: readonly {
    readonly studyInstanceUid: StudyInstanceUid;
    readonly metadata: readonly DicomJson[];
    /** SOP Instance UIDs of images that were on screen. */
    readonly seen: ReadonlySet<string>;
  }[];
  readonly now: EpochMs;
}
