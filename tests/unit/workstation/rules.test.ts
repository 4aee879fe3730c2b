import { describe, expect, it } from 'vitest';

import { DEFAULT_RULES } from '#shared/domain/worklist-rules.ts';
import { minutesFrom, NIGHT, readingTask } from '#tests/support/reading-tasks.ts';
import { workstationRig } from '#tests/support/workstation-rig.ts';

describe('rules of the list', () => {
  it('are the given ones until the group switches, then the same on every workstation', async () => {
    const one = await workstationRig();
    const other = await workstationRig({ fhir: one.fhir });
    const { rules } = await one.call('listRules', {});
    expect(rules).toEqual(DEFAULT_RULES);
    const changed = { ...rules, name: 'Night', capMinutes: 300 };
    expect(await one.call('switchRules', { rules: changed })).toEqual({ status: 'switched' });
    expect((await other.call('listRules', {})).rules).toEqual(changed);
    one.close();
    other.close();
  });

  it('are not overwritten by one who has not seen the last switch', async () => {
    const one = await workstationRig();
    const other = await workstationRig({ fhir: one.fhir });
    const { rules } = await one.call('listRules', {});
    await one.call('switchRules', { rules: { ...rules, capMinutes: 300 } });
    await other.call('listRules', {});
    await one.call('switchRules', { rules: { ...rules, capMinutes: 200 } });
    expect(await other.call('switchRules', { rules: { ...rules, capMinutes: 100 } })).toEqual({
      status: 'changed-meanwhile',
    });
    expect((await other.call('listRules', {})).rules.capMinutes).toBe(200);
    one.close();
    other.close();
  });

  it('are rehearsed on what came in the last day, with both sides told, and say when there is nothing', async () => {
    const rig = await workstationRig();
    const { rules } = await rig.call('listRules', {});
    expect(await rig.call('rehearseRules', { rules })).toEqual({ status: 'nothing-to-rehearse' });
    for (let count = 0; count < 6; count += 1)
      await rig.put(readingTask(`t${count}`, { imagesCompleteAt: minutesFrom(NIGHT, -120 + count * 10) }));
    const answer = await rig.call('rehearseRules', { rules: { ...rules, name: 'As it came', order: 'time' } });
    if (answer.status !== 'rehearsed') throw new Error(answer.status);
    expect(answer.readings).toBe(6);
    expect(answer.current.classes.map(({ priority, readings }) => [priority, readings])).toEqual([['stat', 6]]);
    expect(answer.proposed.classes[0]?.readings).toBe(6);
    rig.fhir.failWith({ code: 'unreachable', sent: false });
    expect(await rig.call('rehearseRules', { rules })).toEqual({ status: 'hub-unreachable' });
    rig.close();
  });
});
