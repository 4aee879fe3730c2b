import { Hono, type Context } from 'hono';

import type { Audit } from '#electron/ports/audit.ts';
import { ArchiveError, type SiteArchive } from '#electron/ports/site-archive.ts';
import type { SpeechModels } from '#electron/ports/speech-model.ts';
import { CallFailure } from '#electron/workstation/call-failure.ts';
import type { EventBus } from '#electron/workstation/event-bus.ts';
import type { ListAnswer } from '#electron/workstation/list-answer.ts';
import type { DroppedFolders, StudyRef } from '#electron/workstation/ports.ts';
import type { Session } from '#electron/workstation/session.ts';
import type { StudyCatalogue } from '#electron/workstation/studies/catalogue.ts';
import type { Studies } from '#electron/workstation/studies/studies.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { Log } from '#shared/kernel/log.ts';

import { answerOf, createApi, failureAnswer, type CallHandlers } from './api.ts';
import { dicomJsonAnswer, searchSites, seriesOf, studyQueryOf } from './dicomweb-face.ts';
import { eventStream } from './event-stream.ts';
import { createImportRoutes } from './import-routes.ts';
import { pixelStream } from './pixel-stream.ts';
import { createSpeechRoutes } from './speech-routes.ts';

/**
 * The workstation's one door: calls, events, pixels and a read-only DICOMweb face. Who may come in (ticket, cookie, Host, Origin)
 * is the host's business; here a locked session lets nothing of a patient through.
 */
export function createDoor(ports: {
  readonly handlers: CallHandlers;
  readonly session: Session;
  readonly events: EventBus;
  readonly list: ListAnswer;
  readonly studies: Studies;
  readonly dropped: DroppedFolders;
  readonly catalogue: StudyCatalogue;
  readonly audit: Audit;
  readonly archives: () => readonly SiteArchive[];
  readonly archiveOf: (siteId: StudyRef['siteId']) => SiteArchive | undefined;
  readonly speech: SpeechModels | undefined;
  readonly log: Log;
}): Hono {
  const { handlers, session, events, studies, catalogue, log } = ports;
  const isLocked = () => session.isLocked();
  const door = new Hono();

  door.onError((error) => failureAnswer(siteFailure(error), log));
  door.notFound(() => answerOf({ code: 'not-found', message: 'There is nothing here.' }));
  door.route('/api', createApi({ handlers, isLocked, touch: () => session.touch(), log }));
  door.get('/events', (context) =>
    eventStream(events, isLocked, context.req.query('with') === 'list' ? ports.list : undefined),
  );

  const demandUnlocked = async (_context: Context, next: () => Promise<void>) => {
    if (isLocked()) throw new CallFailure('locked', 'The session is locked.');
    await next();
  };
  door.use('/pixels/*', demandUnlocked);
  door.use('/dicomweb/*', demandUnlocked);
  door.use('/import/*', demandUnlocked);
  door.route('/import', createImportRoutes({ dropped: ports.dropped, touch: () => session.touch() }));
  door.use('/speech/*', demandUnlocked);
  door.route('/speech', createSpeechRoutes({ models: ports.speech, touch: () => session.touch() }));

  const views = createViews(ports.audit, events);
  const studyOf = (studyInstanceUid: string): StudyRef => {
    const study = catalogue.find(studyInstanceUid);
    if (study === undefined) throw new CallFailure('not-found', 'No reading speaks of this study.');
    return study;
  };

  door.get('/pixels/:study/:series', async (context) => {
    session.touch();
    const from = Number(context.req.query('from') ?? 0);
    if (!Number.isInteger(from) || from < 0)
      throw new CallFailure('invalid-request', 'from is not the number of a frame.');
    const abort = new AbortController();
    const signal = AbortSignal.any([abort.signal, session.unlockedSignal(), context.req.raw.signal]);
    const frames = await studies.openSeries(
      studyOf(context.req.param('study')),
      context.req.param('series'),
      from,
      signal,
    );
    if (frames === undefined) throw new CallFailure('not-found', 'The study has no such series.');
    views.viewed(studyOf(context.req.param('study')));
    return pixelStream(frames, { signal, leave: () => abort.abort(), log });
  });

  const metadataOf = async (uid: string): Promise<readonly DicomJson[]> => {
    const study = studyOf(uid);
    const metadata = await studies.metadata.get(study);
    views.listed(study);
    return metadata;
  };
  door.get('/dicomweb/studies/:study/metadata', async (context) =>
    dicomJsonAnswer(await metadataOf(context.req.param('study'))),
  );
  door.get('/dicomweb/studies/:study/series', async (context) =>
    dicomJsonAnswer(seriesOf(await metadataOf(context.req.param('study')))),
  );
  door.get('/dicomweb/studies/:study/series/:series/metadata', async (context) => {
    const all = await metadataOf(context.req.param('study'));
    const series = context.req.param('series');
    return dicomJsonAnswer(all.filter((instance) => instance['0020000E']?.Value?.[0] === series));
  });
  // PS3.18 10.4.1.1.2 for one instance, with what other answers leave to bulk data.
  door.get('/dicomweb/studies/:study/series/:series/instances/:instance/metadata', async (context) => {
    session.touch();
    const { study, series, instance } = context.req.param();
    const found = await studies.instance(studyOf(study), series, instance);
    const whole = found?.whole?.();
    // What says it belongs to another study is never shown in this one.
    if (whole === undefined || whole['0020000D']?.Value?.[0] !== study)
      throw new CallFailure('not-found', 'The study has no such object.');
    views.viewed(studyOf(study));
    return dicomJsonAnswer([whole]);
  });
  door.get('/dicomweb/studies', async (context) => {
    const query = studyQueryOf(new URL(context.req.url).searchParams);
    const known = query.studyInstanceUid === undefined ? undefined : catalogue.find(query.studyInstanceUid);
    const own = known === undefined ? undefined : ports.archiveOf(known.siteId);
    const found = await searchSites(own === undefined ? ports.archives() : [own], query, context.req.raw.signal);
    ports.audit.record({
      act: 'archive.queried',
      outcome: found === undefined ? 'failed' : 'done',
      count: found?.length ?? 0,
      ...(known === undefined ? {} : { siteId: known.siteId, studyInstanceUid: known.studyInstanceUid }),
    });
    if (found === undefined) throw new CallFailure('site-unreachable', 'No site answers.');
    return dicomJsonAnswer(found);
  });
  return door;
}

/** What of a study went to the screen: its headers, and its images or other objects. */
interface Views {
  viewed(study: StudyRef): void;
  listed(study: StudyRef): void;
}

/** Each study is written down once while a case is open, however many series of it are streamed. */
function createViews(audit: Audit, events: EventBus): Views {
  const seen = new Set<string>();
  const once = (act: 'study.viewed' | 'study.listed', { siteId, studyInstanceUid }: StudyRef) => {
    const key = `${act} ${siteId} ${studyInstanceUid}`;
    if (seen.has(key)) return;
    seen.add(key);
    audit.record({ act, siteId, studyInstanceUid });
  };
  events.listen(({ type }) => {
    if (type === 'case-changed' || type === 'session-locked') seen.clear();
  });
  return {
    viewed: (study) => once('study.viewed', study),
    listed: (study) => once('study.listed', study),
  };
}

function siteFailure(error: unknown): unknown {
  if (!(error instanceof ArchiveError)) return error;
  if (error.code === 'not-found') return new CallFailure('not-found', 'The site does not have this study.');
  return new CallFailure('site-unreachable', `The site does not give its images (${error.code}).`);
}
