import type { EpochMs } from '../kernel/clock.ts';
import type { AccessionNumber, SiteId, TaskId } from './identifiers.ts';

/** Why the fair clock stands still while a question is open. */
export const WAITS_FOR_ANSWER = 'an answer to a question';

/** How a question that goes by message fares: sent again until the site has taken or refused it. */
export interface QuestionSending {
  readonly attempts: number;
  /** When it is sent again; absent once the site has taken or refused it. */
  readonly notBefore?: EpochMs;
  readonly acknowledgedAt?: EpochMs;
  /** Why it was not taken the last time. */
  readonly problem?: string;
}

/** Something the reader needs to know of the site; open until someone there has answered. */
export interface SiteQuestion {
  readonly id: string;
  readonly version: string;
  readonly uuid: string;
  readonly taskId: TaskId;
  readonly siteId: SiteId;
  readonly siteName: string;
  readonly accessionNumber?: AccessionNumber;
  readonly patientName: string;
  readonly examText: string;
  readonly text: string;
  readonly askedAt: EpochMs;
  readonly askedBy: { readonly id: string; readonly name: string };
  readonly sending?: QuestionSending;
  readonly answer?: { readonly text: string; readonly by: string; readonly at: EpochMs };
}
