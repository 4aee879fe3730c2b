import { z } from 'zod';

import type { RadiologistId, SiteId } from '#shared/domain/identifiers.ts';
import { PRIVILEGES, type Radiologist } from '#shared/domain/radiologist.ts';
import { READ_TYPES } from '#shared/domain/urgency.ts';

const day = z.iso.date();

/** What a reader may read: the same words for the reader of a workstation and for the readers of a group. */
export const rightsShape = {
  licences: z
    .array(z.strictObject({ region: z.string(), from: day.optional(), until: day }))
    .default([])
    .describe('Each holds from its first day up to and including its last. None at all: licences are not checked'),
  subspecialties: z.array(z.string()).default([]),
  modalities: z.array(z.string()).optional().describe('DICOM modalities; absent: all'),
  readTypes: z.array(z.enum(READ_TYPES)).optional().describe('Absent: all'),
  privileges: z
    .array(
      z.strictObject({
        site: z.string(),
        level: z.enum(PRIVILEGES),
        until: day.optional().describe('Last day of this level'),
        afterwards: z.enum(PRIVILEGES).optional().describe('What is left afterwards; default view'),
      }),
    )
    .optional()
    .describe(
      'What each site lets the reader do; a site that is not named gives none. Absent: no site restricts the reader',
    ),
};

const rightsSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  ...rightsShape,
});

export function toRadiologist(reader: z.output<typeof rightsSchema>): Radiologist {
  const { id, name, licences, subspecialties, modalities, readTypes, privileges } = reader;
  return {
    id: id as RadiologistId,
    name,
    licences: licences.map(({ region, from, until }) => ({ region, until, ...(from === undefined ? {} : { from }) })),
    subspecialties,
    ...(modalities === undefined ? {} : { modalities }),
    ...(readTypes === undefined ? {} : { readTypes }),
    ...(privileges === undefined
      ? {}
      : {
          privileges: privileges.map(({ site, level, until, afterwards }) => ({
            siteId: site as SiteId,
            level,
            ...(until === undefined ? {} : { until }),
            ...(afterwards === undefined ? {} : { afterwards }),
          })),
        }),
  };
}
