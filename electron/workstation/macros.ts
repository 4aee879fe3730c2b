import { macroSchema } from '#shared/contract/macro-calls.ts';
import type { Macro } from '#shared/reporting/macro.ts';

import type { ReaderSettings } from './ports.ts';

const NAME = 'macros';

/** The reader's own macros. What is stored and no longer understood is left out, not refused as a whole. */
export interface Macros {
  load(): Promise<Macro[]>;
  save(own: readonly Macro[]): Promise<'saved' | 'not-saved'>;
}

export function createMacros(settings: ReaderSettings): Macros {
  return {
    async load() {
      const stored = await settings.load(NAME);
      if (!Array.isArray(stored)) return [];
      return stored.flatMap((each: unknown) => {
        const macro = macroSchema.safeParse(each);
        return macro.success ? [macro.data] : [];
      });
    },
    save: (own) => settings.save(NAME, own),
  };
}
