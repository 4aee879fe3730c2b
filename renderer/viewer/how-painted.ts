import { imagePlace, mmPerCssPixel, viewAxes, zoomPercent, type StackView } from './engine/view.ts';
import type { ImageFacts } from './model/image-facts.ts';
import { edgeLetters } from './model/orientation.ts';
import { isSamePlace } from './model/place.ts';
import type { Pane } from './viewer-store.ts';

/** What a pane knows of the image that has just been painted on it. */
type HowPainted = Pick<Pane, 'zoomPercent' | 'mmPerPixel' | 'edges' | 'place'> & {
  readonly painted: NonNullable<Pane['painted']>;
};

export function howPainted(view: StackView, facts: ImageFacts, index: number): HowPainted {
  const axes = viewAxes(view);
  return {
    painted: { facts, index },
    zoomPercent: zoomPercent(view, facts),
    mmPerPixel: mmPerCssPixel(view),
    edges: axes && edgeLetters(facts, axes),
    place: imagePlace(view, facts),
  };
}

export const isPaintedAlike = (pane: Pane, now: HowPainted): boolean =>
  pane.painted?.facts === now.painted.facts &&
  pane.zoomPercent === now.zoomPercent &&
  pane.mmPerPixel === now.mmPerPixel &&
  pane.edges?.top === now.edges?.top &&
  pane.edges?.left === now.edges?.left &&
  isSamePlace(pane.place, now.place);
