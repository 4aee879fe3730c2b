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
  readonly code: 'unreachable' | 'unauthorised' | 'not-found' | 'bad-answer' | 'refused' | 'cancelled' | 'stalled';
  readonly status: number | undefined;
  constructor(code: ArchiveError['code'], status?: number) {
    super(status === undefined ? `archive: ${code}` : `archive: ${code} (HTTP ${status})`);
    this.name = 'ArchiveError';
    this.code = code;
    this.status = status;
  }
}

/** What a site's line was measured to carry, and how long the site takes to begin an answer, the way there included. */
export interface MeasuredLine {
  readonly bytesPerSecond: number;
  readonly answerMs: number;
}

/** What a site's archive was found not to do, or to do besides. Probed by use, remembered over restarts. */
export interface ArchiveAbilities {
  /** The form of request for instances it understands: as stored, of any syntax it likes, or without multipart. */
  readonly accept: 'as-stored' | 'any-syntax' | 'single-part';
  readonly givesSeries: boolean;
  readonly givesInstances: boolean;
  /** Where study metadata comes from: WADO-RS, else QIDO-RS of the instances, else the instances' own headers. */
  readonly metadata: 'wado' | 'qido' | 'headers';
  /** Transcodes to JPEG-LS lossless when asked; undefined: never asked. */
  readonly packsLossless?: boolean;
  /** What it speaks over TLS; undefined: never asked, or there is no TLS. */
  readonly protocol?: 'h2' | 'http/1.1';
}

export interface RetrieveBounds {
  /** Largest instance believed; a longer answer is given up. */
  readonly maxBytes?: number;
  /** Lossless and smaller than stored, where the archive can: for a thin line. */
  readonly isPacked?: boolean;
  /** Told the beginning of an instance whenever more of it has come; the bytes hold only during the call. */
  readonly onBeginning?: (part10: Uint8Array) => void;
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
    bounds?: RetrieveBounds,
  ): AsyncIterable<Uint8Array>;
  retrieveInstance(
    studyInstanceUid: StudyInstanceUid,
    seriesInstanceUid: string,
    sopInstanceUid: string,
    signal?: AbortSignal,
    bounds?: RetrieveBounds,
  ): Promise<Uint8Array>;
  /** STOW-RS of one Part 10 instance; `accepted.ackId` is the SOP Instance UID the archive confirmed. */
  store(part10: Uint8Array, signal?: AbortSignal): Promise<AttemptOutcome>;
  /** Undefined: not yet measured, or there is no line (a folder). */
  line?(): MeasuredLine | undefined;
  /** Undefined: everything a retrieve may ask for is given. */
  abilities?(): ArchiveAbilities;
}
