import { create } from 'zustand';

import type { KeyImage } from '#shared/reporting/report.ts';

import { call, failureWords, type OpenCase } from '../bridge/index.ts';
import { createDraftKeeper, type DraftKeeper } from './draft-keeper.ts';
import { addKeyImage, fitWords, insertWords, toggleKeyImage } from './edit-report.ts';

/** The report of the open case. Held outside the panel, so that hiding a panel never drops a word. */
export const useReport = create<{ readonly keeper: DraftKeeper | undefined }>()(() => ({ keeper: undefined }));

/** Where the reader last stood in the text of a section of the open report. */
let caret: { readonly sectionId: string; readonly at: number } | undefined;
export const noteCaret = (sectionId: string, at: number): void => void (caret = { sectionId, at });

export function openReport(opened: OpenCase): void {
  caret = undefined;
  useReport.getState().keeper?.stop();
  const keeper = createDraftKeeper(
    {
      taskId: opened.taskId,
      contextKey: opened.contextKey,
      revision: opened.draft.revision,
      savedAt: opened.draft.savedAt,
      body: opened.draft.body,
    },
    {
      save: (request) =>
        call('saveDraft', request, { keepalive: JSON.stringify(request).length < KEEPALIVE_CHARACTERS }),
      failureWords,
      schedule: (run, ms) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    },
  );
  useReport.setState({ keeper });
}

/** Browsers refuse keepalive bodies over 64 KiB; a character may take three bytes. */
const KEEPALIVE_CHARACTERS = 20_000;

export function closeReport(): void {
  useReport.getState().keeper?.stop();
  useReport.setState({ keeper: undefined });
}

/** True when nothing is left unsaved. */
export const flushReport = async (): Promise<boolean> => (await useReport.getState().keeper?.flush()) ?? true;

/** Text that a save was refused for: it is in this window only. */
export function hasUnsavedText(): boolean {
  const kind = useReport.getState().keeper?.store.getState().save.kind;
  return kind === 'failed' || kind === 'stale';
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

/**
 * What was measured goes into the findings where the cursor stood last, else at their end; its image, where given, goes
 * with the report. False when no report is open.
 */
export function addMeasurement(words: string, image: KeyImage | undefined): boolean {
  const { keeper } = useReport.getState();
  const { sections } = keeper?.store.getState().body ?? { sections: [] };
  const home = sections.find(({ role }) => role === 'findings') ?? sections[0];
  if (keeper === undefined || home === undefined) return false;
  const at = caret?.sectionId === home.id ? Math.min(caret.at, home.text.length) : home.text.length;
  keeper.edit(insertWords({ sectionId: home.id, at, words }));
  if (image !== undefined) keeper.edit(addKeyImage(image));
  noteCaret(home.id, fitWords(home.text, at, words).caret);
  return true;
}
