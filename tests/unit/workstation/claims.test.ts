import { describe, expect, it } from 'vitest';

import { HAND_OVER_LEASE_MS } from '#electron/workstation/claims.ts';
import { LEASE_TTL_MS } from '#shared/domain/claim.ts';
import type { RadiologistId, SiteId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { minutesFrom, NIGHT, reader, readingTask } from '#tests/support/reading-tasks.ts';
import { workstationRig } from '#tests/support/workstation-rig.ts';

const held = (task: ReadingTask, minutes: number): ReadingTask => ({
  ...task,
  state: 'claimed',
  claim: {
    radiologistId: 'dr-ray' as RadiologistId,
    radiologistName: 'Ray^Ben',
    since: NIGHT,
    leaseUntil: minutesFrom(NIGHT, minutes),
  },
});

describe('claims', () => {
  it('are written to the hub with a lease, and the fence is the version written', async () => {
    const rig = await workstationRig();
    const { id } = await rig.put(readingTask('a'));
    const answer = await rig.call('openCase', { taskId: id, readOnly: false });
    if (answer.status !== 'opened') throw new Error(answer.status);
    const task = await rig.onHub(id);
    expect(task).toMatchObject({
      state: 'claimed',
      claim: { radiologistId: 'dr-lee', leaseUntil: NIGHT + LEASE_TTL_MS },
    });
    expect(answer.case).toMatchObject({ fence: task.version, canReport: true, row: { mine: true, state: 'claimed' } });
    rig.close();
  });

  it('keep what other systems wrote into the Task', async () => {
    const rig = await workstationRig();
    const { id } = await rig.put(readingTask('a'));
    const [resource] = rig.fhir.all('Task');
    await rig.fhir.update({ ...resource!, note: [{ text: 'call before 23:00' }] } as never);
    await rig.call('openCase', { taskId: id, readOnly: false });
    expect(rig.fhir.all('Task')[0]).toMatchObject({ note: [{ text: 'call before 23:00' }] });
    rig.close();
  });

  it("are refused with the holder's name while another's lease runs, and taken over after it", async () => {
    const rig = await workstationRig();
    const task = await rig.put(held(readingTask('a'), 2));
    expect(await rig.call('openCase', { taskId: task.id, readOnly: false })).toEqual({
      status: 'held-by-another',
      holder: 'Ray^Ben',
      until: minutesFrom(NIGHT, 2),
    });
    rig.clock.advance(2 * 60_000);
    expect((await rig.call('openCase', { taskId: task.id, readOnly: false })).status).toBe('opened');
    expect((await rig.onHub(task.id)).claim?.radiologistId).toBe('dr-lee');
    rig.close();
  });

  it('go to exactly one of two readers who press at once', async () => {
    const one = await workstationRig();
    const other = await workstationRig({ fhir: one.fhir, reader: reader({ id: 'dr-ray' as RadiologistId }) });
    const { id } = await one.put(readingTask('a'));
    const answers = await Promise.all([one, other].map((rig) => rig.call('openCase', { taskId: id, readOnly: false })));
    expect(answers.map((answer) => answer.status).toSorted()).toEqual(['held-by-another', 'opened']);
    one.close();
    other.close();
  });

  it('survive a write of the site in between: read again, decide again', async () => {
    const rig = await workstationRig();
    const task = await rig.put(readingTask('a'));
    const update = rig.fhir.update.bind(rig.fhir);
    let isFirst = true;
    rig.fhir.update = async (resource, version) => {
      if (isFirst) {
        isFirst = false;
        await rig.write({ ...(await rig.onHub(task.id)), reason: 'fall' });
      }
      return update(resource, version);
    };
    expect((await rig.call('openCase', { taskId: task.id, readOnly: false })).status).toBe('opened');
    expect(await rig.onHub(task.id)).toMatchObject({ state: 'claimed', reason: 'fall' });
    rig.close();
  });

  it('are refused in words: closed, not licensed, images not here, hub away', async () => {
    const licensed = reader({ licences: [{ region: 'US-OH', until: '2026-12-31' }] });
    const rig = await workstationRig({ reader: licensed });
    const open = async (task: ReadingTask) =>
      rig.call('openCase', { taskId: (await rig.put(task)).id, readOnly: false });
    expect(await open(readingTask('a', { state: 'cancelled' }))).toEqual({ status: 'order-closed' });
    expect(await open(readingTask('b', { state: 'completed' }))).toEqual({ status: 'order-closed' });
    expect(await open(readingTask('c', { siteId: 'lex' as SiteId }))).toEqual({
      status: 'not-eligible',
      reason: 'not licensed for Kentucky',
    });
    expect(await open(readingTask('d', { state: 'ordered' }))).toEqual({
      status: 'not-eligible',
      reason: 'images have not all arrived',
    });
    expect(await rig.call('openCase', { taskId: 'none', readOnly: false })).toEqual({ status: 'order-closed' });
    const { id } = await rig.put(readingTask('e'));
    rig.fhir.failWith({ code: 'unreachable', sent: false });
    expect(await rig.call('openCase', { taskId: id, readOnly: false })).toEqual({ status: 'hub-unreachable' });
    rig.close();
  });

  it('are not made by only looking', async () => {
    const rig = await workstationRig();
    const task = await rig.put(held(readingTask('a'), 2));
    const answer = await rig.call('openCase', { taskId: task.id, readOnly: true });
    expect(answer).toMatchObject({ status: 'opened', case: { canReport: false } });
    expect((await rig.onHub(task.id)).version).toBe(task.version);
    rig.close();
  });

  it('are renewed with a new fence, also just after they ran out if nobody came', async () => {
    const rig = await workstationRig();
    const { id } = await rig.put(readingTask('a'));
    await rig.call('openCase', { taskId: id, readOnly: false });
    rig.clock.advance(LEASE_TTL_MS + 1000);
    const renewed = await rig.call('renewClaim', { taskId: id });
    expect(renewed).toEqual({
      status: 'renewed',
      fence: (await rig.onHub(id)).version,
      leaseUntil: NIGHT + 2 * LEASE_TTL_MS + 1000,
    });
    rig.close();
  });

  it('given back stand on the list again, for anyone', async () => {
    const rig = await workstationRig();
    const { id } = await rig.put(readingTask('a'));
    expect(await rig.call('returnToList', { taskId: id })).toEqual({ status: 'not-held' });
    await rig.call('openCase', { taskId: id, readOnly: false });
    expect(await rig.call('returnToList', { taskId: id })).toEqual({ status: 'returned' });
    const task = await rig.onHub(id);
    expect(task.state).toBe('ready');
    expect(task.claim).toBeUndefined();
    rig.close();
  });
});

describe('acts on a claim', () => {
  const others = { picking: 'free', readers: [reader({ id: 'dr-ray' as RadiologistId, name: 'Ray^Ben' })] } as const;

  it('hand a case to a named reader: theirs for ten minutes, then everyone’s', async () => {
    const rig = await workstationRig({ groupTerms: others });
    const ben = await workstationRig({ fhir: rig.fhir, reader: others.readers[0]!, clock: rig.clock });
    const { id } = await rig.put(readingTask('a'));
    await rig.call('openCase', { taskId: id, readOnly: false });
    expect(await rig.call('handOver', { taskId: id, readerId: 'nobody', reason: '' })).toEqual({
      status: 'unknown-reader',
    });
    expect(await rig.call('handOver', { taskId: id, readerId: 'dr-ray', reason: 'end of shift' })).toEqual({
      status: 'handed-over',
    });
    expect((await rig.call('openCase', { taskId: id, readOnly: false })).status).toBe('held-by-another');
    const [row] = (await ben.call('worklist', {})).rows;
    expect(row).toMatchObject({ mine: true, handedOverBy: 'Lee^Dana' });
    rig.clock.advance(HAND_OVER_LEASE_MS);
    expect((await rig.call('openCase', { taskId: id, readOnly: false })).status).toBe('opened');
    rig.close();
    ben.close();
  });

  it('hand what was typed to the next reader, who goes on with it, and may hand it back', async () => {
    const reverse = { picking: 'free', readers: [reader()] } as const;
    const rig = await workstationRig({ groupTerms: others });
    const ben = await workstationRig({
      fhir: rig.fhir,
      reader: others.readers[0]!,
      clock: rig.clock,
      groupTerms: reverse,
    });
    const { id } = await rig.put(readingTask('a'));
    type Rig = typeof rig;
    const open = async (by: Rig) => {
      const answer = await by.call('openCase', { taskId: id, readOnly: false });
      if (answer.status !== 'opened') throw new Error(answer.status);
      return answer.case;
    };
    const textIn = ({ draft }: Awaited<ReturnType<typeof open>>) => draft.body.sections[0]?.text;
    const write = async (by: Rig, text: string) => {
      rig.clock.advance(1000);
      const { contextKey, draft } = await open(by);
      const sections = draft.body.sections.map((section, at) => (at === 0 ? { ...section, text } : section));
      const edit = { taskId: id, contextKey, revision: draft.revision, body: { ...draft.body, sections } };
      expect((await by.call('saveDraft', edit)).status).toBe('saved');
      rig.clock.advance(1000);
    };
    await write(rig, 'Begun by one.');
    expect(await rig.call('handOver', { taskId: id, readerId: 'dr-ray', reason: '' })).toEqual({
      status: 'handed-over',
    });
    const taken = await open(ben);
    expect([textIn(taken), taken.draft.handedBy, taken.draft.revision]).toEqual(['Begun by one.', 'Lee^Dana', 1]);
    await write(ben, 'Begun by one. Gone on by two.');
    expect(textIn(await open(ben))).toBe('Begun by one. Gone on by two.');
    expect((await open(ben)).draft.handedBy).toBeUndefined();
    expect(await ben.call('handOver', { taskId: id, readerId: reader().id, reason: '' })).toEqual({
      status: 'handed-over',
    });
    const back = await open(rig);
    expect([textIn(back), back.draft.handedBy]).toEqual(['Begun by one. Gone on by two.', 'Ray^Ben']);
    const { states } = await rig.call('draftHistory', { taskId: id });
    expect(states.map(({ revision, byName }) => [revision, byName])).toEqual([
      [2, 'Ray^Ben'],
      [1, undefined],
    ]);
    expect((await open(rig)).draft.revision).toBe(2);
    rig.close();
    ben.close();
  });

  it('decline a case with its reason on record: passed over while there is anything else, never lost', async () => {
    const rig = await workstationRig();
    const first = await rig.put(readingTask('a'));
    const second = await rig.put(readingTask('b', { priority: 'routine' }));
    await rig.call('openCase', { taskId: first.id, readOnly: false });
    expect(await rig.call('decline', { taskId: first.id, reason: 'own relative' })).toEqual({ status: 'declined' });
    expect((await rig.onHub(first.id)).claim).toBeUndefined();
    expect(await rig.call('readNext', {})).toMatchObject({ status: 'opened', case: { taskId: second.id } });
    await rig.write({ ...(await rig.onHub(second.id)), state: 'completed' });
    expect(await rig.call('readNext', {})).toMatchObject({ status: 'opened', case: { taskId: first.id } });
    const acts = (await rig.onHub(first.id)).acts?.map(({ kind, reason }) => [kind, reason]);
    expect(acts).toEqual([
      ['claimed', undefined],
      ['declined', 'own relative'],
      ['claimed', undefined],
    ]);
    rig.close();
  });

  it('take a case out of turn only as the group agreed, and write the reason down', async () => {
    const rig = await workstationRig({ groupTerms: { ...others, picking: 'with-reason' } });
    await rig.put(readingTask('a'));
    const { id } = await rig.put(readingTask('b', { priority: 'routine' }));
    await rig.call('worklist', {});
    expect(await rig.call('openCase', { taskId: id, readOnly: false })).toEqual({ status: 'reason-needed' });
    expect((await rig.call('openCase', { taskId: id, readOnly: false, pickReason: 'asked for me' })).status).toBe(
      'opened',
    );
    expect((await rig.onHub(id)).acts?.[0]).toMatchObject({ kind: 'picked', by: 'dr-lee', reason: 'asked for me' });
    const strict = await workstationRig({ fhir: rig.fhir, groupTerms: { ...others, picking: 'never' } });
    const other = await rig.put(readingTask('c', { priority: 'routine' }));
    await strict.call('worklist', {});
    expect(await strict.call('openCase', { taskId: other.id, readOnly: false, pickReason: 'x' })).toEqual({
      status: 'read-next-only',
    });
    rig.close();
    strict.close();
  });

  it('escalate once, on record, and not where an equal emergency would become late', async () => {
    const rig = await workstationRig();
    const tight = await rig.put(readingTask('a', { dueAt: minutesFrom(NIGHT, 8) }));
    const { id } = await rig.put(readingTask('b', { priority: 'asap', dueAt: minutesFrom(NIGHT, 9) }));
    await rig.call('worklist', {});
    const refused = await rig.call('escalate', { taskId: id, reason: 'worse' });
    expect(refused).toMatchObject({ status: 'refused', reason: expect.stringContaining('an equal emergency late') });
    await rig.write({ ...(await rig.onHub(tight.id)), state: 'completed' });
    await rig.put(readingTask('d', { priority: 'asap', dueAt: minutesFrom(NIGHT, 8) }));
    expect(await rig.call('escalate', { taskId: id, reason: 'worse' })).toEqual({ status: 'escalated' });
    expect((await rig.onHub(id)).escalation).toMatchObject({ by: 'Lee^Dana', reason: 'worse' });
    expect((await rig.call('escalate', { taskId: id, reason: 'again' })).status).toBe('refused');
    rig.close();
  });
});

describe('read next', () => {
  it('takes the most urgent that is here and free, and passes over one that has just gone', async () => {
    const rig = await workstationRig();
    await rig.put(held(readingTask('a', { priority: 'stroke' }), 2));
    const gone = await rig.put(readingTask('b', { priority: 'trauma' }));
    const next = await rig.put(readingTask('c', { priority: 'stat' }));
    await rig.put(readingTask('d', { priority: 'asap' }));
    const read = rig.fhir.read.bind(rig.fhir);
    rig.fhir.read = async (type, id) => {
      if (id === gone.id) {
        rig.fhir.read = read;
        await rig.write(held(gone, 2));
      }
      return read(type, id);
    };
    const answer = await rig.call('readNext', {});
    expect(answer).toMatchObject({ status: 'opened', case: { taskId: next.id } });
    rig.close();
  });

  it('says when there is nothing, and when the hub is away', async () => {
    const rig = await workstationRig();
    expect(await rig.call('readNext', {})).toEqual({ status: 'empty' });
    rig.fhir.failWith({ code: 'unreachable', sent: false });
    expect(await rig.call('readNext', {})).toEqual({ status: 'hub-unreachable' });
    rig.close();
  });

  it('empties a list between two workstations without one reading claimed twice', async () => {
    const one = await workstationRig();
    const other = await workstationRig({ fhir: one.fhir, reader: reader({ id: 'dr-ray' as RadiologistId }) });
    for (let n = 0; n < 20; n += 1) await one.put(readingTask(`t${n}`));
    const opened: string[] = [];
    const readAll = async (rig: typeof one) => {
      for (;;) {
        const answer = await rig.call('readNext', {});
        if (answer.status !== 'opened') return;
        opened.push(answer.case.taskId);
        await one.write({ ...(await one.onHub(answer.case.taskId)), state: 'completed' });
      }
    };
    await Promise.all([readAll(one), readAll(other)]);
    expect(opened).toHaveLength(20);
    expect(new Set(opened).size).toBe(20);
    one.close();
    other.close();
  });
});
