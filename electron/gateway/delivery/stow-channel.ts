import { ArchiveError, type SiteArchive } from '#electron/ports/site-archive.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { textOf } from '#shared/dicom/study-summary.ts';
import { Tag } from '#shared/dicom/tags.ts';
import type { AttemptOutcome } from '#shared/domain/delivery.ts';
import type { SiteId, StudyInstanceUid } from '#shared/domain/identifiers.ts';
import { SECOND_MS } from '#shared/kernel/clock.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import type { Channel } from './ports.ts';

/** Makes the report's objects for one study: Encapsulated PDF, structured reports, key images. */
export type BuildReportObjects = (input: {
  readonly signed: SignedReport;
  readonly canonical: string;
  readonly signature: string;
  readonly pdf: Uint8Array;
  readonly studyInstanceUid: StudyInstanceUid;
  readonly studyIndex: number;
  /** First instance of the study as the archive holds it. */
  readonly study: DicomJson | undefined;
  /** All of them. */
  readonly metadata: readonly DicomJson[];
}) => readonly { readonly sopInstanceUid: string; readonly part10: Uint8Array }[];

export interface StowChannelPorts {
  readonly archiveOf: (siteId: SiteId) => SiteArchive | undefined;
  readonly buildObjects: BuildReportObjects;
  readonly timeoutMs?: number;
}

/** For all requests of one attempt together. */
const TIMEOUT_MS = 60 * SECOND_MS;

/**
 * Stores the report's objects in each study it was read from. SOP Instance UIDs follow from the report, and what the archive lists already is not sent
 * again: a repeat adds nothing.
 */
export const createStowChannel = ({ archiveOf, buildObjects, timeoutMs = TIMEOUT_MS }: StowChannelPorts): Channel => ({
  async deliver({ signed, canonical, signature, site, pdf }) {
    const archive = archiveOf(site.id);
    if (archive === undefined) return { kind: 'refused', code: 'site-has-no-archive' };
    if (signed.studyInstanceUids.length === 0) return { kind: 'refused', code: 'report-has-no-study' };
    const signal = AbortSignal.timeout(timeoutMs);
    const bytes = await pdf();
    const stored: string[] = [];
    for (const [studyIndex, studyInstanceUid] of signed.studyInstanceUids.entries()) {
      const study = await describeStudy(archive, studyInstanceUid, signal);
      if ('kind' in study) return study;
      const { metadata } = study;
      const held = new Set(metadata.map((instance) => textOf(instance[Tag.SOPInstanceUID])));
      const input = {
        signed,
        canonical,
        signature,
        pdf: bytes,
        studyInstanceUid,
        studyIndex,
        study: metadata[0],
        metadata,
      };
      for (const { sopInstanceUid, part10 } of buildObjects(input)) {
        const outcome: AttemptOutcome = held.has(sopInstanceUid)
          ? { kind: 'accepted', ackId: sopInstanceUid }
          : await archive.store(part10, signal);
        if (outcome.kind !== 'accepted') return outcome;
        stored.push(outcome.ackId);
      }
    }
    return { kind: 'accepted', ackId: stored[0] ?? '', answer: stored.join('\n') };
  },
});

/** Patient and study as the archive itself writes them: an object that differs would be filed as another patient's. */
async function describeStudy(
  archive: SiteArchive,
  studyInstanceUid: StudyInstanceUid,
  signal: AbortSignal,
): Promise<AttemptOutcome | { readonly metadata: readonly DicomJson[] }> {
  try {
    const metadata = await archive.studyMetadata(studyInstanceUid, signal);
    return metadata.length === 0 ? { kind: 'refused', code: 'study-not-found' } : { metadata };
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return error.code === 'not-found'
      ? { kind: 'refused', code: 'study-not-found' }
      : { kind: 'not-taken', code: `archive-${error.code}` };
  }
}
