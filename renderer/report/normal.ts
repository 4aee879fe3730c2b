import type { Template } from '#shared/reporting/report.ts';
import { hasNormal, writeNormal } from '#shared/reporting/normal-report.ts';

import { say } from '../ui/index.ts';
import { macroFacts, useReport } from './current-report.ts';

/** The template as it stands in the editor; until the panel is drawn, the one the case was opened with. */
function templateNow(): Template | undefined {
  const { template, opened, keeper } = useReport.getState();
  const id = keeper?.store.getState().body.templateId;
  return [template, opened?.template].find((each) => each?.id === id);
}

export function canWriteNormal(): boolean {
  const template = templateNow();
  return template !== undefined && hasNormal(template);
}

/** One act, taken back by one undo; nothing that was written is written over. */
export function writeNormalReport(): void {
  const { keeper } = useReport.getState();
  const template = templateNow();
  if (keeper === undefined || template === undefined) return;
  const { change, leftOut } = writeNormal(template, macroFacts(Date.now()));
  keeper.edit(change);
  const without =
    leftOut.length === 0 ? '' : ` Left out, because the history says it was removed: ${leftOut.join(', ')}.`;
  say(`The normal report is written: read it before you sign.${without}`);
}

export function goToFindings(): void {
  const box = document.querySelector<HTMLTextAreaElement>('[data-region=report] textarea[data-section=findings]');
  box?.focus();
  box?.setSelectionRange(box.value.length, box.value.length);
}
