import { isDeepStrictEqual } from 'node:util';

import type { CallRequest, CallResponse } from '#shared/contract/calls.ts';
import type { OpenCase, WorklistRow } from '#shared/contract/schemas.ts';
import type { ClaimRefusal } from '#shared/domain/claim.ts';
import { contextKeyOf, type ContextKey } from '#shared/domain/context-key.ts';
import type { SiteId, StudyInstanceUid, TaskId } from '#shared/domain/identifiers.ts';
import { notesFromFacts, type NoteFact } from '#shared/domain/notes.ts';
import { priorsByRelevance } from '#shared/domain/prior-relevance.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import type { HandedState } from '#shared/reporting/handed-state.ts';
import type { KeptDrawing } from '#shared/reporting/kept-drawing.ts';
import { startReport, type Template } from '#shared/reporting/report.ts';
import { tellIndication } from '#shared/reporting/tell-indication.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';

import { CallFailure, hubUnreachable } from './call-failure.ts';
import type { Claims, GiveBack } from './claims.ts';
import type { StudyRef, WorkstationPorts } from './ports.ts';
import type { Elsewhere } from './elsewhere.ts';
import type { NotesAtHand } from './kept-notes.ts';
import type { HandedDrafts } from './handed-drafts.ts';
import type { IdentityCheck } from './identity-check.ts';
import { saveAnswer } from './save-answer.ts';
import type { Readings } from './readings.ts';
import type { FirstHands } from './signing/first-hands.ts';
import { signedFacts, wholeBody } from './signing/signed-facts.ts';
import type { ReportVersions } from './signing/report-versions.ts';
import type { TemplateChoice } from './template-choice.ts';

/** A case on this workstation's screen. */
export interface HeldCase {
  readonly task: ReadingTask;
  readonly contextKey: ContextKey;
  /** Every Task version our claim was granted with or renewed to. */
  readonly fences: ReadonlySet<string>;
  /** Images the site had when the case was opened, or when the reader was last told that there are others. */
  readonly imagesAtOpening: number | undefined;
}

export interface Cases {
  /** `pickReason`: why it is taken out of turn, where that must be said. */
  open(taskId: string, readOnly: boolean, pickReason?: string): Promise<CallResponse<'openCase'>>;
  /** The first of these that is still free; undefined when all have gone. */
  openFirst(candidates: readonly ReadingTask[]): Promise<CallResponse<'openCase'> | undefined>;
  renew(taskId: string): Promise<CallResponse<'renewClaim'>>;
  returnToList(taskId: string): Promise<CallResponse<'returnToList'>>;
  /** Leaves the screen and ends the claim in the given way. */
  giveUp(taskId: string, end: (taskId: TaskId) => Promise<GiveBack>): Promise<GiveBack>;
  /** The case on the screen, as it is now; undefined when there is none. */
  current(): Promise<OpenCase | undefined>;
  saveDraft(request: CallRequest<'saveDraft'>): Promise<CallResponse<'saveDraft'>>;
  held(taskId: string): HeldCase | undefined;
  onScreenTaskId(): string | undefined;
  /** A reading as it was last seen here: held, on the screen or on the list. */
  known(taskId: string): ReadingTask | undefined;
  /** The reader was told that the site has so many images now. */
  noteImages(taskId: string, count: number): void;
  /** A held reading as the hub holds it now, changed by this workstation itself. */
  noteTask(task: ReadingTask): void;
  /** It left the screen. A claim on it goes on until it is given back or runs out. */
  leaveScreen(taskId: string): void;
  /** Signed: neither on the screen nor held any more. */
  close(taskId: string): void;
  /** Held cases whose claim is no longer ours by what the hub was last seen to hold; they are closed. */
  takeLost(): readonly TaskId[];
}

type Ports = Pick<WorkstationPorts, 'reader' | 'clock' | 'log' | 'drafts' | 'templates'> & {
  readonly templateChoice: Pick<TemplateChoice, 'of'>;
  readonly notes: Pick<NotesAtHand, 'of'>;
  readonly readings: Readings;
  readonly claims: Claims;
  readonly versions: ReportVersions;
  readonly rowFor: (task: ReadingTask) => WorklistRow;
  readonly identity: Pick<IdentityCheck, 'atHand'>;
  readonly elsewhere: Pick<Elsewhere, 'atHand' | 'withPriors' | 'look'>;
  readonly handed: Pick<HandedDrafts, 'take'>;
  readonly firstHands: Pick<FirstHands, 'attests'>;
  /** `isSameCase`: priors of it came or went while it is open. */
  readonly showOpenCase: (studies: readonly StudyRef[], isSameCase?: boolean) => void;
  readonly cameAfterSigning: (study: StudyRef) => readonly string[];
};

export function createCases(ports: Ports): Cases {
  const { clock, log, readings, claims, reader, drafts } = ports;
  const heldCases = new Map<string, HeldCase>();
  let onScreen:
    | { readonly task: ReadingTask; readonly canReport: boolean; readonly studies: readonly StudyRef[] }
    | undefined;

  const hold = (task: ReadingTask): HeldCase => {
    const before = heldCases.get(task.id);
    const goesOn = before?.task.claim?.since === task.claim?.since;
    const fences = new Set([...(goesOn ? (before?.fences ?? []) : []), task.version]);
    const imagesAtOpening = goesOn && before !== undefined ? before.imagesAtOpening : task.instanceCount;
    const held: HeldCase = { task, contextKey: contextKeyOf(task), fences, imagesAtOpening };
    heldCases.set(task.id, held);
    return held;
  };

  async function readForLooking(taskId: TaskId): Promise<ReadingTask> {
    const read = await claims.read(taskId);
    const task = read.ok ? read.value : readings.find(taskId);
    if (task !== undefined) return task;
    if (!read.ok && read.error === 'hub-unreachable') throw hubUnreachable();
    throw new CallFailure('not-found', 'There is no such reading.');
  }

  async function notesOf(task: ReadingTask): Promise<OpenCase['notes']> {
    let facts: readonly NoteFact[];
    try {
      facts = await ports.notes.of(task);
    } catch {
      log.warn('notes.not-read', { taskId: task.id });
      facts = [
        { kind: 'other', label: 'Notes', text: 'could not be read from the hub: try again', source: 'Overread' },
      ];
    }
    if (task.reason !== undefined && !facts.some((fact) => fact.kind === 'reason'))
      facts = [{ kind: 'reason', label: 'Reason', text: task.reason, source: 'Order' }, ...facts];
    const notes = notesFromFacts(facts);
    return { facts: [...notes.facts], missing: [...notes.missing] };
  }

  /** The newest signed version; none while the hub does not answer. */
  async function standingOf(task: ReadingTask): Promise<SignedReport | undefined> {
    try {
      return await ports.versions.latest(task);
    } catch {
      log.warn('report.not-read', { taskId: task.id });
      return undefined;
    }
  }

  /**
   * What stands in the report panel. To look at: the signed report. To write: the reader's draft, else the preliminary report, else a fresh one; what cannot
   * be unsealed stays where it is, under the next revision.
   */
  async function draftOf(
    task: ReadingTask,
    template: Template,
    { canReport, standing }: { readonly canReport: boolean; readonly standing: SignedReport | undefined },
  ): Promise<OpenCase['draft']> {
    type Body = OpenCase['draft']['body'];
    if (!canReport && standing !== undefined) return { revision: 0, body: wholeBody(standing) as Body };
    const draft = await drafts.load(task.id, reader.id);
    const handed = canReport ? await ports.handed.take(task) : undefined;
    // Handed back and forth, the newest text is the one to go on with; the reader's own stays in the history.
    const own = draft?.state === 'draft' ? draft : undefined;
    const fresh = handed === undefined ? [] : await unknownHere(handed.states, task.id);
    if (handed !== undefined && fresh.length > 0 && handed.at > (own?.savedAt ?? 0)) {
      const place = { taskId: task.id, readerId: reader.id, contextKey: contextKeyOf(task) };
      const adopted = await drafts.adopt(place, fresh);
      const revision = adopted.status === 'saved' ? adopted.draft.revision : (draft?.revision ?? 0);
      return { revision, body: handed.body as Body, drawings: fresh.at(-1)?.drawings, handedBy: handed.byName };
    }
    if (own !== undefined) {
      const handedBy = own.writer === undefined ? {} : { handedBy: own.writer.name };
      return {
        revision: own.revision,
        savedAt: own.savedAt,
        body: own.body as Body,
        drawings: own.drawings,
        ...handedBy,
      };
    }
    const body = standing?.state === 'preliminary' ? standing.body : tellIndication(startReport(template), task.reason);
    return { revision: draft?.revision ?? 0, body: body as Body };
  }

  /** A draft that comes back brings this reader’s own states along, which are here; what is opened again brings nothing new. */
  async function unknownHere(states: readonly HandedState[], taskId: TaskId): Promise<readonly HandedState[]> {
    const known = new Set(
      (await drafts.history(taskId, reader.id)).map(({ savedAt, writer }) => `${savedAt} ${writer?.id ?? reader.id}`),
    );
    return states.filter(({ savedAt, writer }) => !known.has(`${savedAt} ${writer.id}`));
  }

  async function present(task: ReadingTask, canReport: boolean): Promise<OpenCase> {
    const [chosen, standing, notes, identity] = await Promise.all([
      ports.templateChoice.of(task),
      standingOf(task),
      notesOf(task),
      ports.identity.atHand(task),
    ]);
    const { records, reports } = ports.elsewhere.atHand(task.id);
    const whole = ports.elsewhere.withPriors(task);
    const draft = await draftOf(task, chosen, { canReport, standing });
    const attests = canReport ? await ports.firstHands.attests(task, standing) : undefined;
    const template = ports.templates.find(({ id }) => id === draft.body.templateId) ?? chosen;
    return {
      taskId: task.id,
      contextKey: contextKeyOf(task),
      fence: task.version,
      leaseUntil: task.claim?.leaseUntil ?? 0,
      canReport,
      ...(standing === undefined ? {} : { signed: signedFacts(standing) }),
      row: ports.rowFor(task),
      orderedBy: task.orderedBy,
      studies:
        task.state === 'completed' ? studiesOf(whole).map((study) => withLateImages(task, study)) : studiesOf(whole),
      priors: whole.priors.map((prior) => ({ ...prior })),
      elsewhere: [...records],
      priorsAskedAt: task.priorsAskedAt,
      requisitionGrade: task.requisitionGrade,
      identity,
      notes: { ...notes, facts: [...notes.facts, ...reports] },
      ...(attests === undefined
        ? {}
        : { attests: { ...attests, before: attests.before as OpenCase['draft']['body'] } }),
      template: template as OpenCase['template'],
      draft,
    };
  }

  function withLateImages({ siteId }: ReadingTask, study: OpenCase['studies'][number]): OpenCase['studies'][number] {
    const studyInstanceUid = study.studyInstanceUid as StudyInstanceUid;
    const lateImages = ports.cameAfterSigning({ siteId, studyInstanceUid });
    return lateImages.length === 0 ? study : { ...study, lateImages: [...lateImages] };
  }

  async function show(task: ReadingTask, canReport: boolean): Promise<OpenCase> {
    const shown = await present(task, canReport);
    const studies = studyRefsOf(task, shown.priors);
    onScreen = { task, canReport, studies };
    ports.showOpenCase(studies);
    void ports.elsewhere.look(task);
    return shown;
  }

  function showStudies(taskId: string, studies: readonly StudyRef[]) {
    if (onScreen?.task.id !== taskId || isDeepStrictEqual(onScreen.studies, studies)) return;
    onScreen = { ...onScreen, studies };
    ports.showOpenCase(studies, true);
  }

  function leaveScreen(taskId: string) {
    if (onScreen?.task.id !== taskId) return;
    onScreen = undefined;
    ports.showOpenCase([]);
  }

  const known = (taskId: string): ReadingTask | undefined =>
    heldCases.get(taskId)?.task ?? (onScreen?.task.id === taskId ? onScreen.task : readings.find(taskId));

  const cases: Cases = {
    async open(taskId, readOnly, pickReason) {
      if (readOnly) {
        const task = await readForLooking(taskId as TaskId);
        return { status: 'opened', case: await show(task, false) };
      }
      const claimed = await claims.claim(taskId as TaskId, pickReason);
      if (!claimed.ok) return refused(claimed.error);
      const { task } = hold(claimed.value);
      return { status: 'opened', case: await show(task, true) };
    },
    async openFirst(candidates) {
      if (candidates.length === 0) return undefined;
      const claimed = await claims.claimFirst(candidates);
      if (claimed === 'none-free') return undefined;
      if (claimed === 'hub-unreachable') return { status: 'hub-unreachable' };
      if (claimed !== 'not-offered') return { status: 'opened', case: await show(hold(claimed).task, true) };
      for (const { id } of candidates) {
        const opened = await cases.open(id, false);
        if (opened.status === 'opened' || opened.status === 'hub-unreachable') return opened;
      }
      return undefined;
    },
    async renew(taskId) {
      const renewed = await claims.renew(taskId as TaskId);
      if (!renewed.ok) {
        if (renewed.error.code !== 'hub-unreachable') heldCases.delete(taskId);
        return refused(renewed.error);
      }
      const { task } = hold(renewed.value);
      return { status: 'renewed', fence: task.version, leaseUntil: task.claim?.leaseUntil ?? 0 };
    },
    async returnToList(taskId) {
      const status = await cases.giveUp(taskId, claims.returnToList);
      return { status: status === 'done' ? 'returned' : status };
    },
    async giveUp(taskId, end) {
      leaveScreen(taskId);
      const status = await end(taskId as TaskId);
      if (status !== 'hub-unreachable') heldCases.delete(taskId);
      return status;
    },
    async current() {
      if (onScreen === undefined) return undefined;
      const { task, canReport } = onScreen;
      const shown = await present(heldCases.get(task.id)?.task ?? task, canReport);
      showStudies(task.id, studyRefsOf(task, shown.priors));
      return shown;
    },
    /** Also for a case whose claim was lost: the text is the reader's and must not be. */
    async saveDraft({ taskId, contextKey, revision, body, drawings }) {
      const task = known(taskId);
      if (task === undefined || contextKeyOf(task) !== contextKey) return { status: 'wrong-context' };
      const saved = await drafts.save({
        taskId: task.id,
        readerId: reader.id,
        contextKey: contextKeyOf(task),
        basedOn: revision,
        body: body as Parameters<typeof drafts.save>[0]['body'],
        drawings: drawings as readonly KeptDrawing[] | undefined,
        savedAt: clock.now(),
      });
      return saveAnswer(saved);
    },
    held: (taskId) => heldCases.get(taskId),
    onScreenTaskId: () => onScreen?.task.id,
    known,
    noteImages(taskId, count) {
      const held = heldCases.get(taskId);
      if (held !== undefined) heldCases.set(taskId, { ...held, imagesAtOpening: count });
    },
    noteTask(task) {
      const held = heldCases.get(task.id);
      if (held !== undefined)
        heldCases.set(task.id, { ...held, task, fences: new Set([...held.fences, task.version]) });
    },
    leaveScreen,
    close(taskId) {
      heldCases.delete(taskId);
      leaveScreen(taskId);
    },
    takeLost() {
      const lost = [...heldCases.values()].filter(
        ({ task }) => !isStillOurs(task, readings.find(task.id), clock.now()),
      );
      for (const { task } of lost) heldCases.delete(task.id);
      return lost.map(({ task }) => task.id);
    },
  };
  return cases;
}

/** A claim that has run out is still ours while nobody took it: the next renewal says. A Task that is gone is not. */
function isStillOurs(held: ReadingTask, seen: ReadingTask | undefined, now: EpochMs): boolean {
  if (seen === undefined || seen.state === 'completed' || seen.state === 'cancelled') return false;
  if (seen.claim === undefined) return (held.claim?.leaseUntil ?? 0) > now && seen.state === 'claimed';
  return seen.claim.radiologistId === held.claim?.radiologistId;
}

/** What the viewer is given: the reading's own studies, then its priors, the one most worth comparing with first. */
export function studiesOf(task: ReadingTask): OpenCase['studies'] {
  const current = task.studyInstanceUids.map((studyInstanceUid) => ({
    studyInstanceUid,
    role: 'current' as const,
    description: task.exam.text,
    modality: task.exam.modality,
  }));
  const own = new Set<string>(task.studyInstanceUids);
  const priors = priorsByRelevance(task).flatMap(({ studyInstanceUid, description, modality, date, at }) => {
    if (studyInstanceUid === undefined || own.has(studyInstanceUid)) return [];
    const told = at === undefined ? description : `${description} (${at.siteName})`;
    return [{ studyInstanceUid, role: 'prior' as const, description: told, modality, date }];
  });
  return [...current, ...priors];
}

/** Each study with the site that keeps it: the order's, or another where a prior lies there. */
function studyRefsOf({ siteId, studyInstanceUids }: ReadingTask, priors: OpenCase['priors']): readonly StudyRef[] {
  const own = new Set<string>(studyInstanceUids);
  return [
    ...studyInstanceUids.map((studyInstanceUid) => ({ siteId, studyInstanceUid })),
    ...priors.flatMap(({ studyInstanceUid, at }) =>
      studyInstanceUid === undefined || own.has(studyInstanceUid)
        ? []
        : [{ siteId: (at?.siteId ?? siteId) as SiteId, studyInstanceUid: studyInstanceUid as StudyInstanceUid }],
    ),
  ];
}

function refused(refusal: ClaimRefusal) {
  const { code, ...rest } = refusal;
  return { status: code, ...rest } as Exclude<CallResponse<'renewClaim'>, { status: 'renewed' }>;
}
