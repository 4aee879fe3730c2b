import { systemTimer } from '#electron/ports/timer.ts';
import { deskWindowSchema, displayCheckSchema } from '#shared/contract/display-calls.ts';
import { hangingProtocolSchema } from '#shared/contract/hanging-calls.ts';
import { macroSchema } from '#shared/contract/macro-calls.ts';
import { ownWordSchema } from '#shared/contract/speech-calls.ts';
import { savedListSchema } from '#shared/contract/worklist-calls.ts';
import { SOLO_GROUP } from '#shared/domain/group.ts';
import { MINUTE_MS, SECOND_MS, toIso } from '#shared/kernel/clock.ts';
import { noAudit } from '#electron/ports/audit.ts';

import { createAmendmentDrafts } from './amendment-drafts.ts';
import { createCallHandlers } from './call-handlers.ts';
import { createCases } from './cases.ts';
import { createClaims } from './claims.ts';
import { createCriticalDesk } from './critical-desk.ts';
import { createDeliveries } from './deliveries.ts';
import { createDeliveryActs } from './delivery-acts.ts';
import { createDoor } from './door/door.ts';
import { createHandedDrafts } from './handed-drafts.ts';
import { createDraftHistory } from './draft-history.ts';
import { createElsewhere } from './elsewhere.ts';
import { createEventBus } from './event-bus.ts';
import type { StudyRef, WorkstationPorts } from './ports.ts';
import { createGroup } from './group.ts';
import { createReadings } from './readings.ts';
import { rehearseRules } from './rehearsal.ts';
import { createRoster } from './roster.ts';
import { createRuleBook } from './rule-book.ts';
import { createIdentityCheck } from './identity-check.ts';
import { createNotesAtHand } from './kept-notes.ts';
import { createIdentityDesk } from './identity-desk.ts';
import { createSession } from './session.ts';
import { createAmendReport } from './amend-report.ts';
import { auditedCalls } from './audit/audited-calls.ts';
import { createShifts } from './shifts.ts';
import { createSignReport } from './sign-report.ts';
import { createDiscrepancies } from './signing/discrepancies.ts';
import { createFirstHands } from './signing/first-hands.ts';
import { createReAuthentication } from './signing/re-authenticate.ts';
import { createReportVersions } from './signing/report-versions.ts';
import { createStudyCatalogue } from './studies/catalogue.ts';
import { createAfterSigning, lateStudySchema } from './studies/after-signing.ts';
import { createLateImages } from './studies/late-images.ts';
import { createPrefetch } from './studies/prefetch.ts';
import { deliveredStudies } from './studies/purge-delivered.ts';
import { createStudies } from './studies/studies.ts';
import { createStoredList } from './stored-list.ts';
import { createTemplateChoice } from './template-choice.ts';
import { createListAnswer } from './list-answer.ts';
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
const GROUP_MS = 5 * MINUTE_MS;
const IDLE_CHECK_MS = 5 * SECOND_MS;

/** A site that takes longer does not hold up a signature: what it has sent until now counts. */
const SITE_ANSWER_MS = 2 * SECOND_MS;

/** The back half of one reader's workstation: use cases behind one door. It knows ports only. */
export function createWorkstation(ports: WorkstationPorts): Workstation {
  const { fhir, sites, archiveOf, reader, clock, log, cache, secrets, signing } = ports;
  const events = createEventBus();
  const session = createSession({ secrets, clock, events, log, idleLockMs: ports.idleLockMs ?? IDLE_LOCK_MS });
  const readings = createReadings({ fhir, clock, log });
  const versions = createReportVersions(fhir);
  const audit = ports.audit ?? noAudit;
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
  const terms = ports.groupTerms ?? SOLO_GROUP;
  const roster = createRoster({ fhir, configured: ports.roster ?? [], clock, log });
  const ruleBook = createRuleBook({ fhir, log });
  const shifts = createShifts({
    readings,
    reader,
    terms,
    roster: roster.shifts,
    rules: ruleBook.inForce,
    regionOf,
    clock,
  });
  const group = createGroup({
    terms,
    reader,
    readings,
    isOnShift: (readerId) => shifts.isOnShift(readerId),
    clock,
  });
  const studies = createStudies({
    archiveOf,
    cache,
    readInstance: ports.readInstance,
    ...(ports.readFrameStart === undefined ? {} : { readFrameStart: ports.readFrameStart }),
    clock,
    log,
    ...(ports.timer === undefined ? {} : { timer: ports.timer }),
    ...(ports.images?.aheadBytesPerSecond === undefined
      ? {}
      : { aheadBytesPerSecond: ports.images.aheadBytesPerSecond }),
  });
  const elsewhere = createElsewhere({
    ...ports,
    audit,
    changed: (taskId) => {
      events.emit({ type: 'records-changed', taskId });
    },
  });
  const catalogue = createStudyCatalogue(() => readings.seen().tasks, elsewhere.find);
  const worklist = createWorklist({
    readings,
    reader,
    regionOf,
    clock,
    standing: shifts.standing,
    opens: studies.opens,
    imagesAfterSigning: (task) => afterSigning.count(task),
    isSignedHere: (taskId) => sign.isSignedHere(taskId) || signing.isWaiting?.(taskId) === true,
  });
  const tellArrived = (studyInstanceUid: string, count: number) =>
    events.emit({ type: 'images-arrived', studyInstanceUid, count });
  const afterSigning = createAfterSigning({
    metadata: studies.metadata,
    countAt: async ({ siteId, studyInstanceUid }) => {
      const archive = archiveOf(siteId);
      if (archive === undefined) throw new Error('no archive of this site');
      return archive.countInstances(studyInstanceUid);
    },
    kept: createStoredList(ports.settings, 'images-after-signing', lateStudySchema),
    clock,
    changed: tellArrived,
  });
  const late = createLateImages({ metadata: studies.metadata, afterSigning, clock, log, changed: tellArrived });
  const withinTime = (work: Promise<void>, ms: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const takeBack = (ports.timer ?? systemTimer).after(ms, resolve);
      work.then(resolve, reject).finally(takeBack);
    });
  const showOpenCase = (open: readonly StudyRef[], isSameCase = false) => {
    catalogue.showOpenCase(open);
    studies.showOpenCase(open);
    late.opened(open, isSameCase);
    // Asked for before the page does: it is drawn meanwhile, and nothing can be shown without.
    const atHand = open.map((study) =>
      studies.metadata.get(study).catch(() => log.warn('study.not-revalidated', { siteId: study.siteId })),
    );
    void Promise.all(atHand).then(() => late.look());
  };
  const identity = createIdentityCheck({ ...ports, metadata: studies.metadata });
  const notes = createNotesAtHand({
    ...ports,
    changed: (taskId) => {
      events.emit({ type: 'notes-changed', taskId });
    },
  });
  const handed = createHandedDrafts({ ...ports, regionOf });
  const firstHands = createFirstHands({ ...ports, terms, regionOf });
  const templateChoice = createTemplateChoice(ports);
  const cases = createCases({
    ...ports,
    templateChoice,
    notes,
    handed,
    firstHands,
    readings,
    claims,
    versions,
    identity,
    elsewhere,
    rowFor: worklist.rowFor,
    showOpenCase,
    cameAfterSigning: afterSigning.imagesOf,
  });
  const deliveries = createDeliveries(ports);
  const criticalDesk = createCriticalDesk({ ...ports, readings, claims, deliveries, rowFor: worklist.rowFor, events });

  const prefetch = createPrefetch({
    studies,
    clock,
    log,
    changed: () => {
      events.emit({ type: 'worklist-changed' });
    },
    ...(ports.images?.readingsAhead === undefined ? {} : { readingsAhead: ports.images.readingsAhead }),
  });
  const purgeDelivered = async () => {
    const afterMs = ports.images?.purgeAfterDeliveryMs;
    if (afterMs === undefined) return;
    const all = await deliveries.list().catch(() => []);
    await studies.purge(
      deliveredStudies(readings.seen().tasks.map(elsewhere.withPriors), all, { now: clock.now(), afterMs }),
    );
  };
  const lookAtImages = () =>
    Promise.all([late.look(), afterSigning.look(readings.seen().tasks), purgeDelivered()]).then(() => undefined);
  const draftHistory = createDraftHistory({ ...ports, handed, cases, claims, readings, deliveries });
  const wipeDrafts = () => draftHistory.wipeDelivered().catch(() => log.warn('drafts.not-looked-at'));
  const list = createListAnswer({ ...ports, audit, readings, worklist, cases, group, shifts, elsewhere });
  const watch = createWatch({
    readings,
    worklist,
    shifts,
    deliveries,
    cases,
    session,
    events,
    prefetch,
    notes,
    elsewhere,
  });
  const check: Parameters<typeof createAmendReport>[0]['check'] = async (task, body, addenda = []) => {
    await withinTime(late.look(true), SITE_ANSWER_MS);
    const complaints = ports.checkReport({
      task,
      body,
      template: ports.templates.find(({ id }) => id === body.templateId),
      studies: await Promise.all(
        task.studyInstanceUids.map(async (studyInstanceUid) => ({
          studyInstanceUid,
          metadata: (await studies.metadata.peek({ siteId: task.siteId, studyInstanceUid })) ?? [],
          seen: late.seenOf({ siteId: task.siteId, studyInstanceUid }),
        })),
      ),
      now: clock.now(),
    });
    const critical = await criticalDesk.critical.complaints(task, body, addenda);
    return [...late.complaints(task), ...critical, ...complaints];
  };
  const signingPorts = {
    reader,
    signing,
    clock,
    log,
    cases,
    claims,
    versions,
    identity,
    audit,
    regionOf,
    check,
    firstHands,
    templateChoice,
    reAuthenticate: createReAuthentication({ secrets, session, freshSignIn: ports.freshSignIn }),
  };
  const sign = createSignReport(signingPorts);
  const handlers = auditedCalls(
    createCallHandlers({
      ...ports,
      session,
      readings,
      worklist,
      list,
      cases,
      claims,
      group,
      shifts,
      ruleDesk: {
        book: ruleBook,
        rehearse: (proposed) =>
          rehearseRules(proposed, {
            fhir,
            clock,
            reader,
            terms,
            roster: roster.shifts(),
            current: ruleBook.inForce(),
            view: worklist.view(),
          }),
      },
      savedLists: createStoredList(ports.settings, 'saved-lists', savedListSchema),
      macros: createStoredList(ports.settings, 'macros', macroSchema),
      speechWords: createStoredList(ports.settings, 'speech-words', ownWordSchema),
      displays: {
        desk: createStoredList(ports.settings, 'desk', deskWindowSchema),
        checks: createStoredList(ports.settings, 'display-checks', displayCheckSchema),
        roster: roster.shifts,
        readerId: reader.id,
        clock,
      },
      hangings: createStoredList(ports.settings, 'hangings', hangingProtocolSchema),
      signingDesk: {
        sign,
        amend: createAmendReport(signingPorts),
        amendments: createAmendmentDrafts({ ...ports, cases }),
        versions,
        discrepancies: createDiscrepancies(fhir, reader.id),
        signing,
        claims,
        readings,
        watch,
        events,
        audit,
        sealAudit: async () => ports.trail?.seal(),
        exportAudit: async () => ports.trail?.exportText(),
        fileStamp: () => toIso(clock.now()).slice(0, 10),
      },
      check,
      draftHistory,
      handed,
      deliveries,
      deliveryActs: createDeliveryActs(ports),
      late,
      studies,
      elsewhere,
      criticalDesk,
      identityDesk: createIdentityDesk({
        ...ports,
        cases,
        claims,
        check: identity,
        questions: criticalDesk.questions,
        audit,
      }),
      events,
      watch,
    }),
    audit,
  );
  events.listen(({ type }) => {
    if (type === 'session-locked') audit.record({ act: 'session.locked' });
  });
  const door = createDoor({
    handlers,
    session,
    events,
    list,
    studies,
    dropped: ports.dropped,
    speech: ports.speechModels,
    catalogue,
    audit,
    archiveOf,
    archives: () => sites().flatMap((site) => archiveOf(site.id) ?? []),
    log,
  });

  let stopListening: () => void = () => undefined;
  const timers: NodeJS.Timeout[] = [];
  const look = async () =>
    void (await Promise.all([watch.look().then(wipeDrafts), criticalDesk.look(), lookAtImages()]));
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
      const lookAtGroup = () => {
        Promise.all([roster.refresh(), ruleBook.refresh()]).catch(() => {
          log.error('group.not-read');
        });
      };
      timers.push(setInterval(lookAtGroup, GROUP_MS));
      lookAtGroup();
    },
    stop() {
      stopListening();
      for (const timer of timers.splice(0)) clearInterval(timer);
      prefetch.stop();
    },
  };
}
