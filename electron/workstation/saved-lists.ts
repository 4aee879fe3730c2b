import { savedListSchema } from '#shared/contract/worklist-calls.ts';
import type { CallResponse } from '#shared/contract/calls.ts';

import type { ReaderSettings } from './ports.ts';

type Lists = CallResponse<'savedLists'>['lists'];

/** The reader's own lists. What is stored and no longer understood is left out, not refused as a whole. */
export interface SavedLists {
  load(): Promise<Lists>;
  save(lists: Lists): Promise<'saved' | 'not-saved'>;
}

const NAME = 'saved-lists';

export function createSavedLists(settings: ReaderSettings): SavedLists {
  return {
    async load() {
      const stored = await settings.load(NAME);
      if (!Array.isArray(stored)) return [];
      return stored.flatMap((each: unknown) => {
        const list = savedListSchema.safeParse(each);
        return list.success ? [list.data] : [];
      });
    },
    save: (lists) => settings.save(NAME, lists),
  };
}
