/**
 * What a signed version is, in the words of FHIR R4 DiagnosticReport.status. `final`: confirmed. `preliminary`: another reader confirms it.
 * `corrected`: replaces the version before it. `appended`: the version before it, with an addendum. `cancelled`: there is no reading, and why.
 * `entered-in-error`: takes the version before it back.
 */
export const REPORT_STATES = [
  'preliminary',
  'final',
  'corrected',
  'appended',
  'cancelled',
  'entered-in-error',
] as const;
export type ReportState = (typeof REPORT_STATES)[number];

interface StateFacts {
  /** OBR-25 result status (HL7 v2.5.1 table 0123). */
  readonly resultStatus: 'P' | 'F' | 'C' | 'X';
  /** OBX-11 observation result status (table 0085); `W`: post the original as wrong. */
  readonly observationStatus: 'P' | 'F' | 'C' | 'X' | 'W';
  /** Verification Flag (0040,A493) of the DICOM objects. */
  readonly verification: 'VERIFIED' | 'UNVERIFIED';
  /** Completion Flag (0040,A491) of the DICOM structured report. */
  readonly completion: 'COMPLETE' | 'PARTIAL';
  readonly words: string;
}

/** The same state, as each wire says it and as people read it. */
export const REPORT_STATE_FACTS: Readonly<Record<ReportState, StateFacts>> = {
  preliminary: {
    resultStatus: 'P',
    observationStatus: 'P',
    verification: 'UNVERIFIED',
    completion: 'PARTIAL',
    words: 'Preliminary report',
  },
  final: {
    resultStatus: 'F',
    observationStatus: 'F',
    verification: 'VERIFIED',
    completion: 'COMPLETE',
    words: 'Final report',
  },
  corrected: {
    resultStatus: 'C',
    observationStatus: 'C',
    verification: 'VERIFIED',
    completion: 'COMPLETE',
    words: 'Corrected report',
  },
  appended: {
    resultStatus: 'C',
    observationStatus: 'C',
    verification: 'VERIFIED',
    completion: 'COMPLETE',
    words: 'Final report with addendum',
  },
  cancelled: {
    resultStatus: 'X',
    observationStatus: 'X',
    verification: 'VERIFIED',
    completion: 'COMPLETE',
    words: 'Reading cancelled',
  },
  'entered-in-error': {
    resultStatus: 'C',
    observationStatus: 'W',
    verification: 'VERIFIED',
    completion: 'COMPLETE',
    words: 'Report withdrawn: entered in error',
  },
};
