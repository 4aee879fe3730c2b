import { create } from 'zustand';

import type { CallRequest } from '#shared/contract/calls.ts';

import { call, failureWords, type Answer } from '../bridge/index.ts';
import { say } from '../ui/index.ts';

export type Rules = Answer<'listRules'>['rules'];
export type Rehearsed = Extract<Answer<'rehearseRules'>, { status: 'rehearsed' }>;

export interface RulesState {
  readonly inForce: Rules | undefined;
  /** As they might be. */
  readonly proposed: Rules | undefined;
  /** What last night would have been, and under which rules exactly. */
  readonly rehearsal: { readonly of: Rules; readonly outcome: Rehearsed } | undefined;
  readonly isBusy: boolean;
  readonly trouble: string | undefined;
}

export const useRules = create<RulesState>()(() => ({
  inForce: undefined,
  proposed: undefined,
  rehearsal: undefined,
  isBusy: false,
  trouble: undefined,
}));

async function busy(work: () => Promise<void>): Promise<void> {
  useRules.setState({ isBusy: true, trouble: undefined });
  try {
    await work();
  } catch (failure) {
    useRules.setState({ trouble: failureWords(failure) });
  } finally {
    useRules.setState({ isBusy: false });
  }
}

export const loadRules = (): Promise<void> =>
  busy(async () => {
    const { rules } = await call('listRules', {});
    useRules.setState({ inForce: rules, proposed: rules, rehearsal: undefined });
  });

export const propose = (change: Partial<Rules>): void =>
  useRules.setState(({ proposed }) => (proposed === undefined ? {} : { proposed: { ...proposed, ...change } }));

const writable = (rules: Rules): CallRequest<'switchRules'>['rules'] => structuredClone(rules);

const TROUBLE = {
  'nothing-to-rehearse': 'Nothing arrived in the last 24 hours, so there is nothing to rehearse on.',
  'hub-unreachable': 'The hub cannot be reached.',
  'changed-meanwhile': 'Somebody else has switched the rules meanwhile: look at them and rehearse again.',
} as const;

export const rehearse = (): Promise<void> =>
  busy(async () => {
    const { proposed } = useRules.getState();
    if (proposed === undefined) return;
    const outcome = await call('rehearseRules', { rules: writable(proposed) });
    if (outcome.status === 'rehearsed') useRules.setState({ rehearsal: { of: proposed, outcome } });
    else useRules.setState({ trouble: TROUBLE[outcome.status] });
  });

export const switchOn = (): Promise<void> =>
  busy(async () => {
    const { proposed } = useRules.getState();
    if (proposed === undefined) return;
    const { status } = await call('switchRules', { rules: writable(proposed) });
    if (status === 'switched') {
      useRules.setState({ inForce: proposed, rehearsal: undefined });
      say('The new rules order every list of the group from now on.');
    } else {
      useRules.setState({ trouble: TROUBLE[status] });
    }
  });

/** Only what was rehearsed as it stands, and is not in force already. */
export const canSwitchOn = ({ rehearsal, proposed, inForce }: RulesState): boolean =>
  rehearsal !== undefined && rehearsal.of === proposed && JSON.stringify(proposed) !== JSON.stringify(inForce);
