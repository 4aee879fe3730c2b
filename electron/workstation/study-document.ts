import { ArchiveError } from '#electron/ports/site-archive.ts';
import type { CallResponse } from '#shared/contract/calls.ts';
import { readDocument } from '#shared/documents/read-document.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';

import type { ReadInstance, StudyRef, WorkstationPorts } from './ports.ts';
import { seriesUidOf, sopInstanceUidOf } from './studies/series-order.ts';
import type { Studies } from './studies/studies.ts';

/** Encapsulated Document (0042,0011), PS3.3 C.24.2. */
const ENCAPSULATED_DOCUMENT = '00420011';

type Ports = Pick<WorkstationPorts, 'drawPage'> & { readonly studies: Pick<Studies, 'metadata' | 'instance'> };

/**
 * A letter that is an instance of the reading's own studies or of its priors, through the same encrypted cache as their images: an encapsulated PDF as it
 * is, a letter in words (CDA) as its words, a scanned page as PNG. Whatever it calls itself, its bytes decide what it is.
 */
export async function readStudyDocument(
  task: Pick<ReadingTask, 'siteId' | 'studyInstanceUids' | 'priors'>,
  { sopInstanceUid, page = 1 }: { readonly sopInstanceUid: string; readonly page?: number | undefined },
  { studies, drawPage }: Ports,
): Promise<CallResponse<'noteDocument'>> {
  const { siteId } = task;
  const all: readonly StudyRef[] = [
    ...task.studyInstanceUids.map((studyInstanceUid) => ({ siteId, studyInstanceUid })),
    ...task.priors.flatMap(({ studyInstanceUid, at }) =>
      studyInstanceUid === undefined ? [] : [{ siteId: at?.siteId ?? siteId, studyInstanceUid }],
    ),
  ];
  let isSilent = false;
  for (const study of all) {
    try {
      const found = await instanceIn(study, sopInstanceUid, studies);
      if (found === 'not-here') continue;
      if (found === undefined) return { status: 'site-unreachable' };
      return await opened(found, page, drawPage);
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      isSilent = true;
    }
  }
  return { status: isSilent ? 'site-unreachable' : 'not-found' };
}

async function instanceIn(
  study: StudyRef,
  sopInstanceUid: string,
  studies: Ports['studies'],
): Promise<ReadInstance | 'not-here' | undefined> {
  const metadata = await studies.metadata.get(study);
  const listed = metadata.find((instance) => sopInstanceUidOf(instance) === sopInstanceUid);
  return listed === undefined ? 'not-here' : studies.instance(study, seriesUidOf(listed), sopInstanceUid);
}

async function opened(
  instance: ReadInstance,
  page: number,
  drawPage: Ports['drawPage'],
): Promise<CallResponse<'noteDocument'>> {
  const data = instance.whole?.()[ENCAPSULATED_DOCUMENT]?.InlineBinary;
  if (data !== undefined) {
    const content = readDocument(undefined, data);
    if (content.kind === 'unreadable') return { status: 'unreadable' };
    return content.kind === 'picture'
      ? { status: 'read', contentType: content.contentType, data }
      : { status: 'read', contentType: 'text/plain', data: Buffer.from(content.text, 'utf8').toString('base64') };
  }
  const drawn = await drawPage(instance, page);
  if (drawn === undefined) return { status: 'unreadable' };
  const pages = 'frameCount' in instance ? instance.frameCount : 1;
  return { status: 'read', contentType: 'image/png', data: Buffer.from(drawn).toString('base64'), pages };
}
