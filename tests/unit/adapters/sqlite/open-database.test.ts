import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openDatabase } from '#electron/adapters/sqlite/open-database.ts';

const FIRST = 'CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL)';
const SECOND = "ALTER TABLE note ADD COLUMN kind TEXT NOT NULL DEFAULT 'other'";

describe('openDatabase', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'overread-database-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('creates the folder and the file, and commits are durable across opening again', () => {
    const path = join(folder, 'deep', 'notes.db');
    const database = openDatabase(path, [FIRST]);
    database.prepare('INSERT INTO note (text) VALUES (?)').run('kept');
    database.close();
    const again = openDatabase(path, [FIRST]);
    expect(again.prepare('SELECT text FROM note').all()).toEqual([{ text: 'kept' }]);
    again.close();
  });

  it('writes ahead and waits for the disk', () => {
    const database = openDatabase(join(folder, 'a.db'), []);
    expect(database.prepare('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'wal' });
    // 2 is FULL, https://www.sqlite.org/pragma.html#pragma_synchronous
    expect(database.prepare('PRAGMA synchronous').get()).toMatchObject({ synchronous: 2 });
    database.close();
  });

  it('brings an older file forward, each migration once', () => {
    const path = join(folder, 'b.db');
    const old = openDatabase(path, [FIRST]);
    old.prepare('INSERT INTO note (text) VALUES (?)').run('old');
    old.close();
    for (let round = 0; round < 2; round += 1) {
      const database = openDatabase(path, [FIRST, SECOND]);
      expect(database.prepare('SELECT text, kind FROM note').all()).toEqual([{ text: 'old', kind: 'other' }]);
      database.close();
    }
  });

  it('leaves a file as it was when a migration fails', () => {
    const path = join(folder, 'c.db');
    openDatabase(path, [FIRST]).close();
    expect(() => openDatabase(path, [FIRST, `${SECOND}; CREATE TABLE note (broken)`])).toThrow('note');
    const database = openDatabase(path, [FIRST]);
    expect(database.prepare('PRAGMA table_info(note)').all()).toHaveLength(2);
    database.close();
  });

  it('refuses a file written by a newer program', () => {
    const path = join(folder, 'd.db');
    openDatabase(path, [FIRST, SECOND]).close();
    expect(() => openDatabase(path, [FIRST])).toThrow('the database is of version 2');
  });
});
