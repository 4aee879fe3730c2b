import type { ReaderSettings } from './ports.ts';

interface EntrySchema<Entry> {
  safeParse(value: unknown): { readonly success: true; readonly data: Entry } | { readonly success: false };
}

/** A list among the reader's own settings. What is stored and no longer understood is left out, not refused as a whole. */
export interface StoredList<Entry> {
  load(): Promise<Entry[]>;
  save(entries: readonly Entry[]): Promise<'saved' | 'not-saved'>;
}

export function createStoredList<Entry>(
  settings: ReaderSettings,
  name:
    | 'desk'
    | 'display-checks'
    | 'hangings'
    | 'images-after-signing'
    | 'macros'
    | 'saved-lists'
    | 'speech-words'
    | 'template-choices',
  entrySchema: EntrySchema<Entry>,
): StoredList<Entry> {
  return {
    async load() {
      const stored = await settings.load(name);
      if (!Array.isArray(stored)) return [];
      return stored.flatMap((each: unknown) => {
        const entry = entrySchema.safeParse(each);
        return entry.success ? [entry.data] : [];
      });
    },
    save: (entries) => settings.save(name, entries),
  };
}
