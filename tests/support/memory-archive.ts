import { ArchiveError, type SiteArchive, type StudyQuery } from '#electron/ports/site-archive.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { AccessionNumber, StudyInstanceUid } from '#shared/domain/identifiers.ts';
import type { StudySummary } from '#shared/domain/study.ts';

export interface MemoryArchive extends SiteArchive {
  put(study: StudySummary, ...headers: readonly DicomJson[]): void;
  failWith(code: ArchiveError['code'] | undefined): void;
  queries(): readonly StudyQuery[];
}

export const study = (uid: string, more: Partial<StudySummary> & { accession?: string } = {}): StudySummary => {
  const { accession, ...rest } = more;
  return {
    studyInstanceUid: uid as StudyInstanceUid,
    ...(accession === undefined ? {} : { accessionNumber: accession as AccessionNumber }),
    patientId: '4711',
    patientName: 'Doe^Jane',
    sex: 'F',
    studyDate: '20261121',
    description: 'CT HEAD WITHOUT CONTRAST',
    modalities: ['CT'],
    instanceCount: 10,
    ...rest,
  };
};

/** A site's archive in memory: what QIDO would say of the studies put into it. */
export function createMemoryArchive(): MemoryArchive {
  const studies = new Map<string, { readonly summary: StudySummary; readonly headers: readonly DicomJson[] }>();
  const queries: StudyQuery[] = [];
  let failure: ArchiveError['code'] | undefined;
  const guard = () => {
    if (failure !== undefined) throw new ArchiveError(failure);
  };
  const notHere = () => Promise.reject(new ArchiveError('not-found'));
  return {
    put: (summary, ...headers) => void studies.set(summary.studyInstanceUid, { summary, headers }),
    failWith: (code) => {
      failure = code;
    },
    queries: () => queries,
    async searchStudies(query) {
      guard();
      queries.push(query);
      const [from = '', to = (query.studyDate ?? '').includes('-') ? '' : from] = (query.studyDate ?? '').split('-');
      return [...studies.values()]
        .map((each) => each.summary)
        .filter(
          (each) =>
            (query.studyInstanceUid === undefined || each.studyInstanceUid === query.studyInstanceUid) &&
            (query.accessionNumber === undefined || each.accessionNumber === query.accessionNumber) &&
            (query.patientId === undefined || each.patientId === query.patientId) &&
            (each.studyDate ?? '') >= from &&
            (to === '' || (each.studyDate ?? '') <= to),
        )
        .slice(0, query.limit);
    },
    async studyMetadata(uid) {
      guard();
      const found = studies.get(uid);
      return [...(found?.headers ?? [])];
    },
    async countInstances(uid) {
      guard();
      return studies.get(uid)?.summary.instanceCount ?? 0;
    },
    // oxlint-disable-next-line require-yield -- an archive without pixels gives none
    async *retrieveSeries() {
      throw new ArchiveError('not-found');
    },
    retrieveInstance: notHere,
    store: async () => ({ kind: 'refused', code: 'read-only' }),
  };
}
