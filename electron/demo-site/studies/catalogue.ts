import type { EpochMs } from '#shared/kernel/clock.ts';
import { PRIORITIES } from '#shared/domain/priority.ts';
import type { DemoStudy } from './demo-study.ts';
import { ABDOMEN_STORIES } from './stories/abdomen-stories.ts';
import { CHEST_STORIES } from './stories/chest-stories.ts';
import { HEAD_STORIES } from './stories/head-stories.ts';
import { LIMB_AND_BREAST_STORIES } from './stories/limb-and-breast-stories.ts';
import { tellStory } from './stories/story.ts';

const STORIES = [...HEAD_STORIES, ...CHEST_STORIES, ...ABDOMEN_STORIES, ...LIMB_AND_BREAST_STORIES];

/**
 * Every study of the demo sites, no pixels made: first the current ones, most urgent first, then the priors.
 * Whoever makes the images in this order has the emergencies ready first.
 */
export function demoCatalogue(seed: number, now: EpochMs): DemoStudy[] {
  const rank = (study: DemoStudy): number =>
    (study.role === 'prior' ? PRIORITIES.length : 0) + PRIORITIES.indexOf(study.priority);
  return STORIES.map((story) => tellStory(story, STORIES, seed, now)).sort((a, b) => rank(a) - rank(b));
}
