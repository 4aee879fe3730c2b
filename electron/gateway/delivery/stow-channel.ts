import { ArchiveError, type SiteArchive } from '#electron/ports/site-archive.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { AttemptOutcome } from '#shared/domain/delivery.ts';
import type { SiteId, StudyInstanceUid } from '#shared/domain/identifiers.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import type { Channel } from './ports.ts';

/** Makes the Encapsulated PDF object of one study. */
export type BuildPdfObject = (input: {
  readonly signed: SignedReport;
  readonly pdf: Uint8Array;
  readonly studyInstanceUid: StudyInstanceUid;
  readonly studyIndex: number;
  readonly study: DicomJson | undefined;
}) => { readonly sopInstanceUid: string; readonly part10: Uint8Array };

export interface StowChannelPorts {
  readonly archiveOf: (siteId: SiteId) => SiteArchive | undefined;
  readonly buildPdfObject: BuildPdfObject;
}

/** Stores the report as Encapsulated PDF in each study it was read from. SOP Instance UIDs follow from the report: a repeat replaces itself. */
export const createStowChannel = ({ archiveOf, buildPdfObject }: StowChannelPorts): Channel => ({
  async deliver({ signed, site, pdf }) {
    const archive = archiveOf(site.id);
    if (archive === undefined) return { kind: 'refused', code: 'site-has-no-archive' };
    if (signed.studyInstanceUids.length === 0) return { kind: 'refused', code: 'report-has-no-study' };
    const bytes = await pdf();
    const stored: string[] = [];
    for (const [studyIndex, studyInstanceUid] of signed.studyInstanceUids.entries()) {
      const study = await describeStudy(archive, studyInstanceUid);
      if ('kind' in study) return study;
      const object = buildPdfObject({ signed, pdf: bytes, studyInstanceUid, studyIndex, study: study.metadata });
      const outcome = await archive.store(object.part10);
      if (outcome.kind !== 'accepted') return outcome;
      stored.push(outcome.ackId);
    }
    return { kind: 'accepted', ackId: stored.join(' ') };
  },
});

/** Patient and study as the archive itself writes them: an object that differs would be filed as another patient's. */
async function describeStudy(
  archive: SiteArchive,
  studyInstanceUid: StudyInstanceUid,
): Promise<AttemptOutcome | { readonly metadata: DicomJson }> {
  try {
    const [metadata] = await archive.studyMetadata(studyInstanceUid);
    return metadata === undefined ? { kind: 'refused', code: 'study-not-found' } : { metadata };
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return error.code === 'not-found'
      ? { kind: 'refused', code: 'study-not-found' }
      : { kind: 'not-taken', code: `archive-${error.code}` };
  }
}
