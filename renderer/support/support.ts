import { create } from 'zustand';

import type { CallRequest } from '#shared/contract/calls.ts';

import { call, failureWords, type Answer } from '../bridge/index.ts';
import { clearAlert, openDialog, raiseAlert, say } from '../ui/index.ts';

export type Desk = Answer<'support'>;

export interface SupportState {
  readonly desk: Desk | undefined;
  readonly trouble: string | undefined;
  /** Told once, on this screen, until the desk is closed: kept nowhere else. */
  readonly told: { readonly siteName: string; readonly code: string; readonly url?: string } | undefined;
}

export const useSupport = create<SupportState>()(() => ({ desk: undefined, trouble: undefined, told: undefined }));

export async function loadSupport(): Promise<void> {
  try {
    useSupport.setState({ desk: await call('support', {}), trouble: undefined });
  } catch (failure) {
    useSupport.setState({ trouble: failureWords(failure) });
  }
}

export function showSupport(): void {
  void loadSupport();
  openDialog('support');
}

export const forgetTold = (): void => useSupport.setState({ told: undefined });

async function act(work: () => Promise<string>): Promise<void> {
  try {
    say(await work());
    clearAlert('support');
  } catch (failure) {
    raiseAlert('support', `Not done. ${failureWords(failure)}`);
  }
  await loadSupport();
}

export const answerQuestion = (request: CallRequest<'answerQuestion'>): Promise<void> =>
  act(async () => {
    const { status } = await call('answerQuestion', request);
    return status === 'done'
      ? 'Answer recorded; it stands with the notes.'
      : 'The question is answered or gone already.';
  });

export const closeRecommendation = (request: CallRequest<'closeRecommendation'>): Promise<void> =>
  act(async () => {
    const { status } = await call('closeRecommendation', request);
    return status === 'done' ? 'Follow-up closed.' : 'The follow-up is closed or gone already.';
  });

export const resendDelivery = (deliveryId: string): Promise<void> =>
  act(async () => {
    const { status } = await call('retryDelivery', { deliveryId });
    return status === 'queued' ? 'Delivery goes out again now.' : 'That delivery is acknowledged or gone.';
  });

export const inviteSite = (siteId: string, siteName: string): Promise<void> =>
  act(async () => {
    const invited = await call('inviteSite', { siteId });
    if (invited.status === 'no-inbox') return 'This site has no inbox page.';
    useSupport.setState({ told: { siteName, code: invited.code, url: invited.url } });
    return 'Link and code made: shown once.';
  });

export const newCode = (linkId: string, siteName: string): Promise<void> =>
  act(async () => {
    const made = await call('newInboxCode', { linkId });
    if (made.status !== 'made') return 'That link no longer works: make a new one.';
    useSupport.setState({ told: { siteName, code: made.code } });
    return 'New code made: shown once.';
  });

export const revokeLink = (linkId: string): Promise<void> =>
  act(async () => {
    await call('revokeInboxLink', { linkId });
    return 'The link no longer works.';
  });
