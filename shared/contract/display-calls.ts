import { z } from 'zod';

import { AMBIENT_LIGHTS, DISPLAY_KINDS, PATTERN_SIGNS } from '../domain/display-check.ts';
import type { Contract } from './contract.ts';
import { epochMs } from './schemas.ts';

const MOST_WINDOWS = 12;
const MOST_PIXELS = 100_000;
const displayKey = z.string().regex(/^\d{1,6}x\d{1,6}@-?\d{1,6},-?\d{1,6}$/);
const pixels = z.int().min(-MOST_PIXELS).max(MOST_PIXELS);
const extent = z.int().min(1).max(MOST_PIXELS);

/** Where one window stands, in CSS pixels over all displays. */
export const deskWindowSchema = z.strictObject({
  /** 0: the main window; from 1: windows of images. */
  number: z.int().min(0).max(MOST_WINDOWS),
  left: pixels,
  top: pixels,
  width: extent,
  height: extent,
});

/** Which window stands where; one a reader and workstation. */
const deskSchema = z.array(deskWindowSchema).max(MOST_WINDOWS + 1);

/** Mirrors DisplayCheck. */
export const displayCheckSchema = z.strictObject({
  displayKey,
  kind: z.enum(DISPLAY_KINDS),
  outcome: z.enum(['passed', 'failed']),
  reasons: z.array(z.string().max(200)).max(10),
  ambient: z.enum(AMBIENT_LIGHTS),
  seen: z.int().min(0),
  of: z.int().min(1),
  at: epochMs,
  shiftFrom: epochMs.optional(),
});

const signs = PATTERN_SIGNS.length;

export const displayCalls = {
  /** The saved desk, and what is known of the displays of this workstation. */
  displays: {
    method: 'displays.get',
    request: z.strictObject({}),
    response: z.strictObject({
      desk: deskSchema,
      checks: z.array(displayCheckSchema),
      /** Checks made before are of another shift. */
      holdsFrom: epochMs,
    }),
  },
  saveDesk: {
    method: 'displays.save-desk',
    request: z.strictObject({ desk: deskSchema }),
    response: z.strictObject({ status: z.enum(['saved', 'not-saved']) }),
  },
  /** The answers of one display check; the workstation judges and keeps them with the shift. */
  keepDisplayCheck: {
    method: 'displays.check',
    request: z.strictObject({
      displayKey,
      kind: z.enum(DISPLAY_KINDS),
      drawn: z.string().length(signs).regex(/^\d+$/),
      typed: z
        .string()
        .length(signs)
        .regex(/^[\d-]+$/),
      ambient: z.enum(AMBIENT_LIGHTS),
      isEven: z.boolean(),
    }),
    response: z.strictObject({ status: z.enum(['saved', 'not-saved']), check: displayCheckSchema }),
  },
} as const satisfies Record<string, Contract>;
