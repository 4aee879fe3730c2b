import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { DRAFT_MIGRATIONS } from '#electron/adapters/drafts/draft-rows.ts';
import { openDrafts } from '#electron/adapters/drafts/open-drafts.ts';
import { createSealer } from '#electron/adapters/secrets/sealer.ts';
import { openDatabase } from '#electron/adapters/sqlite/open-database.ts';
import type { DraftStore } from '#electron/workstation/ports.ts';
import type { ContextKey } from '#shared/domain/context-key.ts';
import type { RadiologistId, TaskId } from '#shared/domain/identifiers.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { silentLog } from '#shared/kernel/log.ts';
import type { KeptDrawing } from '#shared/reporting/kept-drawing.ts';
import type { ReportBody } from '#shared/reporting/report.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';

const taskId = 't1' as TaskId;
const readerId = 'dr-lee' as RadiologistId;
/** As the program leaves it: nothing to migrate. */
const AS_MIGRATED = DRAFT_MIGRATIONS.map(() => '');
const body = (text: string): ReportBody => ({
  templateId: 'ct-head',
  title: 'CT head',
  sections: [{ id: 'findings', title: 'Findings', role: 'findings', text, textSource: 'typed', fields: [] }],
});
const save = (drafts: DraftStore, basedOn: number, text: string, savedAt = basedOn * 1000) =>
  drafts.save({
    taskId,
    readerId,
    contextKey: 't1|p1|1.2' as ContextKey,
    basedOn,
    body: body(text),
    savedAt: savedAt as EpochMs,
  });

function rig(
  key: () => Uint8Array | undefined = (() => {
    const fixed = randomBytes(32);
    return () => fixed;
  })(),
) {
  const path = join(tempFolder(), 'drafts.sqlite');
  const sealer = createSealer(key, 'drafts');
  return { path, sealer, open: () => openDrafts(path, { sealer, log: silentLog }) };
}

describe('drafts', () => {
  it('come back as saved, also after a restart', async () => {
    const { open } = rig();
    const drafts = open();
    expect(await drafts.load(taskId, readerId)).toBeUndefined();
    expect(await save(drafts, 0, 'Left M1 occlusion.')).toMatchObject({ status: 'saved', draft: { revision: 1 } });
    drafts.close();
    const again = open();
    expect(await again.load(taskId, readerId)).toEqual({
      state: 'draft',
      revision: 1,
      savedAt: 0,
      body: body('Left M1 occlusion.'),
    });
    again.close();
  });

  it('are never overwritten by an edit of an older revision', async () => {
    const drafts = rig().open();
    await save(drafts, 0, 'one');
    await save(drafts, 1, 'two');
    expect(await save(drafts, 1, 'from another window')).toEqual({ status: 'stale', revision: 2 });
    expect(await save(drafts, 7, 'from nowhere')).toEqual({ status: 'stale', revision: 2 });
    expect(await drafts.load(taskId, readerId)).toMatchObject({ revision: 2, body: body('two') });
    drafts.close();
  });

  it('accept exactly one of many saves of one revision', async () => {
    const drafts = rig().open();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => save(drafts, 0, `text ${n}`)));
    expect(answers.filter((answer) => answer.status === 'saved')).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 'stale')).toHaveLength(19);
    drafts.close();
  });

  it('accept exactly one save of a revision from two programs on one file', async () => {
    const { open } = rig();
    const [one, two] = [open(), open()];
    const answers = [await save(one, 0, 'one'), await save(two, 0, 'two')];
    expect(answers.map((answer) => answer.status)).toEqual(['saved', 'stale']);
    one.close();
    two.close();
  });

  it('keep the newest revisions all, and of older ones the last of each minute', async () => {
    const { open, path } = rig();
    const drafts = open();
    for (let n = 0; n < 200; n += 1) await save(drafts, n, `text ${n}`, n * 1000);
    drafts.close();
    const database = openDatabase(path, AS_MIGRATED);
    const kept = database
      .prepare('SELECT revision FROM draft ORDER BY revision')
      .all()
      .map((row) => (row as { revision: number }).revision);
    database.close();
    expect(kept.slice(-50)).toEqual(Array.from({ length: 50 }, (_, n) => 151 + n));
    expect(kept.slice(0, -50)).toEqual([60, 120]);
  });

  it('show nothing of the text on disk', async () => {
    const { open, path } = rig();
    const drafts = open();
    await save(drafts, 0, 'Left M1 occlusion.');
    const folder = join(path, '..');
    for (const file of readdirSync(folder)) expect(readFileSync(join(folder, file)).includes('occlusion')).toBe(false);
    drafts.close();
  });

  it('that cannot be unsealed stay where they are, and writing goes on above them', async () => {
    let key = randomBytes(32);
    const { open, path } = rig(() => key);
    const drafts = open();
    await save(drafts, 0, 'sealed with the old key');
    key = randomBytes(32);
    expect(await drafts.load(taskId, readerId)).toEqual({ state: 'unreadable', revision: 1 });
    expect(await save(drafts, 1, 'new')).toMatchObject({ status: 'saved', draft: { revision: 2 } });
    drafts.close();
    const database = openDatabase(path, AS_MIGRATED);
    expect(database.prepare('SELECT count(*) AS rows FROM draft').get()).toMatchObject({ rows: 2 });
    database.close();
  });

  it('written by an earlier program are read by this one', async () => {
    const { open, path, sealer } = rig();
    const before = openDatabase(path, [
      `CREATE TABLE draft (task_id TEXT NOT NULL, reader_id TEXT NOT NULL, revision INTEGER NOT NULL,
         saved_at INTEGER NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (task_id, reader_id, revision)) STRICT, WITHOUT ROWID`,
    ]);
    const text = JSON.stringify({ contextKey: 't1|p1|1.2', body: body('Before.') });
    const sealed = await sealer.seal(Buffer.from(text), 't1|dr-lee|3');
    before.prepare('INSERT INTO draft VALUES (?, ?, ?, ?, ?)').run('t1', 'dr-lee', 3, 500, Buffer.from(sealed));
    before.close();
    const drafts = open();
    expect(await drafts.load(taskId, readerId)).toMatchObject({ revision: 3, savedAt: 500, body: body('Before.') });
    drafts.close();
  });

  it('bring what was drawn on the images along, sealed like the text', async () => {
    const { open, path } = rig();
    const drafts = open();
    const drawings: readonly KeptDrawing[] = [
      {
        id: 'd-1',
        image: {
          studyInstanceUid: '1.2',
          seriesInstanceUid: '1.2.3',
          sopInstanceUid: '1.2.3.4',
          sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
          label: 'Series 2, image 7',
        },
        kind: 'arrow',
        points: [
          [1.5, 2],
          [3, 4],
        ],
        text: 'the margin',
      },
    ];
    const draft = { taskId, readerId, contextKey: 't1|p1|1.2' as ContextKey, body: body('one'), savedAt: 1 as EpochMs };
    await drafts.save({ ...draft, basedOn: 0, drawings });
    await drafts.save({ ...draft, basedOn: 1 });
    drafts.close();
    const again = open();
    expect((await again.history(taskId, readerId)).map((state) => state.drawings)).toEqual([undefined, drawings]);
    again.close();
    expect(readFileSync(path).includes('the margin')).toBe(false);
  });

  it('take in the states another reader handed over behind what is there, with their times and writer, all or none', async () => {
    const { open } = rig();
    const drafts = open();
    await save(drafts, 0, 'mine', 100);
    const writer = { id: 'dr-ray' as RadiologistId, name: 'Ray^Ben', signs: 'preliminary' as const };
    const states = ['one', 'two', 'three'].map((text, at) => ({
      savedAt: (10 + at) as EpochMs,
      body: body(text),
      writer,
    }));
    const place = { taskId, readerId, contextKey: 't1|p1|1.2' as ContextKey };
    const both = await Promise.all([drafts.adopt(place, states), drafts.adopt(place, states)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['saved', 'stale']);
    drafts.close();
    const again = open();
    expect(await again.load(taskId, readerId)).toMatchObject({ revision: 4, savedAt: 12, body: body('three'), writer });
    expect((await again.history(taskId, readerId)).map(({ savedAt, writer: by }) => [savedAt, by?.name])).toEqual([
      [12, 'Ray^Ben'],
      [11, 'Ray^Ben'],
      [10, 'Ray^Ben'],
      [100, undefined],
    ]);
    await save(again, 4, 'mine again', 200);
    expect(await again.lastByAnother(taskId, readerId)).toEqual({ savedAt: 12, body: body('three'), writer });
    expect(await again.lastByAnother(taskId, 'dr-ray' as RadiologistId)).toBeUndefined();
    again.close();
  });

  it('say so when the disk is full, and keep what was saved before', async () => {
    const { open, path } = rig();
    const drafts = open();
    await save(drafts, 0, 'short');
    drafts.close();
    // A file that may not grow is what a full disk looks like to SQLite.
    const full = openDrafts(path, { sealer: rig().sealer, log: silentLog, maxPages: 1 });
    expect(await save(full, 1, 'x'.repeat(1_000_000))).toEqual({ status: 'not-saved', reason: 'no-space' });
    full.close();
    const again = open();
    expect(await again.load(taskId, readerId)).toMatchObject({ revision: 1, body: body('short') });
    again.close();
  });

  it('are not saved while there is no key to seal them with', async () => {
    const drafts = rig(() => undefined).open();
    expect(await save(drafts, 0, 'text')).toEqual({ status: 'not-saved', reason: 'no-key' });
    drafts.close();
  });

  it('show every kept state, newest first, and never those of another reader', async () => {
    const { open } = rig();
    const drafts = open();
    for (const [n, text] of ['one', 'two', 'three'].entries()) await save(drafts, n, text, n * 1000);
    drafts.close();
    const again = open();
    expect(
      (await again.history(taskId, readerId)).map(({ revision, savedAt, body: kept }) => [revision, savedAt, kept]),
    ).toEqual([
      [3, 2000, body('three')],
      [2, 1000, body('two')],
      [1, 0, body('one')],
    ]);
    expect(await again.history(taskId, 'dr-mora' as RadiologistId)).toEqual([]);
    again.close();
  });

  it('keep a history of bounded length, and the newest state whatever its size', async () => {
    const drafts = rig().open();
    const minute = 60_000;
    for (let n = 0; n < 430; n += 1) await save(drafts, n, `text ${n}`, n * minute);
    expect((await drafts.history(taskId, readerId)).map(({ revision }) => revision)).toEqual(
      Array.from({ length: 400 }, (_, n) => 430 - n),
    );
    const large = 'x'.repeat(1024 * 1024);
    for (let n = 430; n < 450; n += 1) await save(drafts, n, large, n * minute);
    const kept = await drafts.history(taskId, readerId);
    expect(kept.length).toBeLessThan(9);
    expect(kept[0]).toMatchObject({ revision: 450, body: body(large) });
    drafts.close();
  });

  it('are wiped with their history, with signed amendments, and without what others wrote', async () => {
    const { open, path } = rig();
    const drafts = open();
    await save(drafts, 0, 'one');
    await save(drafts, 1, 'two');
    const other = 't2' as typeof taskId;
    await drafts.save({
      taskId: other,
      readerId,
      contextKey: 't2|p1|1.2' as ContextKey,
      basedOn: 0,
      body: body('other'),
      savedAt: 0 as EpochMs,
    });
    const amend = (kind: 'addendum' | 'correction', text: string) =>
      drafts.saveAmendment({
        taskId,
        readerId,
        kind,
        contextKey: 't1|p1|1.2' as ContextKey,
        basedOn: 0,
        savedAt: 0 as EpochMs,
        body: { basedOn: { reportUuid: 'u1', version: 1 }, text, body: body(''), reason: '', readAgain: true },
      });
    await amend('addendum', 'signed');
    await amend('correction', 'still typed');
    drafts.amendmentSigned({ taskId, readerId, kind: 'addendum' }, 'u2');
    expect(drafts.writtenFor(readerId).toSorted()).toEqual([taskId, other]);
    drafts.wipe(taskId, readerId);
    expect(await drafts.load(taskId, readerId)).toBeUndefined();
    expect(await drafts.history(taskId, readerId)).toEqual([]);
    expect(await drafts.loadAmendment({ taskId, readerId, kind: 'addendum' })).toBeUndefined();
    expect(await drafts.loadAmendment({ taskId, readerId, kind: 'correction' })).toMatchObject({ state: 'draft' });
    expect(await drafts.load(other, readerId)).toMatchObject({ revision: 1 });
    drafts.close();
    const database = openDatabase(path, AS_MIGRATED);
    expect(database.prepare("SELECT count(*) AS rows FROM draft WHERE place = 't1'").get()).toMatchObject({ rows: 0 });
    database.close();
  });
});
