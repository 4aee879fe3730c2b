import { create } from 'zustand';
import type { HangingProtocol } from '#shared/domain/hanging-protocol.ts';
import { shippedHangings } from './shipped-hangings.ts';

interface HangingsState {
  /** The reader's, from which the first choice is made where they fit as well. */
  readonly own: readonly HangingProtocol[];
  /** Stores them; undefined while nobody keeps them. */
  readonly keep: ((own: readonly HangingProtocol[]) => void) | undefined;
}

export const useHangings = create<HangingsState>()(() => ({ own: [], keep: undefined }));

/** The reader's own hangings, and who stores them when they change. */
export const offerHangings = (own: readonly HangingProtocol[], keep: HangingsState['keep']): void =>
  useHangings.setState({ own, keep });

export function keepHangings(own: readonly HangingProtocol[]): void {
  useHangings.setState({ own });
  useHangings.getState().keep?.(own);
}

export const allHangings = (): readonly (HangingProtocol & { readonly isOwn?: boolean })[] => [
  ...useHangings.getState().own.map((one) => ({ ...one, isOwn: true })),
  ...shippedHangings,
];
