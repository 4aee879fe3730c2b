import { z } from 'zod';

import { PICKING, type ReadingGroup } from '#shared/domain/group.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';

const readerId = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/);
const moment = z.iso.datetime({ offset: true });
const spanSchema = z.strictObject({ start: moment, end: moment });

/** Readers who share one list. */
export const groupSchema = z.strictObject({
  picking: z
    .enum(PICKING)
    .default('free')
    .describe('May a reader take a reading out of turn: freely, with a recorded reason, or never ("Read next" only)'),
  readers: z
    .array(z.strictObject({ id: readerId, name: z.string().min(1) }))
    .default([])
    .describe('Who a case may be handed over to; DICOM person names'),
  roster: z
    .array(z.strictObject({ reader: readerId, ...spanSchema.shape, breaks: z.array(spanSchema).default([]) }))
    .default([])
    .describe('Shifts; those that the hub holds as FHIR Schedule and Slot are added'),
});

type Group = z.output<typeof groupSchema>;

export const toGroup = ({ picking, readers }: Group): ReadingGroup => ({
  picking,
  readers: readers.map(({ id, name }) => ({ id: id as RadiologistId, name })),
});
