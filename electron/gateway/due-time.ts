import { DEFAULT_TURNAROUND_MINUTES, type Priority } from '#shared/domain/priority.ts';
import type { Site } from '#shared/domain/site.ts';
import { MINUTE_MS, type EpochMs } from '#shared/kernel/clock.ts';

/** When the report is due: the site's turnaround for the class, else the default, from the moment the images are complete (DOMAIN 2). */
export const dueAtFor = (site: Site, priority: Priority, imagesCompleteAt: EpochMs): EpochMs =>
  (imagesCompleteAt +
    (site.turnaroundMinutes[priority] ?? DEFAULT_TURNAROUND_MINUTES[priority]) * MINUTE_MS) as EpochMs;
