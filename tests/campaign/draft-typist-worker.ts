import { openDrafts } from '#electron/adapters/drafts/open-drafts.ts';
import { createSealer } from '#electron/adapters/secrets/sealer.ts';
import { createDraftKeeper } from '#renderer/report/draft-keeper.ts';
import { typeText } from '#renderer/report/edit-report.ts';
import type { ContextKey } from '#shared/domain/context-key.ts';
import type { RadiologistId, TaskId } from '#shared/domain/identifiers.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { silentLog } from '#shared/kernel/log.ts';
import type { ReportBody } from '#shared/reporting/report.ts';

import { DRAFT_KEY, READER, textAfter } from './draft-typing.ts';

/** Types ten keys a second into a report as the window does, with its saving and the workstation's store, and tells each key. */
const KEY_MS = 100;
const [file = '', task = '', start = ''] = process.argv.slice(2);
const [taskId, readerId] = [task as TaskId, READER as RadiologistId];
const drafts = openDrafts(file, { sealer: createSealer(() => DRAFT_KEY, 'drafts'), log: silentLog });
const before = await drafts.load(taskId, readerId);
const empty: ReportBody = {
  templateId: 't',
  title: 'T',
  sections: [{ id: 'f', title: 'Findings', role: 'findings', text: '', textSource: 'typed', fields: [] }],
};
const keeper = createDraftKeeper<ReportBody>(
  {
    taskId,
    contextKey: 'k',
    revision: before?.revision ?? 0,
    savedAt: undefined,
    body: before?.state === 'draft' ? before.body : empty,
  },
  {
    async save({ revision, body }) {
      const place = { taskId, readerId, contextKey: 'k' as ContextKey };
      const saved = await drafts.save({ ...place, basedOn: revision, body, savedAt: Date.now() as EpochMs });
      if (saved.status !== 'saved') throw new Error(saved.status);
      return { status: 'saved', revision: saved.draft.revision, savedAt: saved.draft.savedAt };
    },
    failureWords: String,
    schedule(run, ms) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  },
);
let keys = Number(start);
setInterval(() => {
  keys += 1;
  process.stdout.write(`${keys} ${Date.now()}\n`);
  keeper.edit(typeText('f', textAfter(keys)), 'text f');
}, KEY_MS);
