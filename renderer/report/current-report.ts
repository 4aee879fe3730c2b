import { create } from 'zustand';

import type { KeyImage } from '#shared/reporting/report.ts';

import type { OpenCase } from '../bridge/index.ts';
import { flushAmendment, hasUnsavedAmendment } from './amendment-draft.ts';
import { createDraftKeeper, writable, type DraftKeeper } from './draft-keeper.ts';
import { savePorts } from './save-ports.ts';
import { toggleKeyImage } from './edit-report.ts';

/** The report of the open case. Held outside the panel, so that hiding a panel never drops a word. */
export const useReport = create<{ readonly keeper: DraftKeeper | undefined }>()(() => ({ keeper: undefined }));

export function openReport(opened: OpenCase): void {
  useReport.getState().keeper?.stop();
  const keeper = createDraftKeeper(
    {
      taskId: opened.taskId,
      contextKey: opened.contextKey,
      revision: opened.draft.revision,
      savedAt: opened.draft.savedAt,
      body: opened.draft.body,
    },
    savePorts(({ revision, body }) => [
      'saveDraft',
      { taskId: opened.taskId, contextKey: opened.contextKey, revision, body: writable(body) },
    ]),
  );
  useReport.setState({ keeper });
}

export function closeReport(): void {
  useReport.getState().keeper?.stop();
  useReport.setState({ keeper: undefined });
}

/** True when nothing is left unsaved. */
export async function flushReport(): Promise<boolean> {
  const [isReportSaved = true, isAmendmentSaved] = await Promise.all([
    useReport.getState().keeper?.flush(),
    flushAmendment(),
  ]);
  return isReportSaved && isAmendmentSaved;
}

/** Text that a save was refused for: it is in this window only. */
export function hasUnsavedText(): boolean {
  const kind = useReport.getState().keeper?.store.getState().save.kind;
  return kind === 'failed' || kind === 'stale' || hasUnsavedAmendment();
}

/** The case whose report stands in the editor. */
export const reportContextKey = (): string | undefined => useReport.getState().keeper?.contextKey;

/** Marks or unmarks an image in the open report. Answers what was done; undefined when no report is open. */
export function markKeyImage(image: KeyImage): 'marked' | 'unmarked' | undefined {
  const { keeper } = useReport.getState();
  if (keeper === undefined) return undefined;
  const before = keeper.store.getState().body.keyImages?.length ?? 0;
  keeper.edit(toggleKeyImage(image));
  return (keeper.store.getState().body.keyImages?.length ?? 0) > before ? 'marked' : 'unmarked';
}
