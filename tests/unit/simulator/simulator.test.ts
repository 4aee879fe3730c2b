import { describe, expect, it } from 'vitest';

import { examTypeOf } from '#shared/domain/exam-type.ts';
import { STARTING_MINUTES } from '#shared/domain/minutes-model.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { DEFAULT_RULES } from '#shared/domain/worklist-rules.ts';
import { parseSimulateArguments } from '#electron/hosts/cli/simulate.ts';
import { createEventQueue } from '#shared/simulator/event-queue.ts';
import { POLICY_NAMES } from '#shared/simulator/policies.ts';
import { createRandom } from '#shared/simulator/random.ts';
import { rehearse } from '#shared/simulator/rehearse.ts';
import { runSimulation, type Simulation } from '#shared/simulator/run-simulation.ts';
import { createNight } from '#shared/simulator/scenario.ts';
import { simulateNight, type Policy } from '#shared/simulator/simulate.ts';
import { simulationTable } from '#shared/simulator/simulation-table.ts';
import { minutesFrom } from '#tests/support/reading-tasks.ts';

const group = { readers: 12, sites: 40, hours: 12, policies: POLICY_NAMES } as const;
const of = ({ policies }: Simulation, name: string) => {
  const found = policies.find(({ policy }) => policy === name);
  if (found === undefined) throw new Error(`no policy ${name}`);
  return found;
};

describe('the random streams', () => {
  it('have the mean and spread that were asked for', () => {
    const random = createRandom(1, 'test');
    const values = Array.from({ length: 50_000 }, () => random.logNormal(17.1, 14.6));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    expect(mean).toBeGreaterThan(16.8);
    expect(mean).toBeLessThan(17.4);
    expect(sd).toBeGreaterThan(13.6);
    expect(sd).toBeLessThan(15.6);
  });
});

describe('the event queue', () => {
  it('gives events by time, those of one moment in the order they came', () => {
    const queue = createEventQueue<string>();
    for (const [at, event] of [
      [3, 'c'],
      [1, 'a'],
      [3, 'd'],
      [2, 'b'],
      [3, 'e'],
      [0, 'first'],
    ] as const)
      queue.add(at, event);
    expect(Array.from({ length: 7 }, () => queue.take()?.event)).toEqual(['first', 'a', 'b', 'c', 'd', 'e', undefined]);
  });
});

describe('a night', () => {
  it('is decided by its seed, to the last minute', () => {
    const request = { ...group, readers: 4, sites: 6, hours: 3, seed: 5, seeds: 1 };
    expect(runSimulation(request)).toEqual(runSimulation(request));
    expect(runSimulation({ ...request, seed: 6 })).not.toEqual(runSimulation(request));
  });

  it('holds as many expected minutes as the load says, and loads of 0.7 to 0.95 by itself', () => {
    const night = createNight({ readers: 12, sites: 40, hours: 12, seed: 3, load: 0.8 });
    const minutes = night.tasks.reduce((sum, { exam }) => sum + examTypeOf(exam).meanMinutes, 0);
    // Whole exams: the last one may reach beyond.
    expect(minutes).toBeGreaterThanOrEqual(0.8 * 12 * 12 * 60);
    expect(minutes).toBeLessThan(0.8 * 12 * 12 * 60 + 25);
    const loads = Array.from({ length: 20 }, (_, seed) => createNight({ readers: 2, sites: 4, hours: 2, seed }).load);
    expect(Math.min(...loads)).toBeGreaterThanOrEqual(0.7);
    expect(Math.max(...loads)).toBeLessThanOrEqual(0.95);
  });

  it('gives every reading to one eligible reader who was free, and no policy sees a reading before it arrived', () => {
    const night = createNight({ readers: 5, sites: 10, hours: 4, seed: 2 });
    const first: Policy = {
      name: 'first',
      next: ({ reader }, { waiting, now }) => {
        for (const task of waiting) expect(task.imagesCompleteAt).toBeLessThanOrEqual(now);
        return waiting.find(({ siteId }) => reader.licences.some(({ region }) => region === night.regionOf(siteId)));
      },
    };
    const { readings, unread } = simulateNight(night, first);
    expect(unread).toEqual([]);
    expect(new Set(readings.map(({ task }) => task.id)).size).toBe(night.tasks.length);
    for (const reader of night.readers) {
      const own = readings
        .filter(({ readerId }) => readerId === reader.id)
        .map(({ doneAt, minutes }) => [doneAt - minutes * 60_000, doneAt] as const)
        .toSorted((one, other) => one[0] - other[0]);
      own.slice(1).forEach(([begun], index) => expect(begun).toBeGreaterThanOrEqual((own[index]?.[1] ?? 0) - 1));
    }
  });
});

/** The claim of the README on a few of its nights; `npm run simulate -- --seeds 20` has them all. */
describe('our policy, on nights between load 0.7 and 0.95', () => {
  const simulation = runSimulation({ ...group, seed: 1, seeds: 4 });
  const ours = of(simulation, 'ours');

  it.each(POLICY_NAMES.filter((name) => name !== 'ours'))(
    'has more STAT and activations within their target than %s',
    (name) => {
      expect(ours.emergencies.shareWithinTarget).toBeGreaterThan(of(simulation, name).emergencies.shareWithinTarget);
    },
  );

  it('is within two points of what no policy could better', () => {
    const bound = simulation.lowerBound.emergencies.shareWithinTarget;
    expect(bound).toBeGreaterThanOrEqual(ours.emergencies.shareWithinTarget);
    expect(bound - ours.emergencies.shareWithinTarget).toBeLessThanOrEqual(0.02);
  });

  it('lets routine wait no longer at the 95th percentile than class-then-arrival does', () => {
    expect(ours.classes.routine?.p95WaitMinutes).toBeLessThanOrEqual(
      of(simulation, 'priority-fifo').classes.routine?.p95WaitMinutes ?? 0,
    );
  });

  it('shares minutes at least twice as evenly as open pick', () => {
    expect(ours.giniOfMinutes).toBeLessThanOrEqual(of(simulation, 'open-pick').giniOfMinutes / 2);
  });

  it('is never better than the bound in any reading', () => {
    for (const { policies, lowerBound } of simulation.nights)
      for (const { emergencies, classes } of policies) {
        expect(emergencies.medianTurnaroundMinutes).toBeGreaterThanOrEqual(
          lowerBound.emergencies.medianTurnaroundMinutes,
        );
        expect(classes.routine?.shareWithinTarget).toBeLessThanOrEqual(
          lowerBound.classes.routine?.shareWithinTarget ?? 0,
        );
      }
  });

  it('is printed as a table with every policy and the bound', () => {
    const table = simulationTable(simulation);
    for (const name of [...POLICY_NAMES, 'lower-bound']) expect(table).toContain(name);
    expect(table.split('\n')[0]).toMatch(/^4 nights, \d+ readings, load 0\.\d+ to 0\.\d+; minutes$/);
  });
});

describe('a rule rehearsal', () => {
  const night = createNight({ readers: 4, sites: 8, hours: 6, seed: 8, load: 0.9 });
  const request = {
    tasks: night.tasks,
    from: night.from,
    until: night.until,
    readers: night.readers,
    roster: night.roster,
    regionOf: night.regionOf,
    minutes: STARTING_MINUTES,
    current: DEFAULT_RULES,
  };

  it('shows no difference between rules that are the same', () => {
    const { current, proposed } = rehearse({ ...request, proposed: DEFAULT_RULES });
    expect(proposed).toEqual(current);
  });

  it('shows turnaround, breaches and fairness of both sides by side', () => {
    const fifo = { ...DEFAULT_RULES, name: 'by arrival', order: 'time' } as const;
    const { current, proposed, readings } = rehearse({ ...request, proposed: fifo });
    expect(readings).toBe(night.tasks.length);
    expect(proposed.policy).toBe('by arrival');
    expect(proposed.emergencies.breaches).toBeGreaterThan(current.emergencies.breaches);
    expect(current.giniOfMinutes).toBeGreaterThan(0);
  });

  it('takes each signed reading as long as it really took, and leaves out what never arrived', () => {
    const [task] = night.tasks;
    const [reader] = night.readers;
    if (task?.imagesCompleteAt === undefined || reader === undefined) throw new Error('an empty night');
    const at = task.imagesCompleteAt;
    const signed: ReadingTask = {
      ...task,
      state: 'completed',
      completedAt: minutesFrom(at, 40),
      acts: [{ kind: 'claimed', by: reader.id, byName: '', at: minutesFrom(at, 10) }],
    };
    const alone = { ...request, readers: [{ ...reader, licences: [] }], proposed: DEFAULT_RULES };
    const { imagesCompleteAt: _never, ...missing } = { ...task, id: 'missing' as typeof task.id };
    const { current, readings } = rehearse({ ...alone, tasks: [signed, missing] });
    expect(readings).toBe(1);
    expect(current.totalMinutes).toBeCloseTo(30, 6);
  });
});

describe('npm run simulate', () => {
  it('knows the flags of SURFACE', () => {
    const args = ['--readers', '12', '--sites', '40', '--hours', '8', '--seed', '7', '--policy', 'all', '--json'];
    expect(parseSimulateArguments(args)).toMatchObject({
      ok: true,
      value: { readers: 12, sites: 40, hours: 8, seed: 7, policies: POLICY_NAMES, json: true },
    });
  });

  it.each([
    [['--readers', '0'], /--readers must be a whole number/],
    [['--policy', 'lottery'], /--policy must be fifo/],
    [['--load', 'much'], /--load must be/],
    [['--what'], /--what/],
  ])('refuses %j in one line', (args, message) => {
    const parsed = parseSimulateArguments(args);
    expect(parsed.ok ? '' : parsed.error).toMatch(message);
  });
});
