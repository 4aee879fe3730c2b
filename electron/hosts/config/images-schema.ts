import { z } from 'zod';

import type { ImagePolicy } from '#electron/workstation/ports.ts';
import { HOUR_MS } from '#shared/kernel/clock.ts';

const GIGABYTE = 1024 ** 3;

/** How images are kept and fetched ahead on this workstation. */
export const imagesSchema = z
  .strictObject({
    cacheGigabytes: z
      .number()
      .min(0.01)
      .max(100_000)
      .default(20)
      .describe('Disk space for copies of studies, encrypted; the ones used longest ago make room first'),
    keepFreeGigabytes: z.number().min(0).max(100_000).default(2).describe('Left free on that disk for everything else'),
    purgeAfterDeliveryHours: z
      .number()
      .min(0)
      .max(10_000)
      .optional()
      .describe('Copies go so long after every report was delivered; without this they go when room is needed'),
    readingsAhead: z
      .int()
      .min(0)
      .max(100)
      .default(8)
      .describe('Readings whose images are fetched before they are opened'),
    aheadMegabitsPerSecond: z
      .number()
      .min(0.1)
      .max(100_000)
      .optional()
      .describe('Most of the line that fetching ahead may take; without this all that no open case needs'),
  })
  .default({ cacheGigabytes: 20, keepFreeGigabytes: 2, readingsAhead: 8 });

export interface ImageSettings {
  readonly limitBytes: number;
  readonly keepFreeBytes: number;
  readonly policy: ImagePolicy;
}

export function toImageSettings(images: z.output<typeof imagesSchema>): ImageSettings {
  const { purgeAfterDeliveryHours: hours, aheadMegabitsPerSecond: megabits } = images;
  return {
    limitBytes: images.cacheGigabytes * GIGABYTE,
    keepFreeBytes: images.keepFreeGigabytes * GIGABYTE,
    policy: {
      readingsAhead: images.readingsAhead,
      ...(hours === undefined ? {} : { purgeAfterDeliveryMs: hours * HOUR_MS }),
      ...(megabits === undefined ? {} : { aheadBytesPerSecond: (megabits * 1e6) / 8 }),
    },
  };
}
