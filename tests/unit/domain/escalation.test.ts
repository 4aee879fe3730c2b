import { describe, expect, it } from 'vitest';

import { weighEscalation } from '#shared/domain/escalation.ts';
import { minutesFrom, NIGHT, reader, readingTask } from '#tests/support/reading-tasks.ts';

const view = { reader: reader(), regionOf: () => undefined, now: NIGHT, readersOnShift: 1 };
const urgent = (id: string, dueIn: number) => readingTask(id, { priority: 'urgent', dueAt: minutesFrom(NIGHT, dueIn) });
const routine = readingTask('r', { priority: 'routine', dueAt: minutesFrom(NIGHT, 900) });

describe('an escalation', () => {
  it('tells whom it pushes back, by how many places and minutes', () => {
    const tasks = [
      urgent('u', 300),
      readingTask('x', { priority: 'routine', dueAt: minutesFrom(NIGHT, 600) }),
      routine,
    ];
    const effect = weighEscalation(routine, tasks, view);
    expect(effect.refusal).toBeUndefined();
    expect(effect.gains).toBe(2);
    // One reader and CT heads of 7 minutes each: everyone overtaken waits one such exam longer.
    expect(effect.pushedBack).toEqual([
      { taskId: 'u', byPlaces: 1, byMinutes: 7, becomesLate: false },
      { taskId: 'x', byPlaces: 1, byMinutes: 7, becomesLate: false },
    ]);
  });

  it('is refused when it would make an equal emergency late, with the reason', () => {
    const asap = readingTask('a', {
      priority: 'asap',
      dueAt: minutesFrom(NIGHT, 4),
      authoredOn: minutesFrom(NIGHT, -60),
    });
    const stat = readingTask('s', { dueAt: minutesFrom(NIGHT, 12) });
    const effect = weighEscalation(asap, [asap, stat], view);
    expect(effect.refusal).toBe('it would make an equal emergency late: STAT of Mercy General would wait 7 min longer');
    expect(effect.pushedBack).toEqual([{ taskId: 's', byPlaces: 1, byMinutes: 7, becomesLate: true }]);
  });

  it('is allowed to let a lesser reading become late, and shows that', () => {
    const lesser = readingTask('x', { priority: 'routine', dueAt: minutesFrom(NIGHT, 8) });
    const effect = weighEscalation(routine, [lesser, routine], view);
    expect(effect.refusal).toBeUndefined();
    expect(effect.pushedBack).toEqual([{ taskId: 'x', byPlaces: 1, byMinutes: 7, becomesLate: true }]);
  });

  it('is refused where there is nothing to gain, done already, or closed', () => {
    const stroke = readingTask('k', { priority: 'stroke', dueAt: minutesFrom(NIGHT, 10) });
    expect(weighEscalation(stroke, [stroke, routine], view).refusal).toContain('as high as an escalation can bring it');
    const again = { ...routine, escalation: { at: NIGHT, by: 'ED', reason: 'worse' } };
    expect(weighEscalation(again, [again], view).refusal).toBe('it is escalated already');
    const done = readingTask('d', { state: 'completed' });
    expect(weighEscalation(done, [done], view).refusal).toBe('it is closed');
  });
});
