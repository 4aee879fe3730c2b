import { describe, expect, it } from 'vitest';

import { createEventBus } from '#electron/workstation/event-bus.ts';
import { eventStream } from '#electron/workstation/door/event-stream.ts';
import { EVENTS_WITH_LIST } from '#shared/contract/events.ts';
import { listenTo } from '#tests/support/listen-to.ts';
import { readingTask } from '#tests/support/reading-tasks.ts';
import { workstationRig } from '#tests/support/workstation-rig.ts';

describe('events with the list', () => {
  async function listening() {
    const rig = await workstationRig();
    for (const name of ['a', 'b', 'c']) await rig.put(readingTask(name));
    rig.workstation.start();
    await rig.workstation.look();
    const events = await listenTo(rig, EVENTS_WITH_LIST);
    await events.next();
    const change = async (name: string) => {
      await rig.put(readingTask(name, { priority: 'stroke' }));
      rig.hubChanged();
    };
    return { rig, events, change };
  }

  it('tell what differs from what the stream told last, as a call would', async () => {
    const { rig, events, change } = await listening();
    await change('d');
    expect(await events.next()).toEqual({ type: 'worklist-changed' });
    const held = await rig.call('worklist', {});
    await change('e');
    const told = await events.next();
    if (told.type !== 'worklist-changed') throw new Error(told.type);
    expect(told.told?.since).toBe(held.revision);
    expect(told.told?.list).toEqual(await rig.call('worklist', { since: held.revision }));
    expect(told.told?.list.rows).toHaveLength(1);
    expect(told.told?.list.kept).toContainEqual([-1, 1]);
    await events.stop();
    rig.close();
  });

  it('tell nothing of the list once the session is locked, also of a change just before', async () => {
    const { rig, events, change } = await listening();
    await change('d');
    await events.next();
    await rig.put(readingTask('e'));
    await rig.workstation.look();
    await rig.call('lock', {});
    expect(await events.next()).toEqual({ type: 'session-locked' });
    await rig.call('unlock', { pin: '4711' });
    expect(await events.next()).toEqual({ type: 'deliveries-changed' });
    expect(await events.next()).toEqual({ type: 'case-changed' });
    const told = await events.next();
    expect(told.type === 'worklist-changed' && told.told?.list.rows).toHaveLength(1);
    await events.stop();
    rig.close();
  });

  it('only say that it changed where it cannot be told, so that the window asks', async () => {
    const events = createEventBus();
    const list = {
      revision: () => '1',
      tell: (): never => {
        throw new Error('cannot be derived');
      },
    };
    const lines = eventStream(events, () => false, list)
      .body!.pipeThrough(new TextDecoderStream())
      .getReader();
    await lines.read();
    for (const _change of ['first', 'second']) {
      events.emit({ type: 'worklist-changed' });
      expect(JSON.parse((await lines.read()).value ?? '')).toEqual({ type: 'worklist-changed' });
    }
    await lines.cancel();
  });

  it('are a query of the list to the audit, once an hour', async () => {
    const recorded: string[] = [];
    const rig = await workstationRig({ audit: { record: ({ act }) => void recorded.push(act) } });
    const events = await listenTo(rig, EVENTS_WITH_LIST);
    await events.next();
    for (const name of ['a', 'b']) {
      await rig.put(readingTask(name));
      await rig.workstation.look();
      await events.next();
    }
    expect(recorded.filter((act) => act === 'worklist.queried')).toHaveLength(1);
    rig.clock.advance(3_600_000);
    await rig.call('worklist', {});
    expect(recorded.filter((act) => act === 'worklist.queried')).toHaveLength(2);
    await events.stop();
    rig.close();
  });
});
