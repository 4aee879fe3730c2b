import { fork } from 'node:child_process';
import { join } from 'node:path';

import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

import { openDrafts, type OpenDrafts } from '#electron/adapters/drafts/open-drafts.ts';
import { createSealer } from '#electron/adapters/secrets/sealer.ts';
import type { RadiologistId, TaskId } from '#shared/domain/identifiers.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const KEY = Buffer.alloc(32, 7);

const sealer = () => createSealer(() => KEY, 'drafts');

/** Types into a text as fast as it is acknowledged, and tells each acknowledgement. */
const typist = (save: string) => `
import { openDrafts } from '#electron/adapters/drafts/open-drafts.ts';
import { createSealer } from '#electron/adapters/secrets/sealer.ts';
import { silentLog } from '#shared/kernel/log.ts';
const drafts = openDrafts(process.argv[2], { sealer: createSealer(() => Buffer.alloc(32, 7), 'drafts'), log: silentLog });
async function type() {
  for (let revision = Number(process.argv[3]); ; revision += 1) {
    const place = { taskId: 't1', readerId: 'r1', contextKey: 'k', basedOn: revision, savedAt: revision * 60000 };
    const report = { templateId: 't', title: 'revision ' + (revision + 1), sections: [] };
    const answer = await ${save};
    if (answer.status !== 'saved') throw new Error(answer.status);
    process.send(answer.draft.revision);
  }
}
void type();
`;

const WRITTEN = {
  report: {
    typist: typist('drafts.save({ ...place, body: report })'),
    read: async (drafts: OpenDrafts) => {
      const draft = await drafts.load('t1' as TaskId, 'r1' as RadiologistId);
      return draft?.state === 'draft' ? { revision: draft.revision, says: draft.body.title } : undefined;
    },
  },
  addendum: {
    typist: typist(
      `drafts.saveAmendment({ ...place, kind: 'addendum', body: { basedOn: { reportUuid: 'u1', version: 1 }, text: report.title, body: report, reason: '', readAgain: true } })`,
    ),
    read: async (drafts: OpenDrafts) => {
      const draft = await drafts.loadAmendment({
        taskId: 't1' as TaskId,
        readerId: 'r1' as RadiologistId,
        kind: 'addendum',
      });
      return draft?.state === 'draft' ? { revision: draft.revision, says: draft.body.text } : undefined;
    },
  },
};

describe('drafts of a killed process', () => {
  it.each(['report', 'addendum'] as const)(
    'are all there that were acknowledged, whenever it was killed: %s',
    async (what) => {
      const folder = tempFolder();
      const script = join(folder, 'typist.cjs');
      await build({
        stdin: { contents: WRITTEN[what].typist, resolveDir: ROOT, loader: 'ts' },
        bundle: true,
        platform: 'node',
        format: 'cjs',
        external: ['libsql'],
        outfile: script,
        logLevel: 'silent',
      });
      const path = join(folder, 'drafts.sqlite');
      let acknowledged = 0;
      for (const killAfter of [1, 7, 40, 120]) {
        const child = fork(script, [path, String(acknowledged)], {
          env: { ...process.env, NODE_PATH: join(ROOT, 'node_modules') },
          execArgv: [],
        });
        let saves = 0;
        child.on('message', (revision) => {
          acknowledged = Number(revision);
          saves += 1;
          if (saves === killAfter) child.kill('SIGKILL');
        });
        const signal = await new Promise((resolve) => child.once('exit', (_code, how) => resolve(how)));
        expect(signal).toBe('SIGKILL');

        const drafts = openDrafts(path, { sealer: sealer(), log: silentLog });
        const draft = await WRITTEN[what].read(drafts);
        drafts.close();
        if (draft === undefined) throw new Error('the draft is gone');
        expect(draft.revision).toBeGreaterThanOrEqual(acknowledged);
        expect(draft.says).toBe(`revision ${draft.revision}`);
        acknowledged = draft.revision;
      }
    },
  );
});
