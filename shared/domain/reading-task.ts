import type { EpochMs } from '../kernel/clock.ts';
import type { Claim } from './claim.ts';
import type {
  AccessionNumber,
  PatientId,
  RadiologistId,
  ReportId,
  SiteId,
  StudyInstanceUid,
  TaskId,
} from './identifiers.ts';
import type { IdentityDecision, Person } from './identity.ts';
import type { Exam, PatientClass } from './order.ts';
import type { Priority } from './priority.ts';
import type { ReadingAct } from './reading-act.ts';
import type { GradeOverride } from './requisition-grade.ts';
import type { AiResult, ClockPause, Escalation, ReadType } from './urgency.ts';

/**
 * `ordered`: images have not all arrived. `ready`: may be claimed. `claimed`: a reader holds it.
 * `completed`: signed. `cancelled`: the site took the order back.
 */
export type ReadingState = 'ordered' | 'ready' | 'claimed' | 'completed' | 'cancelled';

/** An earlier study or report of the same patient. */
export interface Prior {
  readonly studyInstanceUid?: StudyInstanceUid;
  readonly description: string;
  readonly modality?: string;
  /** ISO date. */
  readonly date?: string;
  readonly hasReport: boolean;
  /** Where it is another site's than the order's. */
  readonly at?: { readonly siteId: SiteId; readonly siteName: string };
}

/** The FHIR Task that stands for the reading of one order: self-contained, so that one search draws the worklist. */
export interface ReadingTask {
  readonly id: TaskId;
  /** The Task's `meta.versionId`. It grows with every write and fences a late signer (DESIGN 6). */
  readonly version: string;
  readonly state: ReadingState;
  readonly siteId: SiteId;
  readonly siteName: string;
  readonly accessionNumber?: AccessionNumber;
  /** Hub id of the ServiceRequest; absent for a study that came without an order. */
  readonly serviceRequestId?: string;
  readonly patient: Pick<Person, 'mrn' | 'name' | 'sex' | 'birthDate' | 'issuer' | 'otherNames' | 'otherNumbers'> & {
    readonly id: PatientId;
  };
  readonly exam: Exam;
  readonly priority: Priority;
  readonly patientClass?: PatientClass;
  readonly location?: string;
  readonly orderedBy?: string;
  readonly reason?: string;
  readonly studyInstanceUids: readonly StudyInstanceUid[];
  /** Whose images they are by the site's archive, where that is not what the order says. */
  readonly imagedPersons?: readonly Person[];
  /** What persons decided about such contradictions, oldest first. */
  readonly identityDecisions?: readonly IdentityDecision[];
  /** Images counted at the site when the study became quiet. */
  readonly instanceCount?: number;
  readonly priors: readonly Prior[];
  /** When the site's archive and the hub were asked for priors. */
  readonly priorsAskedAt?: EpochMs;
  /** A reader's own grade of the request, in place of the computed one. */
  readonly requisitionGrade?: GradeOverride;
  readonly authoredOn: EpochMs;
  /** When the study was found complete: the clock starts here. */
  readonly imagesCompleteAt?: EpochMs;
  readonly dueAt?: EpochMs;
  /** What the site wrote as priority when it was no word we know; `priority` then holds what we made of it. */
  readonly unclearPriority?: string;
  /** The patient lies on the table until somebody has looked. */
  readonly patientWaiting?: boolean;
  readonly escalation?: Escalation;
  readonly pauses?: readonly ClockPause[];
  readonly aiResults?: readonly AiResult[];
  /** Absent: a final reading. */
  readonly readType?: ReadType;
  /** The order asks for a reader of this field. */
  readonly subspecialty?: string;
  /** Who has read this very study before; a double reading wants somebody else. */
  readonly earlierReaders?: readonly RadiologistId[];
  readonly claim?: Claim;
  /** Oldest first. */
  readonly acts?: readonly ReadingAct[];
  readonly reportId?: ReportId;
  /** When it was signed. */
  readonly completedAt?: EpochMs;
}
