import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import type { AttemptOutcome } from '#shared/domain/delivery.ts';
import type { StudySummary } from '#shared/domain/study.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';

export interface StudyQuery {
  readonly studyInstanceUid?: string;
  readonly accessionNumber?: string;
  readonly patientId?: string;
  /** DICOM DA or DA range, e.g. `20261120-`. */
  readonly studyDate?: string;
  readonly limit?: number;
}

/** Why an archive did not give what was asked. Thrown; `code` is a closed set, safe to log. */
export class ArchiveError extends Error {
  readonly code: 'unreachable' | 'unauthorised' | 'not-found' | 'bad-answer' | 'refused' | 'cancelled';
  readonly status: number | undefined;
  constructor(code: ArchiveError['code'], status?: number) {
    super(status === undefined ? `archive: ${code}` : `archive: ${code} (HTTP ${status})`);
    this.name = 'ArchiveError';
    this.code = code;
    this.status = status;
  }
}

/** A site's images, over DICOMweb (PS3.18) or from a folder: the two are not told apart behind this. */
export interface SiteArchive {
  searchStudies(query: StudyQuery, signal?: AbortSignal): Promise<StudySummary[]>;
  /** Full metadata of all instances of a study, DICOM JSON with UTF-8 text, without bulk data. */
  studyMetadata(studyInstanceUid: StudyInstanceUid, signal?: AbortSignal): Promise<DicomJson[]>;
  /** Number of instances the archive holds of this study now. */
  countInstances(studyInstanceUid: StudyInstanceUid, signal?: AbortSignal): Promise<number>;
  /** Every instance of a series as stored (Part 10 bytes), in one retrieve, in the order the archive sends them. */
  retrieveSeries(
    studyInstanceUid: StudyInstanceUid,
    seriesInstanceUid: string,
    signal?: AbortSignal,
  ): AsyncIterable<Uint8Array>;
  retrieveInstance(
    studyInstanceUid: StudyInstanceUid,
    seriesInstanceUid: string,
    sopInstanceUid: string,
    signal?: AbortSignal,
  ): Promise<Uint8Array>;
  /** STOW-RS of one Part 10 instance; `accepted.ackId` is the SOP Instance UID the archive confirmed. */
  store(part10: Uint8Array, signal?: AbortSignal): Promise<AttemptOutcome>;
}
