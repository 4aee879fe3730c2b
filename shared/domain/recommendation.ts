import type { EpochMs } from '../kernel/clock.ts';
import type { AccessionNumber, PatientId, SiteId, TaskId } from './identifiers.ts';

/** `open`: not yet due. `reminded`: the site was told that it is due. */
export type RecommendationState = 'open' | 'reminded' | 'done' | 'declined';

/** A follow-up the reader advises, as data: what, when, why. The site is reminded when it falls due. */
export interface Recommendation {
  readonly id: string;
  readonly version: string;
  readonly uuid: string;
  readonly taskId: TaskId;
  readonly siteId: SiteId;
  readonly siteName: string;
  readonly accessionNumber?: AccessionNumber;
  readonly patientId?: PatientId;
  readonly patientName: string;
  readonly examText: string;
  readonly what: string;
  readonly why: string;
  readonly dueAt: EpochMs;
  readonly recommendedAt: EpochMs;
  readonly recommendedBy: { readonly id: string; readonly name: string };
  readonly state: RecommendationState;
  readonly remindedAt?: EpochMs;
  /** How the reminder reached the site; `support-desk`: nothing does, so a person calls. */
  readonly remindedBy?: 'notice' | 'support-desk';
  /** Who closed it, and what they said. */
  readonly closedBy?: string;
}

export const isRecommendationOpen = ({ state }: Recommendation): boolean => state === 'open' || state === 'reminded';

export const isReminderDue = (recommendation: Recommendation, now: EpochMs): boolean =>
  recommendation.state === 'open' && now >= recommendation.dueAt;
