import type { CallName, CallRequest, CallResponse } from '#shared/contract/calls.ts';
import type { WorkstationEvent } from '#shared/contract/events.ts';
import type { DeliveryView, OpenCase, WorklistRow } from '#renderer/bridge/exact.ts';
import { changeSize } from '#shared/reporting/compare-reports.ts';
import type { Template } from '#shared/reporting/report.ts';

import { judgeDisplay } from '#shared/domain/display-check.ts';
import type { Picking } from '#shared/domain/group.ts';

import { believableCase, believableRows, TEMPLATES } from './believable-data.ts';
import { createCriticalAnswers } from './critical-answers.ts';
import { believableRules } from './believable-board.ts';
import { createNotesAnswers } from './notes-answers.ts';
import { createListAnswers } from './list-answers.ts';
import { attestationDue, createSigningAnswers, rememberSignature, withFirstReader } from './signing-answers.ts';

/** What a test may turn: the world behind the door. */
export interface DoorWorld {
  rows: WorklistRow[];
  picking: Picking;
  rules: CallResponse<'listRules'>['rules'];
  /** A critical result recorded from now on has run out already. */
  isCriticalLate: boolean;
  savedLists: CallResponse<'savedLists'>['lists'];
  macros: CallResponse<'macros'>;
  speechWords: CallResponse<'speechWords'>['words'];
  hangings: CallResponse<'hangings'>;
  displays: Pick<CallResponse<'displays'>, 'desk' | 'checks'>;
  /** Acts that a test wants refused, with the words. */
  escalationRefusal: string | undefined;
  pin: string | undefined;
  /** So long a signature may be taken back. */
  undoMs: number;
  /** Rows of signatures that may be taken back. */
  readonly undoable: Map<string, WorklistRow>;
  /** Signed versions by task, newest first. */
  readonly versions: Map<string, CallResponse<'reportVersions'>['versions']>;
  /** What was typed for later versions, by task and kind. */
  readonly amendments: Map<string, CallResponse<'amendmentDraft'>>;
  /** The signature that may be taken back. */
  undo: CallResponse<'session'>['undo'];
  waiting: CallResponse<'waitingSignatures'>['reports'];
  discrepancies: CallResponse<'discrepancies'>['notices'];
  isLocked: boolean;
  isHubReachable: boolean;
  siteTroubles: { siteName: string; code: string }[];
  /** Disk full: every save is refused. */
  isDiskFull: boolean;
  deliveries: DeliveryView[];
  /** Drafts as saved, by task. */
  readonly drafts: Map<string, { revision: number; savedAt: number; body: OpenCase['draft']['body'] }>;
  /** Every saved state of the drafts, oldest first, by task. */
  readonly draftStates: Map<string, { revision: number; savedAt: number; body: OpenCase['draft']['body'] }[]>;
  /** What the language model answers; undefined: none is configured. */
  modelAnswer: CallResponse<'draftByModel'> | undefined;
  /** Every call that came, in order. */
  readonly calls: { readonly name: CallName; readonly request: unknown }[];
  /** The case on the main window's screen. */
  onScreen: OpenCase | undefined;
  /** To every window; set by the door. */
  tell: (event: WorkstationEvent) => void;
  /** Whether order, images and notes of the cases agree. */
  identity: OpenCase['identity'];
  /** Records of other sites of every case, and the priors there. */
  elsewhere: OpenCase['elsewhere'];
  priorsElsewhere: OpenCase['priors'];
  /** More facts of every case, and the pictures and PDFs that facts are of. */
  facts: OpenCase['notes']['facts'];
  documents: Record<string, { contentType: 'application/pdf' | 'image/jpeg' | 'image/png'; data: string }>;
  /** Answered instead of `signed`, until it is cleared. */
  signAnswer: CallResponse<'signReport'> | undefined;
  templates: readonly Template[];
  /** What another reader wrote first of every case. */
  attests: OpenCase['attests'];
}

type Answers = { [Name in CallName]: (request: CallRequest<Name>) => CallResponse<Name> };

export function createWorld(now: number, rowCount: number): DoorWorld {
  return {
    rows: believableRows(rowCount, now),
    picking: 'free',
    rules: believableRules(),
    isCriticalLate: false,
    savedLists: [],
    macros: { own: [], shared: [] },
    speechWords: [],
    hangings: { own: [] },
    displays: { desk: [], checks: [] },
    escalationRefusal: undefined,
    undoMs: 0,
    undoable: new Map(),
    versions: new Map(),
    amendments: new Map(),
    undo: undefined,
    waiting: [],
    discrepancies: [],
    pin: '2468',
    isLocked: false,
    isHubReachable: true,
    siteTroubles: [],
    isDiskFull: false,
    deliveries: [],
    drafts: new Map(),
    draftStates: new Map(),
    modelAnswer: undefined,
    calls: [],
    onScreen: undefined,
    tell: () => undefined,
    templates: TEMPLATES,
    attests: undefined,
    identity: { state: 'agreed', conflicts: [] },
    elsewhere: [],
    priorsElsewhere: [],
    facts: [],
    documents: {},
    signAnswer: undefined,
  };
}

const isFree = (row: WorklistRow): boolean =>
  row.state === 'ready' && row.claim === undefined && row.ineligible.length === 0 && row.declined === undefined;

export function createAnswers(world: DoorWorld, now: () => number): Answers {
  const open = (row: WorklistRow, canReport: boolean): { status: 'opened'; case: OpenCase } => {
    const believable = believableCase(row, now(), canReport);
    const notes = { ...believable.notes, facts: [...believable.notes.facts, ...world.facts] };
    const opened = { ...believable, notes, identity: world.identity, elsewhere: world.elsewhere };
    const draft = world.drafts.get(row.taskId);
    const [signed] = world.versions.get(row.taskId) ?? [];
    if (signed !== undefined) {
      const { body, addenda: _addenda, reason: _reason, ...facts } = signed;
      const shown = { ...opened, signed: facts, draft: { revision: 0, body: body as OpenCase['draft']['body'] } };
      world.onScreen = shown;
      world.tell({ type: 'case-changed' });
      return { status: 'opened', case: shown };
    }
    const begun = { ...opened, draft: draft ?? opened.draft };
    world.onScreen = canReport ? withFirstReader(begun, world.attests, draft === undefined) : begun;
    world.tell({ type: 'case-changed' });
    return { status: 'opened', case: world.onScreen };
  };
  const leaveScreen = (taskId: string) => {
    if (world.onScreen?.taskId === taskId) world.onScreen = undefined;
    world.tell({ type: 'case-changed' });
  };
  const rowOf = (taskId: string) => world.rows.find((row) => row.taskId === taskId);
  return {
    session: () => ({
      readerId: 'dr-lee',
      readerName: 'Lee^Dana',
      ...(world.undo === undefined || world.undo.until <= now() ? {} : { undo: world.undo }),
      hasPin: world.pin !== undefined,
      locked: world.isLocked,
      version: '0.1.0',
      host: 'browser',
      demo: false,
      ...(world.modelAnswer === undefined ? {} : { canAskModel: true }),
      sites: [...new Map(world.rows.map((row) => [row.siteId, row.siteName]))].map(([id, name]) => ({ id, name })),
      hub: 'embedded',
    }),
    setPin: ({ currentPin, pin }) => {
      if (world.pin !== undefined && currentPin !== world.pin) return { status: 'wrong-pin' };
      world.pin = pin;
      return { status: 'set' };
    },
    lock: () => {
      world.isLocked = true;
      world.tell({ type: 'session-locked' });
      return {};
    },
    unlock: ({ pin }) => {
      if (pin !== world.pin) return { status: 'wrong-pin' };
      world.isLocked = false;
      world.tell({ type: 'case-changed' });
      return { status: 'unlocked' };
    },
    worklist: () => {
      const next = world.rows.find(isFree);
      return {
        at: now(),
        revision: String(now()),
        rows: world.rows,
        picking: world.picking,
        ...(next === undefined ? {} : { nextTaskId: next.taskId }),
        hubReachable: world.isHubReachable,
        siteTroubles: world.siteTroubles,
      };
    },
    readNext: () => {
      if (!world.isHubReachable) return { status: 'hub-unreachable' };
      const next = world.rows.find(isFree);
      return next === undefined ? { status: 'empty' } : open(next, true);
    },
    ...createNotesAnswers(world, now),
    ...createListAnswers(world, now),
    ...createCriticalAnswers(world, now),
    ...createSigningAnswers(world, now),
    openCase: ({ taskId, readOnly }) => {
      const row = rowOf(taskId);
      if (row === undefined) return { status: 'order-closed' };
      if (readOnly) return open(row, false);
      if (row.claim !== undefined) {
        return { status: 'held-by-another', holder: 'Ken Ono', until: row.claim.leaseUntil };
      }
      return open(row, true);
    },
    renewClaim: () => ({ status: 'renewed', fence: '3', leaseUntil: now() + 180_000 }),
    openCaseNow: () => (world.onScreen === undefined ? {} : { case: world.onScreen }),
    nextCase: () => ({}),
    imagesSeen: () => ({}),
    caseIdentity: () => ({ status: 'checked', identity: world.identity }),
    decideIdentity: ({ taskId, verdict, reason }) => {
      if (reason === '') return { status: 'reason-needed' };
      if (verdict === 'sent-back') {
        leaveScreen(taskId);
        return { status: 'sent-back' };
      }
      world.identity = { state: 'agreed', conflicts: [] };
      if (world.onScreen !== undefined) world.onScreen = { ...world.onScreen, identity: world.identity };
      world.tell({ type: 'case-changed' });
      return { status: 'decided', identity: world.identity };
    },
    closeCase: ({ taskId }) => {
      leaveScreen(taskId);
      return {};
    },
    returnToList: ({ taskId }) => {
      leaveScreen(taskId);
      return { status: 'returned' };
    },
    saveDraft: ({ taskId, revision, body }) => {
      if (world.isDiskFull) return { status: 'not-saved', reason: 'The disk is full.' };
      const kept = world.drafts.get(taskId)?.revision ?? 0;
      if (kept !== revision) return { status: 'stale', revision: kept };
      // Parsed from JSON: an absent key is absent.
      const saved = { revision: kept + 1, savedAt: now(), body: body as OpenCase['draft']['body'] };
      world.drafts.set(taskId, saved);
      world.draftStates.set(taskId, [...(world.draftStates.get(taskId) ?? []), saved]);
      return { status: 'saved', revision: saved.revision, savedAt: saved.savedAt };
    },
    draftHistory: ({ taskId }) => {
      const kept = world.draftStates.get(taskId) ?? [];
      return {
        states: kept
          .map(({ revision, savedAt, body }, at) => {
            const before = kept[at - 1];
            return { revision, savedAt, ...(before === undefined ? {} : { change: changeSize(before.body, body) }) };
          })
          .toReversed(),
      };
    },
    draftByModel: () => world.modelAnswer ?? { status: 'off' },
    draftState: ({ taskId, revision }) => {
      const kept = world.draftStates.get(taskId) ?? [];
      const at = kept.findIndex((state) => state.revision === revision);
      const [found, before] = [kept[at], kept[at - 1]];
      if (found === undefined) return { status: 'not-found' };
      return { status: 'found', body: found.body, ...(before === undefined ? {} : { before: before.body }) };
    },
    macros: () => world.macros,
    saveMacros: ({ own }) => {
      world.macros = { ...world.macros, own };
      return { status: 'saved' };
    },
    displays: () => ({ ...world.displays, holdsFrom: now() - 12 * 3_600_000 }),
    saveDesk: ({ desk }) => {
      world.displays = { ...world.displays, desk };
      return { status: 'saved' };
    },
    keepDisplayCheck: ({ displayKey, kind, ...answers }) => {
      const verdict = judgeDisplay(answers);
      const check = {
        displayKey,
        kind,
        outcome: verdict.outcome,
        reasons: verdict.outcome === 'failed' ? [...verdict.reasons] : [],
        ambient: answers.ambient,
        seen: verdict.seen,
        of: answers.drawn.length,
        at: now(),
      };
      world.displays = { ...world.displays, checks: [...world.displays.checks, check] };
      return { status: 'saved', check };
    },
    speechModel: () => ({ model: { status: 'none' } }),
    installSpeechModel: ({ path }) => ({
      model: { status: 'refused', name: path, trouble: { code: 'no-folder' } },
    }),
    changeSpeechModel: () => ({ model: { status: 'none' } }),
    biasSpeech: () => ({}),
    speechWords: () => ({ words: world.speechWords }),
    saveSpeechWords: ({ words }) => {
      world.speechWords = words;
      return { status: 'saved' };
    },
    hangings: () => world.hangings,
    saveHangings: ({ own }) => {
      world.hangings = { own };
      return { status: 'saved' };
    },
    templates: () => ({
      templates: world.templates.map((template) => structuredClone(template) as OpenCase['template']),
    }),
    signReport: ({ taskId, pin, contextKeys, body, kind, attestation }) => {
      if (world.signAnswer !== undefined) return world.signAnswer;
      if (world.pin === undefined) return { status: 'no-pin' };
      if (pin !== world.pin) return { status: 'wrong-pin' };
      if (contextKeys.notes !== contextKeys.report || contextKeys.viewer !== contextKeys.report)
        return { status: 'context-mismatch' };
      const due = kind === undefined ? attestationDue(world.attests, body as OpenCase['draft']['body']) : undefined;
      if (due !== attestation) return { status: 'attestation-needed', text: due ?? '' };
      const row = rowOf(taskId);
      if (row === undefined) return { status: 'already-signed' };
      world.undoable.set(taskId, row);
      world.undo = { taskId, until: now() + world.undoMs };
      rememberSignature(world, taskId, body, now());
      world.rows = world.rows.filter((other) => other !== row);
      leaveScreen(taskId);
      const deliveries = (['hl7', 'fhir', 'stow', 'folder'] as const).map((channel, channelIndex): DeliveryView => {
        const base = {
          id: `${taskId}-${channel}`,
          version: '1',
          reportId: `report-${taskId}`,
          taskId,
          siteId: row.siteId,
          siteName: row.siteName,
          examText: row.exam.text,
          patientName: row.patient.name,
          channel,
          channelIndex,
          signedAt: now(),
          attempts: 1,
          notBefore: now(),
          sentAt: now(),
        };
        if (channel === 'stow') {
          return {
            ...base,
            state: 'with-a-person',
            problem: 'patient unknown at the site',
            tries: [{ at: now(), outcome: 'refused', code: 'stow-0110' }],
            answer: 'A900 patient unknown',
            legs: { processing: 'sent', acknowledgement: 'refused' },
            otherChannels: [{ channelIndex: 3, channel: 'folder' }],
          };
        }
        if (channel === 'folder') {
          const legs = { processing: 'queued', acknowledgement: 'none' } as const;
          return { ...base, state: 'waiting', attempts: 2, problem: 'disk full', legs };
        }
        return {
          ...base,
          state: 'accepted',
          legs: { processing: 'sent', acknowledgement: 'accepted' },
          acknowledgedAt: now(),
          acknowledgement: `ACK-${channel}-20261121021407-0001`,
        };
      });
      world.deliveries.push(...deliveries);
      return {
        status: 'signed',
        reportId: `report-${taskId}`,
        deliveries,
        ...(world.undoMs === 0 ? {} : { undoUntil: now() + world.undoMs }),
      };
    },
    deliveries: () => ({ at: now(), deliveries: world.deliveries, waitingForHub: world.isHubReachable ? 0 : 1 }),
    retryDelivery: ({ deliveryId }) => {
      const delivery = world.deliveries.find(({ id }) => id === deliveryId);
      if (delivery === undefined) return { status: 'not-found' };
      if (delivery.state === 'accepted') return { status: 'already-accepted' };
      Object.assign(delivery, { state: 'accepted', acknowledgedAt: now(), acknowledgement: 'ACK-after-retry' });
      return { status: 'queued' };
    },
    rerouteDelivery: ({ deliveryId }) => {
      const delivery = world.deliveries.find(({ id }) => id === deliveryId);
      if (delivery === undefined) return { status: 'not-found' };
      Object.assign(delivery, {
        state: 'settled-by-hand',
        settlement: { how: 'rerouted', by: 'Lee^Dana', at: now() },
      });
      return { status: 'rerouted' };
    },
    settleDelivery: () => ({ status: 'not-found' }),
    deliveryText: () => ({ status: 'found', text: 'CT HEAD\n\nFINDINGS\nNone.\n' }),
    importFolder: ({ path }) =>
      path.startsWith('/')
        ? {
            status: 'imported',
            folder: {
              siteId: 'disc',
              siteName: 'Disc of today',
              files: 42,
              instances: 40,
              studies: 2,
              problems: [
                { file: 'README.TXT', reason: 'Not a DICOM file.' },
                { file: 'IM00017', reason: 'Ends in the middle of the pixel data.' },
              ],
            },
          }
        : { status: 'refused', reason: 'There is no such folder on this workstation.' },
    importDropped: () => ({ status: 'refused', reason: 'The fake door keeps no files.' }),
    importedFolders: () => ({ folders: [] }),
  };
}
