import type { SiteArchive, StudyQuery } from '#electron/ports/site-archive.ts';
import { seriesUidOf } from '#electron/workstation/studies/series-order.ts';
import type { DicomJson, DicomJsonElement } from '#shared/dicom/dicom-json.ts';
import type { StudySummary } from '#shared/domain/study.ts';

const MEDIA_TYPE = 'application/dicom+json';

export const dicomJsonAnswer = (body: readonly DicomJson[]): Response =>
  new Response(JSON.stringify(body), { headers: { 'Content-Type': MEDIA_TYPE, 'Cache-Control': 'no-store' } });

/** Series attributes that QIDO-RS returns (PS3.18 table 10.6.3-4), as far as instances carry them. */
const SERIES_TAGS = [
  '00080005',
  '00080020',
  '00080060',
  '0008103E',
  '0020000D',
  '0020000E',
  '00200011',
  '00180015',
  '00400244',
  '00400245',
] as const;
const NUMBER_OF_SERIES_RELATED_INSTANCES = '00201209';

/** The series of a study, told from its instances' metadata, in the order of Series Number. */
export function seriesOf(metadata: readonly DicomJson[]): DicomJson[] {
  const groups = new Map<string, DicomJson[]>();
  for (const instance of metadata) {
    const uid = seriesUidOf(instance);
    if (uid !== '') groups.set(uid, [...(groups.get(uid) ?? []), instance]);
  }
  return [...groups.values()]
    .map((instances): DicomJson => {
      const [first = {}] = instances;
      const kept = SERIES_TAGS.flatMap((tag): [string, DicomJsonElement][] =>
        first[tag] === undefined ? [] : [[tag, first[tag]]],
      );
      return {
        ...Object.fromEntries(kept),
        [NUMBER_OF_SERIES_RELATED_INSTANCES]: { vr: 'IS', Value: [instances.length] },
      };
    })
    .toSorted((one, other) => seriesNumber(one) - seriesNumber(other));
}

const seriesNumber = (series: DicomJson): number => {
  const number = Number(series['00200011']?.Value?.[0] ?? 0);
  return Number.isFinite(number) ? number : 0;
};

/** QIDO-RS query keys we pass on, by keyword and by tag. */
export function studyQueryOf(params: URLSearchParams): StudyQuery {
  const one = (keyword: string, tag: string) => params.get(keyword) ?? params.get(tag) ?? undefined;
  const studyInstanceUid = one('StudyInstanceUID', '0020000D');
  const accessionNumber = one('AccessionNumber', '00080050');
  const patientId = one('PatientID', '00100020');
  const studyDate = one('StudyDate', '00080020');
  const limit = Number(params.get('limit') ?? 100);
  return {
    ...(studyInstanceUid === undefined ? {} : { studyInstanceUid }),
    ...(accessionNumber === undefined ? {} : { accessionNumber }),
    ...(patientId === undefined ? {} : { patientId }),
    ...(studyDate === undefined ? {} : { studyDate }),
    limit: Number.isInteger(limit) && limit > 0 ? Math.min(limit, 1000) : 100,
  };
}

/** Asks every site at once; a site that does not answer leaves the others' answers standing. Undefined: none answered. */
export async function searchSites(
  archives: readonly SiteArchive[],
  query: StudyQuery,
  signal: AbortSignal,
): Promise<DicomJson[] | undefined> {
  const answers = await Promise.allSettled(archives.map((archive) => archive.searchStudies(query, signal)));
  const given = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  if (given.length === 0 && archives.length > 0) return undefined;
  return given.flat().slice(0, query.limit).map(studyAsDicomJson);
}

/** A study as a QIDO-RS answer (PS3.18 table 10.6.3-3). */
function studyAsDicomJson(study: StudySummary): DicomJson {
  const text = (vr: string, ...values: readonly (string | undefined)[]): DicomJsonElement => {
    const given = values.filter((value) => value !== undefined && value !== '');
    return given.length === 0 ? { vr } : { vr, Value: given };
  };
  const count = (value: number | undefined): DicomJsonElement =>
    value === undefined ? { vr: 'IS' } : { vr: 'IS', Value: [value] };
  return {
    '00080020': text('DA', study.studyDate),
    '00080030': text('TM', study.studyTime),
    '00080050': text('SH', study.accessionNumber),
    '00080061': text('CS', ...study.modalities),
    '00081030': text('LO', study.description),
    '00100010': study.patientName === '' ? { vr: 'PN' } : { vr: 'PN', Value: [personName(study.patientName)] },
    '00100020': text('LO', study.patientId),
    '00100030': text('DA', study.birthDate?.replaceAll('-', '')),
    '00100040': text('CS', study.sex === 'unknown' ? undefined : study.sex),
    '0020000D': text('UI', study.studyInstanceUid),
    '00201206': count(study.seriesCount),
    '00201208': count(study.instanceCount),
  };
}

/** PS3.18 F.2.2: the three groups of a PN are members of an object. */
function personName(name: string): Record<string, string> {
  const [alphabetic = '', ideographic = '', phonetic = ''] = name.split('=');
  return {
    ...(alphabetic === '' ? {} : { Alphabetic: alphabetic }),
    ...(ideographic === '' ? {} : { Ideographic: ideographic }),
    ...(phonetic === '' ? {} : { Phonetic: phonetic }),
  };
}
