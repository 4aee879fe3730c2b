import type { CallResponse } from '#shared/contract/calls.ts';

import type { Worklist } from './worklist.ts';

export function explainPlace(taskId: string, { worklist }: { readonly worklist: Worklist }): CallResponse<'whyHere'> {
  const entries = worklist.entries();
  const place = entries.findIndex(({ task }) => task.id === taskId);
  const entry = entries[place];
  if (entry === undefined) return { status: 'gone' };
  return {
    status: 'here',
    place: place + 1,
    sentence: entry.why[0] ?? '',
    contributions: [],
    ineligible: [...entry.ineligible],
    warnings: [],
    acts: [],
    escalation: { status: 'possible', pushedBack: [] },
  };
}
