import { create } from 'zustand';

/** One dialog at a time: what is open covers what is behind, and Escape has one meaning. */
export type DialogName =
  | 'palette'
  | 'shortcuts'
  | 'settings'
  | 'import-folder'
  | 'why'
  | 'escalate'
  | 'decline'
  | 'hand-over'
  | 'pick'
  | 'save-list'
  | 'board'
  | 'critical'
  | 'critical-board'
  | 'recommend'
  | 'ask-site'
  | 'grade'
  | 'break-glass'
  | 'document'
  | 'same-person'
  | 'send-back'
  | 'support'
  | 'delivery'
  | 'sign'
  | 'addendum'
  | 'correct'
  | 'withdraw'
  | 'versions'
  | 'history'
  | 'signed-here'
  | 'discrepancies'
  | 'macros'
  | 'scores'
  | 'dictation'
  | 'display-check'
  | 'unsaved';

export const useDialog = create<{ readonly open: DialogName | undefined }>()(() => ({ open: undefined }));

export const openDialog = (open: DialogName): void => useDialog.setState({ open });
export const closeDialog = (): void => useDialog.setState({ open: undefined });
export const isDialogOpen = (): boolean => useDialog.getState().open !== undefined;
