import type { CallResponse } from '#shared/contract/calls.ts';
import { hangingProtocolSchema } from '#shared/contract/hanging-calls.ts';

import type { ReaderSettings } from './ports.ts';

type Hangings = CallResponse<'hangings'>['own'];

const NAME = 'hangings';

/** The reader's own hangings. What is stored and no longer understood is left out, not refused as a whole. */
export interface OwnHangings {
  load(): Promise<Hangings>;
  save(own: Hangings): Promise<'saved' | 'not-saved'>;
}

export function createOwnHangings(settings: ReaderSettings): OwnHangings {
  return {
    async load() {
      const stored = await settings.load(NAME);
      if (!Array.isArray(stored)) return [];
      return stored.flatMap((each: unknown) => {
        const hanging = hangingProtocolSchema.safeParse(each);
        return hanging.success ? [hanging.data] : [];
      });
    },
    save: (own) => settings.save(NAME, own),
  };
}
