import { describe, expect, it } from 'vitest';

import { createDraftKeeper, type DraftPorts } from '#renderer/report/draft-keeper.ts';
import { typeText } from '#renderer/report/edit-report.ts';
import type { ReportBody } from '#shared/reporting/report.ts';

const BODY: ReportBody = {
  templateId: 't',
  title: 'T',
  sections: [{ id: 'f', title: 'Findings', role: 'findings', text: '', textSource: 'default', fields: [] }],
};

/** A disk that answers when told to, and timers moved by hand. */
function setUp(answers: readonly (Awaited<ReturnType<DraftPorts<ReportBody>['save']>> | Error)[] = []) {
  const saved: { revision: number; text: string | undefined }[] = [];
  const queue = [...answers];
  let timers: { at: number; run: () => void }[] = [];
  let now = 0;
  let revision = 0;
  let hold: Promise<void> | undefined;
  const keeper = createDraftKeeper(
    { taskId: 'task', contextKey: 'key', revision: 0, savedAt: undefined, body: BODY },
    {
      save: async (request) => {
        saved.push({ revision: request.revision, text: request.body.sections[0]?.text });
        await hold;
        const answer = queue.shift();
        if (answer instanceof Error) throw answer;
        if (answer !== undefined) return answer;
        revision += 1;
        return { status: 'saved', revision, savedAt: now };
      },
      failureWords: (failure) => (failure instanceof Error ? failure.message : ''),
      schedule: (run, ms) => {
        const timer = { at: now + ms, run };
        timers.push(timer);
        return () => {
          timers = timers.filter((other) => other !== timer);
        };
      },
    },
  );
  return {
    keeper,
    saved,
    advance: async (ms: number) => {
      const end = now + ms;
      for (;;) {
        const due = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        now = due.at;
        timers = timers.filter((other) => other !== due);
        due.run();
        for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      }
      now = end;
    },
    holdSaves: () => {
      let release: () => void = () => undefined;
      hold = new Promise((resolve) => {
        release = resolve;
      });
      return () => {
        hold = undefined;
        release();
      };
    },
    type: (text: string) => keeper.edit(typeText('f', text)),
    kind: () => keeper.store.getState().save.kind,
  };
}

describe('draft keeper', () => {
  it('saves once, a moment after typing pauses', async () => {
    const { type, advance, saved, kind } = setUp();
    type('a');
    await advance(200);
    type('ab');
    await advance(299);
    expect(saved).toEqual([]);
    await advance(1);
    expect(saved).toEqual([{ revision: 0, text: 'ab' }]);
    expect(kind()).toBe('saved');
  });

  it('saves within a second even when typing never pauses', async () => {
    const { type, advance, saved } = setUp();
    for (let key = 0; key < 10; key += 1) {
      type('x'.repeat(key + 1));
      await advance(100);
    }
    expect(saved[0]?.text).toBe('x'.repeat(5));
  });

  it('bases each save on the revision the one before it was given', async () => {
    const { type, advance, saved } = setUp();
    type('a');
    await advance(300);
    type('b');
    await advance(300);
    expect(saved.map(({ revision }) => revision)).toEqual([0, 1]);
  });

  it('saves what was typed while a save was under way', async () => {
    const { keeper, type, saved, holdSaves } = setUp();
    const release = holdSaves();
    type('a');
    const flushed = keeper.flush();
    type('ab');
    release();
    expect(await flushed).toBe(true);
    expect(saved.map(({ text }) => text)).toEqual(['a', 'ab']);
  });

  it('saves what changed beside the text, also while a save was under way; that is no step to take back', async () => {
    const { keeper, type, saved, advance, holdSaves } = setUp();
    keeper.noteBeside();
    await advance(300);
    expect(saved).toHaveLength(1);
    type('a');
    const release = holdSaves();
    const flushed = keeper.flush();
    keeper.noteBeside();
    release();
    expect(await flushed).toBe(true);
    expect(saved.map(({ revision, text }) => [revision, text])).toEqual([
      [0, ''],
      [1, 'a'],
      [2, 'a'],
    ]);
    expect(keeper.undo()).toBe(true);
    expect(keeper.undo()).toBe(false);
  });

  it('overwrites nothing when another window saved, until told to keep this text', async () => {
    const { keeper, type, advance, saved, kind } = setUp([{ status: 'stale', revision: 7 }]);
    type('mine');
    await advance(300);
    expect(kind()).toBe('stale');
    type('mine, longer');
    await advance(5000);
    expect(saved).toHaveLength(1);
    expect(await keeper.keepMine()).toBe(true);
    expect(saved[1]).toEqual({ revision: 7, text: 'mine, longer' });
  });

  it('keeps the text and tries again by itself when the disk refuses', async () => {
    const { keeper, type, advance, kind } = setUp([{ status: 'not-saved', reason: 'The disk is full.' }]);
    type('kept');
    await advance(300);
    expect(kind()).toBe('failed');
    expect(keeper.store.getState().body.sections[0]?.text).toBe('kept');
    await advance(3000);
    expect(kind()).toBe('saved');
  });

  it('says the text is not saved when the door is gone', async () => {
    const { keeper, type } = setUp([new Error('gone')]);
    type('kept');
    expect(await keeper.flush()).toBe(false);
    expect(keeper.store.getState().save).toEqual({ kind: 'failed', reason: 'gone' });
  });
});

describe('a change of a report', () => {
  const write = (keeper: ReturnType<typeof setUp>['keeper'], text: string, run?: string) =>
    keeper.edit(typeText('f', text), run);
  const textIn = (keeper: ReturnType<typeof setUp>['keeper']) => keeper.store.getState().body.sections[0]?.text;

  it('is taken back and done again, one step a change, whatever made it', () => {
    const { keeper } = setUp();
    write(keeper, 'one');
    write(keeper, 'one two');
    expect(keeper.undo()).toBe(true);
    expect(textIn(keeper)).toBe('one');
    expect(keeper.undo()).toBe(true);
    expect(keeper.undo()).toBe(false);
    expect(textIn(keeper)).toBe('');
    expect(keeper.redo()).toBe(true);
    expect(keeper.redo()).toBe(true);
    expect(keeper.redo()).toBe(false);
    expect(textIn(keeper)).toBe('one two');
  });

  it('goes with the others of its run until there is a pause', async () => {
    const { keeper, advance } = setUp();
    for (const text of ['a', 'ab', 'abc']) write(keeper, text, 'text f');
    await advance(400);
    for (const text of ['abcd', 'abcde']) write(keeper, text, 'text f');
    write(keeper, 'macro');
    write(keeper, 'macro!', 'text f');
    const seen: unknown[] = [];
    while (keeper.undo()) seen.push(textIn(keeper));
    expect(seen).toEqual(['macro', 'abcde', 'abc', '']);
  });

  it('cannot be done again once something else was written', () => {
    const { keeper } = setUp();
    write(keeper, 'one');
    keeper.undo();
    write(keeper, 'two');
    expect(keeper.redo()).toBe(false);
    expect(textIn(keeper)).toBe('two');
  });

  it('that was taken back is saved like any other', async () => {
    const { keeper, saved } = setUp();
    write(keeper, 'one');
    await keeper.flush();
    keeper.undo();
    expect(await keeper.flush()).toBe(true);
    expect(saved.map(({ text }) => text)).toEqual(['one', '']);
  });
});
