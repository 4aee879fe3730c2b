import type { CallHandlers } from './door/api.ts';
import type { RuleBook } from './rule-book.ts';
import type { CallResponse } from '#shared/contract/calls.ts';
import type { WorklistRules } from '#shared/domain/worklist-rules.ts';

import type { Watch } from './watch.ts';

export interface RuleDesk {
  readonly book: RuleBook;
  rehearse(proposed: WorklistRules): Promise<CallResponse<'rehearseRules'>>;
}

/** What orders the list, tried out before it is switched on. */
export const createRuleHandlers = ({
  ruleDesk,
  watch,
}: {
  readonly ruleDesk: RuleDesk;
  readonly watch: Watch;
}): Pick<CallHandlers, 'listRules' | 'rehearseRules' | 'switchRules'> => ({
  listRules: async () => {
    await ruleDesk.book.refresh();
    const rules = ruleDesk.book.inForce();
    const { interruption } = rules;
    return { rules: { ...rules, interruption: { ...interruption, for: [...interruption.for] } } };
  },
  rehearseRules: ({ rules }) => ruleDesk.rehearse(rules),
  switchRules: async ({ rules }) => {
    const status = await ruleDesk.book.switchTo(rules);
    watch.worklistChanged();
    return { status };
  },
});
