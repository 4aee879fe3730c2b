import type { Exam, PatientClass } from '#shared/domain/order.ts';
import type { NoteFact } from '#shared/domain/notes.ts';
import type { Priority } from '#shared/domain/priority.ts';
import type { Sex } from '#shared/domain/patient.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';

export type DemoSiteKey = 'mercy' | 'harbor';

export interface DemoPatient {
  readonly mrn: string;
  /** PS3.5 PN. */
  readonly name: string;
  readonly sex: Sex;
  /** ISO date. */
  readonly birthDate: string;
}

/** One study of the demo sites: the images that can be made for it and the clinical story around it. */
export interface DemoStudy {
  readonly key: string;
  readonly siteKey: DemoSiteKey;
  readonly patient: DemoPatient;
  readonly exam: Exam;
  readonly accessionNumber: string;
  readonly studyInstanceUid: string;
  readonly studyDateTime: EpochMs;
  /** `prior`: older, already reported, there for comparison. */
  readonly role: 'current' | 'prior';
  readonly priority: Priority;
  readonly patientClass: PatientClass;
  readonly location: string;
  readonly reason: string;
  /** When the demo site sends it, counted from its start. */
  readonly arrivesAfterSeconds: number;
  readonly notes: readonly NoteFact[];
  readonly priorKeys: readonly string[];
  /** Only priors: the report as it was signed then. */
  readonly report?: string;
  readonly orderedBy: { readonly id: string; readonly name: string };
  readonly imageCount: number;
}
