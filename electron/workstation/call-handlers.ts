import type { CallResponse } from '#shared/contract/calls.ts';
import type { Macro } from '#shared/reporting/macro.ts';
import type { OwnWord } from '#shared/reporting/speech/speech.ts';
import { instanceOfDocument } from '#shared/domain/notes.ts';
import { FhirError } from '#shared/fhir/fhir-client.ts';
import { readNoteDocument, readNotesOutsideOrder } from '#shared/fhir/read-notes.ts';
import type { Complaint } from '#shared/reporting/complaint.ts';
import type { ReportBody } from '#shared/reporting/report.ts';
import type { TaskId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';

import { CallFailure } from './call-failure.ts';
import type { Cases } from './cases.ts';
import type { Claims } from './claims.ts';
import { createCriticalHandlers } from './critical-handlers.ts';
import type { CriticalDesk } from './critical-desk.ts';
import type { Deliveries } from './deliveries.ts';
import type { DeliveryActs } from './delivery-acts.ts';
import { createDeliveryHandlers } from './delivery-handlers.ts';
import type { HandedDrafts } from './handed-drafts.ts';
import { createDisplayHandlers, type DisplayPorts } from './displays.ts';
import type { DraftHistory } from './draft-history.ts';
import type { CallHandlers } from './door/api.ts';
import type { Elsewhere } from './elsewhere.ts';
import type { EventBus } from './event-bus.ts';
import type { Group } from './group.ts';
import type { IdentityDesk } from './identity-desk.ts';
import { likelyNextCase } from './next-case.ts';
import type { WorkstationPorts } from './ports.ts';
import { createModelDraft } from './model-draft.ts';
import type { Readings } from './readings.ts';
import { createRuleHandlers, type RuleDesk } from './rule-handlers.ts';
import { readStudyDocument } from './study-document.ts';
import type { Studies } from './studies/studies.ts';
import type { StoredList } from './stored-list.ts';
import type { Session } from './session.ts';
import type { UndoWindow } from './signing/ports.ts';
import { createSpeechHandlers } from './speech-handlers.ts';
import { createSigningHandlers, type SigningHandlerPorts } from './signing/signing-handlers.ts';
import type { Shifts } from './shifts.ts';
import type { ListAnswer } from './list-answer.ts';
import type { LateImages } from './studies/late-images.ts';
import type { Watch } from './watch.ts';
import { createWorklistHandlers } from './worklist-handlers.ts';
import type { Worklist } from './worklist.ts';

type Ports = WorkstationPorts & {
  readonly session: Session;
  readonly readings: Readings;
  readonly worklist: Worklist;
  readonly list: ListAnswer;
  readonly cases: Cases;
  readonly claims: Claims;
  readonly group: Group;
  readonly savedLists: StoredList<CallResponse<'savedLists'>['lists'][number]>;
  readonly macros: StoredList<Macro>;
  readonly speechWords: StoredList<OwnWord>;
  readonly hangings: StoredList<CallResponse<'hangings'>['own'][number]>;
  readonly displays: DisplayPorts;
  readonly shifts: Shifts;
  readonly ruleDesk: RuleDesk;
  readonly signingDesk: SigningHandlerPorts;
  readonly check: (task: ReadingTask, body: ReportBody) => Promise<readonly Complaint[]>;
  readonly draftHistory: DraftHistory;
  readonly handed: HandedDrafts;
  readonly deliveries: Deliveries;
  readonly deliveryActs: DeliveryActs;
  readonly criticalDesk: CriticalDesk;
  readonly identityDesk: IdentityDesk;
  readonly late: LateImages;
  readonly elsewhere: Elsewhere;
  readonly studies: Studies;
  readonly events: EventBus;
  readonly watch: Watch;
};

/** Every call of the contract, to the use case that answers it. */
export function createCallHandlers(ports: Ports): CallHandlers {
  const { session, readings, worklist, cases, events, watch } = ports;

  const caseChanged = () => {
    events.emit({ type: 'case-changed' });
  };

  return {
    ...createCriticalHandlers(ports.criticalDesk),
    ...createDisplayHandlers(ports.displays),
    session: async () => ({
      ...undoOf(ports.signing.undoable().at(-1)),
      readerId: ports.reader.id,
      readerName: ports.reader.name,
      hasPin: ports.secrets.hasPin(),
      locked: session.isLocked(),
      isProtected: ports.secrets.isProtected(),
      signsWith: ports.freshSignIn === undefined ? 'pin' : 'sign-in',
      version: ports.version,
      host: ports.host,
      demo: ports.demo,
      ...(ports.languageModel === undefined ? {} : { canAskModel: true }),
      sites: ports.sites().map(({ id, name }) => ({ id, name })),
      hub: ports.hub,
    }),
    setPin: async ({ currentPin, pin }) => ({ status: await session.setPin(currentPin, pin) }),
    lock: async () => {
      session.lock();
      return {};
    },
    unlock: async ({ pin }) => {
      const status = await session.unlock(pin);
      if (status === 'unlocked') caseChanged();
      return { status };
    },
    ...createWorklistHandlers(ports),
    ...createRuleHandlers(ports),
    openCaseNow: async () => ({ case: await cases.current() }),
    nextCase: async ({ pointedAt }) =>
      likelyNextCase(worklist, ports.elsewhere, { onScreen: cases.onScreenTaskId(), pointedAt }),
    imagesSeen: async ({ studyInstanceUid, sopInstanceUids }) => {
      ports.late.seen(studyInstanceUid, sopInstanceUids);
      return {};
    },
    notesOutsideOrder: async ({ taskId }) => {
      const task = cases.known(taskId);
      if (task === undefined) return { status: 'not-found' };
      try {
        return { status: 'read', facts: await readNotesOutsideOrder(ports.fhir, task) };
      } catch (error) {
        if (error instanceof FhirError) return { status: 'hub-unreachable' };
        throw error;
      }
    },
    noteDocument: async ({ taskId, of, page }) => {
      const task = cases.known(taskId);
      if (task === undefined) return { status: 'not-found' };
      const inStudy = instanceOfDocument(of);
      if (inStudy !== undefined)
        return readStudyDocument(ports.elsewhere.withPriors(task), { sopInstanceUid: inStudy, page }, ports);
      try {
        const found = await readNoteDocument(ports.fhir, task, of);
        return found === undefined ? { status: 'not-found' } : { status: 'read', ...found };
      } catch (error) {
        if (error instanceof FhirError) return { status: 'hub-unreachable' };
        throw error;
      }
    },
    gradeRequisition: async ({ taskId, grade, reason }) => {
      const { id: by, name: byName } = ports.reader;
      const written = await ports.claims.amend(taskId as TaskId, (task, at) => ({
        ...task,
        requisitionGrade: { grade, by, byName, at, reason },
      }));
      if (written !== 'written') return { status: written === 'not-changed' ? 'not-found' : written };
      const now = await ports.claims.read(taskId as TaskId);
      if (now.ok) cases.noteTask(now.value);
      return { status: 'graded' };
    },
    caseIdentity: ({ taskId }) => ports.identityDesk.identity(taskId),
    decideIdentity: async (request) => {
      const answer = await ports.identityDesk.decide(request);
      if (answer.status === 'decided' || answer.status === 'sent-back') caseChanged();
      if (answer.status === 'sent-back') {
        events.emit({ type: 'critical-changed' });
        watch.worklistChanged();
      }
      return answer;
    },
    decideElsewhere: (request) => ports.elsewhere.decide(cases.known(request.taskId), request),
    closeCase: async ({ taskId }) => {
      cases.leaveScreen(taskId);
      caseChanged();
      return {};
    },
    renewClaim: async ({ taskId }) => {
      const answer = await cases.renew(taskId);
      if (answer.status === 'held-by-another' || answer.status === 'order-closed')
        events.emit({ type: 'claim-lost', taskId });
      return answer;
    },
    returnToList: async ({ taskId }) => {
      const answer = await cases.returnToList(taskId);
      caseChanged();
      if (answer.status === 'returned') watch.worklistChanged();
      return answer;
    },
    saveDraft: (request) => cases.saveDraft(request),
    draftHistory: (request) => ports.draftHistory.list(request),
    draftByModel: createModelDraft(ports),
    draftState: (request) => ports.draftHistory.state(request),
    macros: async () => ({ own: await ports.macros.load(), shared: [...(ports.sharedMacros ?? [])] }),
    saveMacros: async ({ own }) => ({ status: await ports.macros.save(own) }),
    hangings: async () => ({ own: await ports.hangings.load() }),
    saveHangings: async ({ own }) => ({ status: await ports.hangings.save(own) }),
    templates: async () => ({ templates: ports.templates as CallResponse<'templates'>['templates'] }),
    checkReport: async ({ taskId, body }) => {
      const task = cases.held(taskId)?.task ?? readings.find(taskId);
      if (task === undefined) throw new CallFailure('not-found', 'There is no such reading.');
      return { complaints: [...(await ports.check(task, body as ReportBody))] };
    },
    ...createSigningHandlers(ports.signingDesk),
    ...createDeliveryHandlers(ports),
    ...createSpeechHandlers(ports.speechModels, ports.speechWords),
    importFolder: async ({ path }) => {
      const answer = await ports.folders.importFolder(path, ({ files, done }) => {
        events.emit({ type: 'import-progress', files, done });
      });
      if (answer.status === 'imported') watch.worklistChanged();
      return answer;
    },
    importDropped: async ({ batchId, name }) => {
      const path = await ports.dropped.gather(batchId, name);
      if (path === undefined) return { status: 'refused', reason: 'No file of this folder has arrived.' };
      const answer = await ports.folders.importFolder(path, ({ files, done }) => {
        events.emit({ type: 'import-progress', files, done });
      });
      if (answer.status === 'imported') watch.worklistChanged();
      return answer;
    },
    importedFolders: async () => ({ folders: [...(await ports.folders.importedFolders())] }),
  };
}

const undoOf = (window: UndoWindow | undefined): Pick<CallResponse<'session'>, 'undo'> =>
  window === undefined ? {} : { undo: { taskId: window.taskId, until: window.until } };
