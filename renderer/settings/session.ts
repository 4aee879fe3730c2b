import { create } from 'zustand';

import { call, CallFailed, failureWords, type Answer } from '../bridge/index.ts';
import { closeDialog, raiseAlert } from '../ui/index.ts';

type Session = Answer<'session'>;

export interface SessionState {
  readonly session: Session | undefined;
  /** Why there is no session, in words. */
  readonly refusal: string | undefined;
}

export const useSession = create<SessionState>()(() => ({ session: undefined, refusal: undefined }));

export async function loadSession(): Promise<void> {
  try {
    useSession.setState({ session: await call('session', {}), refusal: undefined });
  } catch (failure) {
    if (useSession.getState().session !== undefined) return;
    const refusal =
      failure instanceof CallFailed && failure.code === 'not-signed-in'
        ? 'This window is not signed in. Its address works once only: start Overread again to get a new one.'
        : failureWords(failure);
    useSession.setState({ refusal });
  }
}

/** Dialogs close with it: a half-typed PIN or a patient's line must not stay on a locked screen. */
export function markLocked(): void {
  closeDialog();
  useSession.setState(({ session }) => (session === undefined ? {} : { session: { ...session, locked: true } }));
}

export async function lockNow(): Promise<void> {
  markLocked();
  try {
    await call('lock', {});
  } catch (failure) {
    raiseAlert('lock', `Locked in this window only. ${failureWords(failure)}`);
  }
}

export const canLock = ({ session }: SessionState): boolean => session?.hasPin === true && !session.locked;
