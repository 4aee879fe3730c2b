import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { FhirStore, IndexEntry, SearchCondition, SearchQuery, StoredVersion } from '#electron/hub/ports.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';

/** A store and another view of the same data, as after a restart or from a second hub. */
export interface OpenStore {
  readonly store: FhirStore;
  /** Several hubs may have it open. */
  readonly isShared: boolean;
  reopen(): Promise<FhirStore>;
  remove(): Promise<void>;
}

const AT = Date.parse('2026-11-21T22:00:00Z') as EpochMs;
const at = (minutes: number) => (AT + minutes * 60_000) as EpochMs;

const task = (id: string, version = 1, more: Partial<StoredVersion> = {}): StoredVersion => ({
  type: 'Task',
  id,
  version,
  at: AT,
  deleted: false,
  body: JSON.stringify({ resourceType: 'Task', id, version }),
  ...more,
});

/** Run against every FhirStore we ship. */
export function describeFhirStore(name: string, open: () => Promise<OpenStore>): void {
  describe(`FhirStore: ${name}`, () => {
    let opened: OpenStore;
    let store: FhirStore;
    beforeEach(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterEach(() => opened.remove());

    const write = (version: StoredVersion, index: readonly IndexEntry[] = []) =>
      store.transact((writer) => writer.write(version, index));
    const find = async (conditions: readonly SearchCondition[], more: Partial<SearchQuery> = {}) =>
      (await store.search({ type: 'Task', conditions, order: [], count: 100, ...more })).matches.map(({ id }) => id);

    it('reads back what was written, the newest version and each one', async () => {
      await write(task('a'));
      await write(task('a', 2, { at: at(1) }));
      expect(await store.read('Task', 'a')).toEqual(task('a', 2, { at: at(1) }));
      expect(await store.readVersion('Task', 'a', 1)).toEqual(task('a'));
      expect(await store.readVersion('Task', 'a', 3)).toBeUndefined();
      expect(await store.read('Task', 'b')).toBeUndefined();
      expect(await store.read('Patient', 'a')).toBeUndefined();
      expect((await store.history('Task', 'a', 10)).map(({ version }) => version)).toEqual([2, 1]);
      expect((await store.history('Task', 'a', 1)).map(({ version }) => version)).toEqual([2]);
    });

    it('keeps any text as it is', async () => {
      const body = JSON.stringify({ text: 'Ünï\'"\\ \u{1f9e0} \u0000 日本語 \ud800' });
      await write(task('a', 1, { body }));
      expect((await store.read('Task', 'a'))?.body).toBe(body);
    });

    it('knows a deletion as a version, and does not find what was deleted', async () => {
      await write(task('a'), [{ code: 'code', value: 'x' }]);
      await write(task('a', 2, { deleted: true, body: '' }));
      expect(await store.read('Task', 'a')).toMatchObject({ version: 2, deleted: true });
      expect(await find([])).toEqual([]);
      await write(task('a', 3));
      expect(await find([])).toEqual(['a']);
    });

    it('takes only the version that follows', async () => {
      await write(task('a'));
      await expect(write(task('a'))).rejects.toThrow();
      await expect(write(task('a', 3))).rejects.toThrow();
      await expect(write(task('new', 2))).rejects.toThrow();
      expect(await store.read('Task', 'a')).toEqual(task('a'));
    });

    it('keeps nothing of a transaction that throws, and lets the error out', async () => {
      await expect(
        store.transact(async (writer) => {
          await writer.write(task('a'), [{ code: 'code', value: 'x' }]);
          expect(await writer.read('Task', 'a')).toBeDefined();
          throw new Error('changed my mind');
        }),
      ).rejects.toThrow('changed my mind');
      expect(await store.read('Task', 'a')).toBeUndefined();
      expect(await find([])).toEqual([]);
      await write(task('a'));
      expect(await find([])).toEqual(['a']);
    });

    it('shows nobody what is not yet committed', async () => {
      await store.transact(async (writer) => {
        await writer.write(task('a'), []);
        expect(await store.read('Task', 'a')).toBeUndefined();
        expect((await writer.search({ type: 'Task', conditions: [], order: [], count: 9 })).matches).toHaveLength(1);
      });
      expect(await store.read('Task', 'a')).toEqual(task('a'));
    });

    it('runs transactions one after another: of many that read and write, none is lost', async () => {
      await write(task('a'));
      const bump = () =>
        store.transact(async (writer) => {
          const version = (await writer.read('Task', 'a'))?.version ?? 0;
          await writer.write(task('a', version + 1), []);
        });
      await Promise.all(Array.from({ length: 25 }, bump));
      expect((await store.read('Task', 'a'))?.version).toBe(26);
    });

    describe('taking the first free candidate', () => {
      const take = (candidates: readonly string[], accept: (id: string) => boolean = () => true) =>
        store.takeFirst(
          'Task',
          candidates.map((id) => ({ id, version: 1 })),
          async (writer, current) => {
            if (!accept(current.id)) return undefined;
            await writer.write(task(current.id, 2), [{ code: 'status', value: 'in-progress' }]);
            return current.id;
          },
        );
      beforeEach(async () => {
        for (const id of ['a', 'b', 'c']) await write(task(id), [{ code: 'status', value: 'ready' }]);
      });

      it('takes them in the order given, each once, and nothing when all are taken', async () => {
        expect(await take(['b', 'a', 'c'])).toBe('b');
        expect(await take(['b', 'a', 'c'])).toBe('a');
        expect((await store.read('Task', 'b'))?.version).toBe(2);
        expect(await take(['b', 'a'])).toBeUndefined();
        expect(await take([])).toBeUndefined();
      });

      it('passes over what has changed, was deleted, never was, or is not wanted', async () => {
        await write(task('a', 2));
        await write(task('b', 2, { deleted: true, body: '' }));
        expect(await take(['a', 'b', 'nowhere', 'c'])).toBe('c');
        await write(task('d'));
        await write(task('e'));
        expect(await take(['d', 'e'], (id) => id === 'e')).toBe('e');
        expect(await take(['d'], () => false)).toBeUndefined();
        expect((await store.read('Task', 'd'))?.version).toBe(1);
      });

      it('keeps nothing when the work throws', async () => {
        const failing = store.takeFirst('Task', [{ id: 'a', version: 1 }], async (writer) => {
          await writer.write(task('a', 2), []);
          throw new Error('changed my mind');
        });
        await expect(failing).rejects.toThrow('changed my mind');
        expect(await take(['a'])).toBe('a');
      });

      it('gives each to one of many who ask together, here and through another view of the data', async () => {
        const other = opened.isShared ? await opened.reopen() : store;
        const ids = Array.from({ length: 30 }, (_, number) => `t${String(number)}`);
        for (const id of ids) await write(task(id));
        const takeFrom = (from: FhirStore) =>
          from.takeFirst(
            'Task',
            ids.map((id) => ({ id, version: 1 })),
            async (writer, current) => {
              await writer.write(task(current.id, 2), []);
              return current.id;
            },
          );
        const taken = await Promise.all(ids.map((_, number) => takeFrom(number % 2 === 0 ? store : other)));
        expect(taken).toHaveLength(ids.length);
        expect(new Set(taken)).toEqual(new Set(ids));
        if (other !== store) await other.close();
      });
    });

    it('still has everything when it is opened again', async () => {
      await write(task('a'), [{ code: 'identifier', system: 'urn:s', value: '1' }]);
      const again = await opened.reopen();
      expect(await again.read('Task', 'a')).toEqual(task('a'));
      await again.close();
    });

    describe('search', () => {
      beforeEach(async () => {
        await write(task('a', 1, { at: at(0) }), [
          { code: 'status', value: 'ready' },
          { code: 'code', system: 'urn:c', value: 'x' },
          { code: 'authored-on', low: 100, high: 199 },
          { code: 'name', value: 'muller' },
          { code: 'patient', value: 'Patient/1' },
        ]);
        await write(task('b', 1, { at: at(1) }), [
          { code: 'status', value: 'completed' },
          { code: 'code', value: 'x' },
          { code: 'authored-on', low: 50, high: 50 },
          { code: 'name', value: '100% o_k' },
          { code: 'identifier', system: 'urn:i', value: '7' },
        ]);
        await write(task('c', 1, { at: at(2) }), [
          { code: 'status', value: 'ready' },
          { code: 'owner:identifier', system: 'urn:r', value: 'lee' },
        ]);
        await write({ ...task('a'), type: 'Patient' }, [{ code: 'name', value: 'muller' }]);
      });

      const date = (prefix: 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb', low: number, high: number) =>
        ({ kind: 'date', code: 'authored-on', anyOf: [{ prefix, low, high }] }) as const;
      const token = (code: string, anyOf: { system?: string; value?: string }[], negated = false) =>
        ({ kind: 'token', code, anyOf, negated }) as const;

      it.each<[string, SearchCondition[], string]>([
        ['nothing asked', [], 'abc'],
        ['ids', [{ kind: 'id', anyOf: ['a', 'c', 'z'] }], 'ac'],
        ['one status', [token('status', [{ value: 'ready' }])], 'ac'],
        ['not a status', [token('status', [{ value: 'ready' }], true)], 'b'],
        ['a code in any system', [token('code', [{ value: 'x' }])], 'ab'],
        ['a code in its system', [token('code', [{ system: 'urn:c', value: 'x' }])], 'a'],
        ['a code without system', [token('code', [{ system: '', value: 'x' }])], 'b'],
        ['any code of a system', [token('code', [{ system: 'urn:c' }])], 'a'],
        ['not a code', [token('code', [{ value: 'x' }], true)], 'c'],
        ['an identifier', [token('identifier', [{ system: 'urn:i', value: '7' }])], 'b'],
        ['an identifier inside a reference', [token('owner:identifier', [{ value: 'lee' }])], 'c'],
        ['a reference', [{ kind: 'reference', code: 'patient', anyOf: ['Patient/1', 'Patient/2'] }], 'a'],
        ['no reference at all', [{ kind: 'reference', code: 'patient', anyOf: [] }], ''],
        ['the beginning of a text', [{ kind: 'string', code: 'name', anyOf: ['mu'], match: 'starts' }], 'a'],
        ['signs that are wild elsewhere', [{ kind: 'string', code: 'name', anyOf: ['%'], match: 'starts' }], ''],
        ['the same inside', [{ kind: 'string', code: 'name', anyOf: ['% o_'], match: 'contains' }], 'b'],
        ['what is missing', [{ kind: 'missing', code: 'patient', missing: true }], 'bc'],
        ['what is there by identifier', [{ kind: 'missing', code: 'owner', missing: false }], 'c'],
        ['two conditions', [token('status', [{ value: 'ready' }]), token('code', [{ value: 'x' }])], 'a'],
        ['eq', [date('eq', 100, 199)], 'a'],
        ['eq of a part', [date('eq', 150, 160)], ''],
        ['ne', [date('ne', 100, 199)], 'b'],
        ['gt', [date('gt', 150, 150)], 'a'],
        ['lt', [date('lt', 150, 150)], 'ab'],
        ['ge', [date('ge', 199, 300)], 'a'],
        ['le', [date('le', 50, 50)], 'b'],
        ['sa', [date('sa', 50, 50)], 'a'],
        ['eb', [date('eb', 100, 199)], 'b'],
        ['written since', [{ kind: 'updated', anyOf: [{ prefix: 'ge', low: at(1), high: at(1) }] }], 'bc'],
      ])('finds by %s', async (_, conditions, ids) => {
        expect((await find(conditions)).join('')).toBe(ids);
        expect(await store.count({ type: 'Task', conditions })).toBe(ids.length);
      });

      it.each([
        [[{ code: 'authored-on', descending: false }], 'cba'],
        [[{ code: 'authored-on', descending: true }], 'abc'],
        [[{ code: '_lastUpdated', descending: true }], 'cba'],
        [[{ code: '_id', descending: true }], 'cba'],
        [
          [
            { code: 'status', descending: false },
            { code: '_id', descending: true },
          ],
          'bca',
        ],
      ])('sorts by %j, what has no value first', async (order, ids) => {
        expect((await find([], { order })).join('')).toBe(ids);
      });

      it.each([[[]], [[{ code: '_id', descending: true }]]])('pages in order %j to the end', async (order) => {
        const ids: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await store.search({
            type: 'Task',
            conditions: [],
            order,
            count: 2,
            ...(cursor === undefined ? {} : { cursor }),
          });
          ids.push(...page.matches.map(({ id }) => id));
          cursor = page.next;
        } while (cursor !== undefined);
        expect(ids.sort()).toEqual(['a', 'b', 'c']);
      });

      it('finds a resource by what it says now, not by what it said before', async () => {
        await write(task('a', 2), [{ code: 'status', value: 'completed' }]);
        expect(await find([token('status', [{ value: 'ready' }])])).toEqual(['c']);
        expect(await find([{ kind: 'reference', code: 'patient', anyOf: ['Patient/1'] }])).toEqual([]);
      });
    });
  });
}
