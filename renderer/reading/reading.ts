import { create } from 'zustand';

import { LEASE_TTL_MS } from '#shared/domain/claim.ts';

import { call, failureWords, type OpenCase, type Answer } from '../bridge/index.ts';
import { closeReport, flushReport, openReport, undoSignature } from '../report/index.ts';
import { clearAlert, closeDialog, openDialog, raiseAlert, say, showMoment } from '../ui/index.ts';

/** `unconfirmed`: the hub does not answer, the lease may run out. `none`: opened only to look. */
export type ClaimState = 'held' | 'unconfirmed' | 'lost' | 'none';

export interface ReadingState {
  readonly opened: OpenCase | undefined;
  readonly claim: ClaimState;
  readonly fence: string;
  readonly leaseUntil: number;
  readonly isOpening: boolean;
}

const NOTHING_OPEN = { opened: undefined, claim: 'none', fence: '', leaseUntil: 0, isOpening: false } as const;

export const useReading = create<ReadingState>()(() => NOTHING_OPEN);

export const isReading = (): boolean => useReading.getState().opened !== undefined;

type Refusal = Exclude<Answer<'openCase'>, { status: 'opened' }>;

function refusalWords(refusal: Refusal, now: number): string {
  switch (refusal.status) {
    case 'held-by-another':
      return `Held by ${refusal.holder} until ${showMoment(refusal.until, now)}. Nothing was opened.`;
    case 'order-closed':
      return 'This order is closed: it was signed or cancelled in the meantime.';
    case 'not-eligible':
      return `You may not read this: ${refusal.reason}`;
    case 'reason-needed':
      return 'Taking a case out of turn needs a reason here. Nothing was opened.';
    case 'read-next-only':
      return 'Cases are read in turn here: press “Read next”. Nothing was opened.';
    case 'hub-unreachable':
      return 'The hub cannot be reached, so no case can be claimed now. Nothing is lost.';
  }
}

/** Opens what the worklist puts first. */
export async function readNext(): Promise<void> {
  await open(async () => {
    const answer = await call('readNext', {});
    if (answer.status === 'opened') return answer.case;
    if (answer.status === 'empty') say('Nothing is waiting that you may read now.');
    else raiseAlert('open', refusalWords(answer, Date.now()));
    return undefined;
  });
}

/** `pickReason`: why it is taken out of turn, where the group wants to know. */
export async function openTask(taskId: string, readOnly: boolean, pickReason?: string): Promise<void> {
  await open(async () => {
    const answer = await call('openCase', { taskId, readOnly, ...(pickReason === undefined ? {} : { pickReason }) });
    if (answer.status === 'opened') return answer.case;
    raiseAlert('open', refusalWords(answer, Date.now()));
    return undefined;
  });
}

async function open(ask: () => Promise<OpenCase | undefined>): Promise<void> {
  if (useReading.getState().isOpening) return;
  const pressedAt = performance.now();
  useReading.setState({ isOpening: true });
  clearAlert('open');
  try {
    const opened = await ask();
    if (opened !== undefined) show(opened, pressedAt);
  } catch (failure) {
    raiseAlert('open', `The case was not opened. ${failureWords(failure)}`);
  } finally {
    useReading.setState({ isOpening: false });
  }
}

function show(opened: OpenCase, pressedAt: number): void {
  // Which study it is becomes known with the answer; the time is that of the key or click.
  performance.mark('overread:open', { startTime: pressedAt, detail: { studyInstanceUid: currentStudy(opened) } });
  openReport(opened);
  clearAlert('claim');
  clearAlert('late');
  useReading.setState({
    opened,
    claim: opened.canReport ? 'held' : 'none',
    fence: opened.fence,
    leaseUntil: opened.leaseUntil,
  });
  say(opened.canReport ? 'Case opened.' : 'Case opened to look only.');
}

export const currentStudy = ({ studies }: OpenCase): string =>
  (studies.find(({ role }) => role === 'current') ?? studies[0])?.studyInstanceUid ?? '';

/** Keeps the claim while the case is open; answers how to stop. */
export function keepClaim(): () => void {
  const timer = setInterval(() => void renewClaim(), LEASE_TTL_MS / 2);
  return () => clearInterval(timer);
}

export async function renewClaim(): Promise<void> {
  const { opened, claim } = useReading.getState();
  if (opened === undefined || claim === 'lost' || claim === 'none') return;
  const isStillOpen = () => useReading.getState().opened?.taskId === opened.taskId;
  try {
    const answer = await call('renewClaim', { taskId: opened.taskId });
    if (!isStillOpen()) return;
    if (answer.status === 'renewed') {
      useReading.setState({ claim: 'held', fence: answer.fence, leaseUntil: answer.leaseUntil });
      clearAlert('claim');
    } else if (answer.status === 'hub-unreachable') {
      markUnconfirmed();
    } else {
      loseClaim(opened.taskId);
    }
  } catch {
    if (isStillOpen()) markUnconfirmed();
  }
}

function markUnconfirmed(): void {
  useReading.setState({ claim: 'unconfirmed' });
  raiseAlert(
    'claim',
    'The claim on this case could not be renewed: the hub does not answer. Go on; it is tried again.',
  );
}

export function loseClaim(taskId: string): void {
  if (useReading.getState().opened?.taskId !== taskId) return;
  useReading.setState({ claim: 'lost' });
  raiseAlert(
    'claim',
    'The claim on this case was lost: another reader took it over, or the site cancelled. Your text is kept; signing is off.',
  );
}

/** One step back. Asks only when something typed is not on disk. */
export async function returnToList(): Promise<void> {
  if (!isReading()) return;
  if (useReading.getState().opened?.canReport === true && !(await flushReport())) {
    openDialog('unsaved');
    return;
  }
  await leave();
}

/** Off the screen by a call that ends the claim in its own way; stays when that did not come about. */
export async function leaveBy(end: () => Promise<boolean>): Promise<void> {
  if (useReading.getState().opened?.canReport === true && !(await flushReport())) return openDialog('unsaved');
  if (await end()) close();
}

export async function leave(): Promise<void> {
  const { opened, claim } = useReading.getState();
  if (opened === undefined) return;
  close();
  say('Back on the worklist. Your draft is kept.');
  if (claim === 'none' || claim === 'lost') return leaveScreen(opened.taskId);
  try {
    const { status } = await call('returnToList', { taskId: opened.taskId });
    if (status === 'hub-unreachable') say('Back on the worklist. The hub does not answer: the claim ends by itself.');
  } catch (failure) {
    raiseAlert('open', `The case could not be given back; the claim ends by itself. ${failureWords(failure)}`);
  }
}

/** Nothing to give back; the workstation still has to know that this case is on no screen. */
async function leaveScreen(taskId: string): Promise<void> {
  try {
    await call('closeCase', { taskId }, { keepalive: true });
  } catch {
    // The window with the images has heard it from this one already.
  }
}

/** The window goes away with a case in it. */
export function leaveWithWindow(): void {
  const { opened } = useReading.getState();
  if (opened !== undefined) void leaveScreen(opened.taskId);
}

function close(): void {
  closeDialog();
  closeReport();
  clearAlert('claim');
  clearAlert('late');
  clearAlert('viewer');
  useReading.setState(NOTHING_OPEN);
}

/** The hub holds other notes, or other sites other priors, than those shown: they take their place; the text stays. */
export async function loadNotesAgain(taskId: string): Promise<void> {
  if (useReading.getState().opened?.taskId !== taskId) return;
  const { case: now } = await call('openCaseNow', {}).catch(() => ({ case: undefined }));
  const { opened } = useReading.getState();
  if (now === undefined || opened === undefined || now.contextKey !== opened.contextKey) return;
  const { notes, priors, studies, elsewhere } = now;
  const isSame = studiesIn(now) === studiesIn(opened);
  useReading.setState({
    opened: { ...opened, notes, priors, elsewhere, ...(isSame ? {} : { studies }) },
  });
}

const studiesIn = ({ studies }: OpenCase): string => studies.map(({ studyInstanceUid }) => studyInstanceUid).join();

/** The request's own grade of this case, as it now stands on the hub. */
export function noteGrade(grade: 'A' | 'B' | 'C' | 'D', reason: string): void {
  const { opened } = useReading.getState();
  if (opened?.row.claim === undefined) return;
  const { radiologistId: by, radiologistName: byName } = opened.row.claim;
  useReading.setState({ opened: { ...opened, requisitionGrade: { grade, reason, by, byName, at: Date.now() } } });
}

/** Not this patient: the case is back on the list, the site was asked. */
export function finishSentBack(): void {
  close();
  say('Sent back: the site was asked whose images these are. The clock stands still.');
}

export function finishSigned(message: string): void {
  close();
  say(message);
}

/** The signature is taken back and its case comes back with it, unless the reader has gone on to another one. */
export async function undoAndReopen(): Promise<void> {
  const taskId = await undoSignature();
  if (taskId !== undefined && !isReading()) await openTask(taskId, false);
}

/** Another window's text in place of this one's. */
export async function loadOtherDraft(): Promise<void> {
  const { opened } = useReading.getState();
  if (opened !== undefined) await openTask(opened.taskId, false);
}

/** Why signing is off, in words; undefined when it is on. */
export function signRefusal({ claim, opened }: ReadingState): string | undefined {
  if (opened?.canReport !== true) return 'Opened only to look.';
  if (opened.identity.state === 'conflict') return 'Signing is off: decide first whose images these are.';
  return claim === 'lost' ? 'Signing is off: the claim was lost.' : undefined;
}
