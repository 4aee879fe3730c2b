import { create } from 'zustand';
import type { HangingProtocol, SeriesWish } from '#shared/domain/hanging-protocol.ts';
import { answersPattern } from './model/header-words.ts';
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

/** Between cases: every pattern is read once, so that the first case does not wait for it. */
export function rehearseHangings(): void {
  const ofWish = ({ says = [], saysNot = [] }: SeriesWish): readonly string[] => [...says, ...saysNot];
  for (const { fits, stages } of allHangings()) {
    const patterns = [
      ...fits.flatMap(({ about = [], notAbout = [], series = [] }) => [about.flat(), notAbout, series.flatMap(ofWish)]),
      ...stages.flatMap(({ places }) => places.map(({ wishes }) => wishes.flatMap(ofWish))),
    ].flat();
    for (const pattern of new Set(patterns)) answersPattern('', pattern);
  }
}
