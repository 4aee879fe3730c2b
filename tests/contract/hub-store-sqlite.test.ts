import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createSqliteStore } from '#electron/adapters/sqlite/sqlite-store.ts';

import { describeFhirStore } from './hub-describe-store.ts';

describeFhirStore('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'overread-store-'));
  const file = join(folder, 'hub.db');
  const store = createSqliteStore(file);
  return {
    store,
    isShared: false,
    reopen: async () => createSqliteStore(file),
    remove: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
