import { z } from 'zod';

import { PICKING, type ReadingGroup } from '#shared/domain/group.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';
import type { Shift, Span } from '#shared/domain/shift.ts';
import { WRVU_TABLES, type WrvuTable } from '#shared/domain/wrvu-table.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { rightsShape, toRadiologist } from './reader-schema.ts';

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
    .array(
      z.strictObject({
        id: readerId,
        name: z.string().min(1),
        ...rightsShape,
      }),
    )
    .default([])
    .describe('Who a case may be handed over to, and whose licences tell how scarce readers for a case are'),
  attestation: z
    .union([
      z.literal('none'),
      z.strictObject({ unchanged: z.string().trim().min(1).max(1000), changed: z.string().trim().min(1).max(1000) }),
    ])
    .optional()
    .describe(
      'The sentence signed with a report that another reader wrote first, where their text was kept and where it was changed; {first} stands for that reader. "none": no attestation',
    ),
  wrvu: z
    .array(z.strictObject({ from: z.iso.date(), values: z.record(z.string(), z.number().min(0).max(100)) }))
    .optional()
    .describe('wRVU by exam type from a day on, added to the built-in tables; a table of the same day takes its place'),
  roster: z
    .array(z.strictObject({ reader: readerId, ...spanSchema.shape, breaks: z.array(spanSchema).default([]) }))
    .default([])
    .describe('Shifts; those that the hub holds as FHIR Schedule and Slot are added'),
});

type Group = z.output<typeof groupSchema>;

export const toGroup = ({ picking, readers, wrvu, attestation }: Group): ReadingGroup => ({
  picking,
  readers: readers.map(toRadiologist),
  ...(attestation === undefined ? {} : { attestation }),
  ...(wrvu === undefined ? {} : { wrvuTables: [...builtInExcept(wrvu), ...wrvu] }),
});

const builtInExcept = (own: readonly WrvuTable[]): readonly WrvuTable[] =>
  WRVU_TABLES.filter(({ from }) => own.every((table) => table.from !== from));

const toSpan = ({ start, end }: { readonly start: string; readonly end: string }): Span => ({
  from: Date.parse(start) as EpochMs,
  until: Date.parse(end) as EpochMs,
});

export const toRoster = ({ roster, readers }: Group): readonly Shift[] =>
  roster.map(({ reader, breaks, ...span }) => ({
    readerId: reader as RadiologistId,
    readerName: readers.find(({ id }) => id === reader)?.name ?? reader,
    ...toSpan(span),
    breaks: breaks.map(toSpan),
  }));
