import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import type { LocateModel } from '#renderer/dictation/engine/index.ts';

/** The acoustic model inside the recogniser's package. */
export const speechModel: LocateModel = (file) =>
  join(dirname(createRequire(import.meta.url).resolve('soundswallower')), 'model/en-us', file);
