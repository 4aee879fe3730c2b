import { create } from 'zustand';

import type { CallRequest } from '#shared/contract/calls.ts';

import { call, failureWords, type Answer, type CriticalView } from '../bridge/index.ts';
import { addSentence, flushReport, useReport } from '../report/index.ts';
import { clearAlert, openDialog, raiseAlert, say } from '../ui/index.ts';

export interface CriticalState {
  /** Unconfirmed, of every reader and site; least time left first. */
  readonly open: readonly CriticalView[];
  readonly confirmed: readonly CriticalView[];
}

export const useCritical = create<CriticalState>()(() => ({ open: [], confirmed: [] }));

export const countOpenCritical = ({ open }: CriticalState): number => open.length;
export const countEscalated = ({ open }: CriticalState): number =>
  open.filter(({ escalations }) => escalations.length > 0).length;

export async function loadCritical(): Promise<void> {
  try {
    const { open, confirmed } = await call('criticalResults', {});
    useCritical.setState({ open, confirmed });
    clearAlert('critical-board');
    alarm();
  } catch (failure) {
    raiseAlert('critical-board', `Critical results are shown as last seen. ${failureWords(failure)}`);
  }
}

/** What ran out unconfirmed is an alarm on every screen until someone confirms. It names sites, no patients. */
function alarm(): void {
  const late = useCritical.getState().open.filter(({ escalations }) => escalations.length > 0);
  if (late.length === 0) return clearAlert('critical-late');
  const sites = [...new Set(late.map(({ siteName }) => siteName))].join(', ');
  const what = late.length === 1 ? '1 critical result was' : `${late.length} critical results were`;
  raiseAlert('critical-late', `${what} not confirmed in time (${sites}). Open the board: Alt C.`);
}

export function showBoard(): void {
  void loadCritical();
  openDialog('critical-board');
}

/** The sentence into the open report, when it is the one the act was about and may be changed. */
async function addToReport(taskId: string, sentence: string): Promise<boolean> {
  const { keeper } = useReport.getState();
  if (keeper?.taskId !== taskId) return false;
  keeper.edit(addSentence(sentence));
  // Whether it is on disk yet is told where the draft is.
  await flushReport();
  return true;
}

type Recorded = { readonly ok: true } | { readonly ok: false; readonly why: string };

const UNKNOWN: Recorded = { ok: false, why: 'Not recorded: this reading is no longer on the hub.' };
const notDone = (failure: unknown): Recorded => ({
  ok: false,
  why: `Not recorded. ${failureWords(failure)} What you typed is kept here.`,
});

export async function recordCritical(request: CallRequest<'recordCritical'>, canReport: boolean): Promise<Recorded> {
  try {
    const answer = await call('recordCritical', request);
    if (answer.status === 'not-found') return UNKNOWN;
    const isInReport = canReport && (await addToReport(request.taskId, answer.sentence));
    const state = answer.isConfirmed ? 'Confirmed by read-back' : 'Open until someone confirms';
    say(
      `Critical result recorded. ${state}.${isInReport ? '' : ' It is not in the report: that cannot be changed here.'}`,
    );
    await loadCritical();
    return { ok: true };
  } catch (failure) {
    return notDone(failure);
  }
}

export async function recommend(request: CallRequest<'recommend'>, canReport: boolean): Promise<Recorded> {
  try {
    const answer = await call('recommend', request);
    if (answer.status === 'not-found') return UNKNOWN;
    if (canReport) await addToReport(request.taskId, answer.sentence);
    say('Recommendation recorded. The site is reminded when it is due.');
    return { ok: true };
  } catch (failure) {
    return notDone(failure);
  }
}

export async function askSite(request: CallRequest<'askSite'>): Promise<Recorded> {
  try {
    const { status } = await call('askSite', request);
    if (status === 'not-found') return UNKNOWN;
    say('Question sent to the site. Its answer comes with the notes.');
    return { ok: true };
  } catch (failure) {
    return notDone(failure);
  }
}

export async function tellCritical(request: CallRequest<'tellCritical'>): Promise<Recorded> {
  try {
    return await told((await call('tellCritical', request)).status, 'Call recorded.');
  } catch (failure) {
    return notDone(failure);
  }
}

export async function handOverCritical(id: string): Promise<void> {
  try {
    await told((await call('handOverCritical', { id })).status, 'Handed to the support desk.');
  } catch (failure) {
    raiseAlert('critical-board', `Not handed over. ${failureWords(failure)}`);
  }
}

async function told(status: Answer<'tellCritical'>['status'], words: string): Promise<Recorded> {
  say(status === 'confirmed-before' ? 'Someone has confirmed it already: nothing was changed.' : words);
  await loadCritical();
  return status === 'not-found' ? UNKNOWN : { ok: true };
}
