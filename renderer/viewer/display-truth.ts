import { create } from 'zustand';

import type { DisplayKind } from '#shared/domain/display-check.ts';
import type { OverlayLine } from './model/overlay-lines.ts';

/** What is known of the display this window stands on. */
export interface DisplayTruth {
  /** Why its images are not for diagnosis; undefined: it passed its check, or nothing is known yet. */
  readonly doubt: string | undefined;
  readonly kind: DisplayKind;
}

export const useDisplayTruth = create<DisplayTruth>()(() => ({ doubt: undefined, kind: 'colour' }));

/** Stands on every image from now on. */
export const stateDisplay = (truth: DisplayTruth): void => useDisplayTruth.setState(truth);

/** First of all lines: it is true of the whole image. */
export function displayLines({ doubt, kind }: DisplayTruth, hasColour: boolean): OverlayLine[] {
  return [
    // Why, and what to do, stands once a window.
    ...(doubt === undefined ? [] : [{ text: 'Not for diagnosis', weight: 'essential' as const }]),
    ...(kind === 'grey' && hasColour
      ? [{ text: 'Grey display: colours cannot be told apart', weight: 'useful' as const }]
      : []),
  ];
}
