import { create } from 'zustand';

import { call, failureWords, type OpenCase } from '../bridge/index.ts';
import type { Fact } from './group-notes.ts';

/** What was said of other exams of the patient, once the reader has asked for it; of one case only. */
export const useOutside = create<{ readonly contextKey: string; readonly facts: readonly Fact[] }>()(() => ({
  contextKey: '',
  facts: [],
}));

/** Undefined when it stands beside the images, else why not. */
export async function readOutside({ taskId, contextKey }: OpenCase, reason: string): Promise<string | undefined> {
  try {
    const answer = await call('notesOutsideOrder', { taskId, reason });
    if (answer.status === 'hub-unreachable') return 'Not read: the hub does not answer. Try again.';
    if (answer.status === 'not-found') return 'Not read: this case is no longer open.';
    useOutside.setState({ contextKey, facts: answer.facts });
    return undefined;
  } catch (failure) {
    return `Not read. ${failureWords(failure)}`;
  }
}
