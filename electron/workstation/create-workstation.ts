import { SOLO_GROUP } from '#shared/domain/group.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/kernel/clock.ts';

import { createCallHandlers } from './call-handlers.ts';
import { createCases } from './cases.ts';
import { createClaims } from './claims.ts';
import { createCriticalDesk } from './critical-desk.ts';
import { createDeliveries } from './deliveries.ts';
import { createDeliveryActs } from './delivery-acts.ts';
import { createDoor } from './door/door.ts';
import { createEventBus } from './event-bus.ts';
import type { StudyRef, WorkstationPorts } from './ports.ts';
import { createGroup } from './group.ts';
import { createReadings } from './readings.ts';
import { createSavedLists } from './saved-lists.ts';
import { createSession } from './session.ts';
import { createSignReport } from './sign-report.ts';
import { createStudyCatalogue } from './studies/catalogue.ts';
import { createPrefetch } from './studies/prefetch.ts';
import { createStudies } from './studies/studies.ts';
import { createWatch } from './watch.ts';
import { createWorklist } from './worklist.ts';

export interface Workstation {
  fetch(request: Request): Promise<Response>;
  /** Begins to watch hub, claims and idleness, and to fetch ahead. Does not wait for a hub that may be away. */
  start(): void;
  stop(): void;
  /** One round of the watch, as `start` makes every few seconds: for hosts and tests that hold the clock. */
  look(): Promise<void>;
}

const IDLE_LOCK_MS = 30 * MINUTE_MS;
/** A hub of one's own says when something changed; a remote one is asked. */
const WATCH_MS = 15 * SECOND_MS;
const IDLE_CHECK_MS = 5 * SECOND_MS;

/** The back half of one reader's workstation: use cases behind one door. It knows ports only. */
export function createWorkstation(ports: WorkstationPorts): Workstation {
  const { fhir, sites, archiveOf, reader, clock, log, cache, secrets, signing } = ports;
  const events = createEventBus();
  const session = createSession({ secrets, clock, events, log, idleLockMs: ports.idleLockMs ?? IDLE_LOCK_MS });
  const readings = createReadings({ fhir, clock, log });
  const regionOf = (siteId: StudyRef['siteId']) => sites().find((site) => site.id === siteId)?.region;
  const { claimNext } = ports;
  const claims = createClaims({
    fhir,
    ...(claimNext === undefined ? {} : { claimNext }),
    readings,
    reader,
    regionOf,
    clock,
    log,
  });
  const group = createGroup({
    terms: ports.groupTerms ?? SOLO_GROUP,
    reader,
    readings,
    isOnShift: () => false,
    clock,
  });
  const studies = createStudies({
    archiveOf,
    cache,
    readInstance: ports.readInstance,
    clock,
    log,
    ...(ports.timer === undefined ? {} : { timer: ports.timer }),
    ...(ports.images?.aheadBytesPerSecond === undefined
      ? {}
      : { aheadBytesPerSecond: ports.images.aheadBytesPerSecond }),
  });
  const catalogue = createStudyCatalogue(() => readings.seen().tasks);
  const worklist = createWorklist({
    readings,
    reader,
    regionOf,
    clock,
    standing: () => ({}),
    opens: studies.opens,
    isSignedHere: (taskId) => sign.isSignedHere(taskId) || signing.isWaiting?.(taskId) === true,
  });
  /** Asked for before the page does: it is drawn meanwhile, and nothing can be shown without. */
  const lookAtMetadata = async (study: StudyRef): Promise<void> => {
    if ((await studies.metadata.peek(study)) === undefined) await studies.metadata.get(study);
    else await studies.metadata.revalidate(study);
  };
  const showOpenCase = (open: readonly StudyRef[]) => {
    catalogue.showOpenCase(open);
    studies.showOpenCase(open);
    for (const study of open) {
      lookAtMetadata(study).catch(() => {
        log.warn('study.not-revalidated', { siteId: study.siteId });
      });
    }
  };
  const cases = createCases({ ...ports, readings, claims, rowFor: worklist.rowFor, showOpenCase });
  const deliveries = createDeliveries(ports);
  const criticalDesk = createCriticalDesk({ ...ports, readings, claims, deliveries, rowFor: worklist.rowFor, events });

  const prefetch = createPrefetch({
    studies,
    clock,
    log,
    changed: () => {
      events.emit({ type: 'worklist-changed' });
    },
  });
  const watch = createWatch({ readings, worklist, deliveries, cases, session, events, prefetch });
  const check: Parameters<typeof createSignReport>[0]['check'] = async (task, body) =>
    ports.checkReport({
      task,
      body,
      template: ports.templates.find(({ id }) => id === body.templateId),
      studies: await Promise.all(
        task.studyInstanceUids.map(async (studyInstanceUid) => ({
          studyInstanceUid,
          metadata: (await studies.metadata.peek({ siteId: task.siteId, studyInstanceUid })) ?? [],
        })),
      ),
      now: clock.now(),
    });
  const sign = createSignReport({ reader, signing, log, cases, claims, session, secrets, check });
  const handlers = createCallHandlers({
    ...ports,
    session,
    readings,
    worklist,
    cases,
    claims,
    group,
    savedLists: createSavedLists(ports.settings),
    sign,
    check,
    deliveries,
    deliveryActs: createDeliveryActs(ports),
    criticalDesk,
    events,
    watch,
  });
  const door = createDoor({
    handlers,
    session,
    events,
    studies,
    dropped: ports.dropped,
    catalogue,
    archiveOf,
    archives: () => sites().flatMap((site) => archiveOf(site.id) ?? []),
    log,
  });

  let stopListening: () => void = () => undefined;
  const timers: NodeJS.Timeout[] = [];
  const look = async () => void (await Promise.all([watch.look(), criticalDesk.look()]));
  const lookLater = () => {
    look().catch(() => {
      log.error('watch.failed');
    });
  };

  return {
    fetch: async (request) => door.fetch(request),
    look,
    start() {
      stopListening = ports.onHubChange(lookLater);
      timers.push(setInterval(lookLater, WATCH_MS));
      timers.push(
        setInterval(() => {
          session.checkIdle();
        }, IDLE_CHECK_MS),
      );
      lookLater();
    },
    stop() {
      stopListening();
      for (const timer of timers.splice(0)) clearInterval(timer);
      prefetch.stop();
    },
  };
}
