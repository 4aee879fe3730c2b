import type { EpochMs } from '../kernel/clock.ts';
import type { AccessionNumber, SiteId, StudyInstanceUid } from './identifiers.ts';
import type { Person } from './identity.ts';
import type { NoteFact } from './notes.ts';
import type { Priority } from './priority.ts';
import type { AiResult, ReadType } from './urgency.ts';

export type Laterality = 'left' | 'right' | 'bilateral';

/** What is to be read. `text` is what a person sees; the rest drives template, hanging and minutes. */
export interface Exam {
  readonly text: string;
  readonly code?: string;
  readonly codeSystem?: string;
  /** DICOM Modality (PS3.3 C.7.3.1.1.1), e.g. `CT`. */
  readonly modality?: string;
  /** DICOM Body Part Examined, e.g. `HEAD`. */
  readonly bodyPart?: string;
  readonly laterality?: Laterality;
  readonly contrast?: boolean;
}

export type PatientClass = 'emergency' | 'icu' | 'inpatient' | 'outpatient';

/** A site's request for one reading, as it came over a wire; key = site + accession number. */
export interface IncomingOrder {
  readonly siteId: SiteId;
  readonly channel: 'hl7' | 'fhir' | 'folder';
  readonly control: 'new' | 'change' | 'cancel';
  readonly accessionNumber?: AccessionNumber;
  readonly placerOrderNumber?: string;
  readonly studyInstanceUid?: StudyInstanceUid;
  readonly patient: Pick<Person, 'mrn' | 'name' | 'sex' | 'birthDate' | 'issuer' | 'otherNames' | 'traits'>;
  readonly exam: Exam;
  readonly priority: Priority;
  /** What was stated as priority when it was no word we know. */
  readonly unclearPriority?: string;
  readonly patientWaiting?: boolean;
  readonly readType?: ReadType;
  /** The field of the reader that is asked for. */
  readonly subspecialty?: string;
  readonly aiResults?: readonly AiResult[];
  readonly patientClass?: PatientClass;
  readonly location?: string;
  readonly orderedBy?: { readonly id?: string; readonly name: string };
  readonly orderedAt: EpochMs;
  /** Why the exam was asked for, one line. */
  readonly reason?: string;
  readonly notes: readonly NoteFact[];
}
