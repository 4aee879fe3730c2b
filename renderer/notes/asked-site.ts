import { create } from 'zustand';

import { call, type Answer } from '../bridge/index.ts';

export type AskedQuestion = Answer<'caseQuestions'>['questions'][number];

/** What the site of the open case was asked, and its answers as they come. */
export const useAskedSite = create<{
  readonly taskId: string | undefined;
  readonly questions: readonly AskedQuestion[];
}>()(() => ({ taskId: undefined, questions: [] }));

/** Asks the hub again for the open case; while it does not answer, what was last seen stays. */
export async function loadAskedSite(): Promise<void> {
  const { taskId } = useAskedSite.getState();
  if (taskId === undefined) return;
  const answer = await call('caseQuestions', { taskId }).catch(() => undefined);
  if (answer !== undefined && useAskedSite.getState().taskId === taskId)
    useAskedSite.setState({ questions: answer.questions });
}

/** From now on the questions of this case; the returned function ends it. */
export function followAskedSite(taskId: string): () => void {
  useAskedSite.setState({ taskId, questions: [] });
  void loadAskedSite();
  return () => useAskedSite.setState({ taskId: undefined, questions: [] });
}
