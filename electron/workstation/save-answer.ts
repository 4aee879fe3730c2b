import type { CallResponse } from '#shared/contract/calls.ts';

import type { DraftStore, WriteRefusal } from './ports.ts';

/** What the reader is told; the text is then only in the window. */
const NOT_SAVED: Readonly<Record<WriteRefusal, string>> = {
  'no-space': 'the disk is full',
  'read-only': 'the disk cannot be written',
  'no-key': 'the PIN has not been entered',
  failed: 'the drafts cannot be written',
};

/** What a save came to, as the window is told. */
export function saveAnswer(
  saved: Awaited<ReturnType<DraftStore['save'] | DraftStore['saveAmendment']>>,
): CallResponse<'saveDraft'> {
  switch (saved.status) {
    case 'saved':
      return { status: 'saved', revision: saved.draft.revision, savedAt: saved.draft.savedAt };
    case 'not-saved':
      return { status: 'not-saved', reason: NOT_SAVED[saved.reason] };
    case 'stale':
      return saved;
    default:
      return saved satisfies never;
  }
}
