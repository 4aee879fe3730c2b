import type { ReportBody } from '#shared/reporting/report.ts';

import { say } from '../ui/index.ts';
import { useReport } from './current-report.ts';

/** The focus is in the report of the open case: there Ctrl Z means its text. */
export const isInReport = (): boolean =>
  useReport.getState().opened?.canReport === true && document.activeElement?.closest('[data-region=report]') != null;

/** One step back or forth over everything in the report: typed, dictated, inserted, chosen, restored. */
export function stepChange(step: 'undo' | 'redo'): void {
  const { keeper } = useReport.getState();
  if (keeper === undefined) return;
  const { body: before } = keeper.store.getState();
  if (!keeper[step]()) return say(step === 'undo' ? 'There is nothing to take back.' : 'There is nothing to redo.');
  const place = changedPlace(before, keeper.store.getState().body);
  // The box has its new text only once the page was drawn anew.
  if (place !== undefined) requestAnimationFrame(() => goBehind(place));
}

interface ChangedPlace {
  readonly sectionId: string;
  readonly fieldId?: string;
  /** Behind the last letter that differs. */
  readonly at: number;
}

/** The first place of a report that another state of it says differently. */
function changedPlace(before: ReportBody, after: ReportBody): ChangedPlace | undefined {
  for (const section of after.sections) {
    const old = before.sections.find(({ id }) => id === section.id);
    if (old === undefined || old === section) continue;
    const field = section.fields.find(({ id, value }) =>
      old.fields.some((each) => each.id === id && each.value !== value),
    );
    if (field !== undefined) return { sectionId: section.id, fieldId: field.id, at: field.value.length };
    const isIn = (id: string, fields: typeof section.fields): boolean => fields.some((each) => each.id === id);
    const [added] = section.fields.filter(({ id }) => !isIn(id, old.fields));
    if (added !== undefined) return { sectionId: section.id, fieldId: added.id, at: added.value.length };
    if (section.fields.length < old.fields.length) return { sectionId: section.id, at: section.text.length };
    if (old.text !== section.text) return { sectionId: section.id, at: endOfChange(old.text, section.text) };
  }
  return undefined;
}

function endOfChange(before: string, after: string): number {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let same = 0;
  while (same < most - start && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  return after.length - same;
}

function goBehind({ sectionId, fieldId, at }: ChangedPlace): void {
  const selector =
    fieldId === undefined
      ? `textarea[data-section-id="${CSS.escape(sectionId)}"]`
      : `[data-field="${CSS.escape(fieldId)}"]`;
  const box = document.querySelector<HTMLElement>(`[data-region=report] :is(${selector})`);
  box?.focus();
  if (box instanceof HTMLTextAreaElement) box.setSelectionRange(at, at);
}
