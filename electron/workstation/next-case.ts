import type { CallResponse } from '#shared/contract/calls.ts';
import { contextKeyOf } from '#shared/domain/context-key.ts';

import { studiesOf } from './cases.ts';
import type { Elsewhere } from './elsewhere.ts';
import type { Worklist } from './worklist.ts';

/**
 * The case that is likely opened next, named by its studies only: what a window needs to have images ready, and nothing
 * of the patient. The row the reader stands on goes before the head of the list; the case on the screen is neither.
 */
export function likelyNextCase(
  worklist: Worklist,
  elsewhere: Pick<Elsewhere, 'withPriors'>,
  { onScreen, pointedAt }: { readonly onScreen: string | undefined; readonly pointedAt: string | undefined },
): CallResponse<'nextCase'> {
  const free = worklist.entries().filter(({ task }) => task.id !== onScreen);
  const entry = free.find(({ task }) => task.id === pointedAt) ?? free.find(({ canBeNext }) => canBeNext);
  if (entry === undefined) return {};
  const { task } = entry;
  return {
    case: {
      taskId: task.id,
      contextKey: contextKeyOf(task),
      studies: studiesOf(elsewhere.withPriors(task)),
      areImagesHere: worklist.rowFor(task).opens.kind === 'now',
    },
  };
}
