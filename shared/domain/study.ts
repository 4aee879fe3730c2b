import type { AccessionNumber, StudyInstanceUid } from './identifiers.ts';
import type { Sex } from './patient.ts';

/** A study as a site's QIDO-RS answer describes it (PS3.18 10.6). */
export interface StudySummary {
  readonly studyInstanceUid: StudyInstanceUid;
  readonly accessionNumber?: AccessionNumber;
  readonly patientId: string;
  readonly patientName: string;
  readonly sex: Sex;
  readonly birthDate?: string;
  readonly studyDate?: string;
  readonly studyTime?: string;
  readonly description: string;
  readonly modalities: readonly string[];
  readonly seriesCount?: number;
  readonly instanceCount?: number;
}
