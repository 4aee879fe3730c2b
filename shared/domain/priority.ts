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
