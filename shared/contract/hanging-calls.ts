import { z } from 'zod';

import {
  LONGEST_HANGING_NAME,
  MOST_COLUMNS,
  MOST_OWN_HANGINGS,
  MOST_ROWS,
  SLAB_KINDS,
  THICKEST_SLAB_MM,
} from '../domain/hanging-protocol.ts';
import type { Contract } from './contract.ts';

/** More stars in one pattern would let a header hold up the window. */
const pattern = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[^*]*(\*[^*]*){0,3}$/);
const patterns = z.array(pattern).max(120);
const modality = z.string().regex(/^[A-Z0-9_]{1,16}$/);
const side = z.enum(['R', 'L']);
const views = z.array(z.string().min(1).max(40)).max(20);

const slicePlane = z.enum(['axial', 'coronal', 'sagittal']);

const seriesWish = z.strictObject({
  modalities: z.array(modality).max(10).optional(),
  says: patterns.optional(),
  saysNot: patterns.optional(),
  plane: slicePlane.optional(),
  contrast: z.boolean().optional(),
  thicknessFromMm: z.number().min(0).optional(),
  thicknessToMm: z.number().min(0).optional(),
  views: views.optional(),
  laterality: side.optional(),
});

const place = z.strictObject({
  label: z.string().min(1).max(80),
  role: z.enum(['current', 'prior']),
  wishes: z.array(seriesWish).max(10),
  like: z.int().min(0).optional(),
  isNeeded: z.boolean().optional(),
  isRepeat: z.boolean().optional(),
  window: z.strictObject({ center: z.number(), width: z.number().positive(), unit: z.string().max(16) }).optional(),
  isInverted: z.boolean().optional(),
  push: z.enum(['left', 'right']).optional(),
});

const stage = z
  .strictObject({
    name: z.string().min(1).max(60),
    rows: z.int().min(1).max(MOST_ROWS),
    columns: z.int().min(1).max(MOST_COLUMNS),
    places: z.array(place).min(1),
    isSameScale: z.boolean().optional(),
    isLinked: z.boolean().optional(),
    isGrid: z.boolean().optional(),
    isPlanes: z.boolean().optional(),
    planesLook: z
      .strictObject({
        slab: z
          .strictObject({ kind: z.enum(SLAB_KINDS), thicknessMm: z.number().min(0).max(THICKEST_SLAB_MM) })
          .optional(),
        isFused: z.boolean().optional(),
        enlarged: slicePlane.optional(),
      })
      .optional(),
  })
  .refine(({ rows, columns, places }) => places.length <= rows * columns, 'more places than panes')
  .refine(
    ({ places }) => places.every(({ like }, at) => like === undefined || like < at),
    '`like` names a later place',
  );

const studyWish = z.strictObject({
  modalities: z.array(modality).min(1).max(10).optional(),
  withModalities: z.array(modality).max(10).optional(),
  about: z.array(patterns.min(1)).max(6).optional(),
  notAbout: patterns.optional(),
  laterality: side.optional(),
  views: views.optional(),
  series: z.array(seriesWish).max(10).optional(),
  rank: z.number().min(-10).max(10).optional(),
  priorsFrom: z.int().min(0).optional(),
  priorsTo: z.int().min(0).optional(),
});

/** A hanging as it is shipped and stored; a file that is none is refused with the path of what is wrong. */
export const hangingProtocolSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,80}$/),
  name: z.string().min(1).max(LONGEST_HANGING_NAME),
  fits: z.array(studyWish).min(1).max(8),
  stages: z.array(stage).min(1).max(12),
});

export const hangingCalls = {
  /** The reader's own hangings; shipped ones come with the program. */
  hangings: {
    method: 'hangings.get',
    request: z.strictObject({}),
    response: z.strictObject({ own: z.array(hangingProtocolSchema) }),
  },
  saveHangings: {
    method: 'hangings.save',
    request: z.strictObject({ own: z.array(hangingProtocolSchema).max(MOST_OWN_HANGINGS) }),
    response: z.strictObject({ status: z.enum(['saved', 'not-saved']) }),
  },
} as const satisfies Record<string, Contract>;
