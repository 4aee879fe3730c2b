/** Urgency classes, most urgent first (DOMAIN 2). Activations stand above STAT. */
export const PRIORITIES = ['stroke', 'trauma', 'stat', 'asap', 'urgent', 'routine'] as const;
export type Priority = (typeof PRIORITIES)[number];

export type TurnaroundMinutes = Readonly<Record<Priority, number>>;

/** Minutes from images complete to report due, by class (DOMAIN 2); a site may state its own. */
export const DEFAULT_TURNAROUND_MINUTES: TurnaroundMinutes = {
  stroke: 15,
  trauma: 20,
  stat: 30,
  asap: 60,
  urgent: 120,
  routine: 1440,
};

/** How a class is called on screen and in reasons. */
export const PRIORITY_LABEL: Readonly<Record<Priority, string>> = {
  stroke: 'Stroke code',
  trauma: 'Trauma activation',
  stat: 'STAT',
  asap: 'ASAP',
  urgent: 'Urgent',
  routine: 'Routine',
};

/** 0 is the most urgent: emergency before all else. */
export const priorityRank = (priority: Priority): number => PRIORITIES.indexOf(priority);

/** Tiers of the worklist: nothing of a later tier stands before anything of an earlier one. Both activations are one tier. */
const TIER: Readonly<Record<Priority, number>> = { stroke: 0, trauma: 0, stat: 1, asap: 2, urgent: 3, routine: 4 };
export const tierOf = (priority: Priority): number => TIER[priority];

export const isEmergency = (priority: Priority): boolean => TIER[priority] <= TIER.stat;

/** The more urgent of two classes; of one tier, the first. */
export const moreUrgent = (one: Priority, other: Priority): Priority => (TIER[other] < TIER[one] ? other : one);

/** One class up, for an escalation. It never reaches the activations: those are declared by a protocol, not asked for. */
export function oneClassUp(priority: Priority): Priority {
  switch (priority) {
    case 'routine':
      return 'urgent';
    case 'urgent':
      return 'asap';
    case 'asap':
      return 'stat';
    case 'stroke':
    case 'trauma':
    case 'stat':
      return priority;
  }
}
