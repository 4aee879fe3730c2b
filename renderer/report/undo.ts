import { create } from 'zustand';

import { call, failureWords, type Answer } from '../bridge/index.ts';
import { currentSecond, raiseAlert, say } from '../ui/index.ts';

/** The last signature, while it may be taken back. */
interface UndoWindow {
  readonly taskId: string;
  /** By the workstation's clock, which is this machine's. */
  readonly until: number;
  readonly isUnderWay: boolean;
}

export const useUndo = create<{ readonly last: UndoWindow | undefined }>()(() => ({ last: undefined }));

export function offerUndo(
  taskId: string,
  answer: Extract<Answer<'signReport'>, { status: 'signed' | 'signed-here' }>,
): void {
  showUndo(answer.undoUntil === undefined ? undefined : { taskId, until: answer.undoUntil });
}

/** What the workstation knows of it: it counts also after this window or the workstation was started anew. */
export function showUndo(known: { readonly taskId: string; readonly until: number } | undefined): void {
  if (useUndo.getState().last?.isUnderWay === true) return;
  useUndo.setState({ last: known === undefined ? undefined : { ...known, isUnderWay: false } });
}

/** Whole seconds that are left; 0 when it has left. */
export const secondsLeft = (last: UndoWindow | undefined, now: number): number =>
  last === undefined ? 0 : Math.max(0, Math.ceil((last.until - now) / 1000));

export const canUndo = (): boolean => {
  const { last } = useUndo.getState();
  return last !== undefined && !last.isUnderWay && secondsLeft(last, currentSecond()) > 0;
};

/** Answers the case whose signature was taken back. */
export async function undoSignature(): Promise<string | undefined> {
  const { last } = useUndo.getState();
  if (last === undefined || !canUndo()) return undefined;
  useUndo.setState({ last: { ...last, isUnderWay: true } });
  try {
    const { status } = await call('undoSignature', { taskId: last.taskId });
    useUndo.setState({ last: undefined });
    if (status === 'undone') {
      say('Signature taken back. Nothing has left.');
      return last.taskId;
    }
    if (status === 'too-late') say('Too late: the report has left. Correct it or add an addendum.');
    else
      raiseAlert(
        'undo',
        'The hub does not answer: it is not known whether the signature was taken back. Look at the case.',
      );
  } catch (failure) {
    useUndo.setState({ last: { ...last, isUnderWay: false } });
    raiseAlert('undo', `Not taken back. ${failureWords(failure)}`);
  }
  return undefined;
}
