import { z } from 'zod';

import { LONGEST_MACRO, MACRO_NAME, MOST_MACROS } from '../reporting/macro.ts';
import type { Contract } from './contract.ts';

export const macroSchema = z.strictObject({
  name: z.string().regex(MACRO_NAME),
  text: z.string().min(1).max(LONGEST_MACRO),
});

export const macroCalls = {
  /** `own`: the reader's, which stand before `shared` ones of the same name, as the group configured them. */
  macros: {
    method: 'macros.get',
    request: z.strictObject({}),
    response: z.strictObject({ own: z.array(macroSchema), shared: z.array(macroSchema) }),
  },
  saveMacros: {
    method: 'macros.save',
    request: z.strictObject({ own: z.array(macroSchema).max(MOST_MACROS) }),
    response: z.strictObject({ status: z.enum(['saved', 'not-saved']) }),
  },
} as const satisfies Record<string, Contract>;
