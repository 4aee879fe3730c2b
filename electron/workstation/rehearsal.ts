import type { Task } from 'fhir/r4';

import type { CallResponse } from '#shared/contract/calls.ts';
import type { ReadingGroup } from '#shared/domain/group.ts';
import { PRIORITIES } from '#shared/domain/priority.ts';
import type { Radiologist } from '#shared/domain/radiologist.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { Shift } from '#shared/domain/shift.ts';
import type { WorklistView } from '#shared/domain/worklist.ts';
import type { WorklistRules } from '#shared/domain/worklist-rules.ts';
import { STARTING_MINUTES } from '#shared/domain/minutes-model.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { READING_CODE } from '#shared/fhir/systems.ts';
import { DAY_MS, toIso, type Clock, type EpochMs } from '#shared/kernel/clock.ts';
import { rehearse } from '#shared/simulator/rehearse.ts';
import type { PolicySummary } from '#shared/simulator/summary.ts';

type Answer = CallResponse<'rehearseRules'>;
type Played = Extract<Answer, { status: 'rehearsed' }>['current'];

/** All that came in the last day and night is enough to see what a rule does, and little enough to play it at once. */
const MOST_TASKS = 5000;

export async function rehearseRules(
  proposed: WorklistRules,
  ports: {
    readonly fhir: FhirClient;
    readonly clock: Clock;
    readonly reader: Radiologist;
    readonly terms: ReadingGroup;
    readonly roster: readonly Shift[];
    readonly current: WorklistRules;
    readonly view: WorklistView;
  },
): Promise<Answer> {
  const { clock, reader, terms, current, view } = ports;
  const until = clock.now();
  const from = (until - DAY_MS) as EpochMs;
  let tasks: readonly ReadingTask[];
  try {
    tasks = await readingsSince(from, ports.fhir);
  } catch (error) {
    if (error instanceof FhirError) return { status: 'hub-unreachable' };
    throw error;
  }
  const readers = [reader, ...terms.readers.filter(({ id }) => id !== reader.id)];
  const shifts = ports.roster.filter((shift) => shift.until > from && shift.from < until);
  const played = rehearse({
    tasks,
    from,
    until,
    readers,
    // Without a roster this reader stands for whoever was there.
    roster: shifts.length > 0 ? shifts : [{ readerId: reader.id, readerName: reader.name, from, until, breaks: [] }],
    regionOf: view.regionOf,
    minutes: view.minutes ?? STARTING_MINUTES,
    current,
    proposed,
  });
  if (played.readings === 0) return { status: 'nothing-to-rehearse' };
  return {
    status: 'rehearsed',
    readings: played.readings,
    from,
    until,
    current: playedOf(played.current),
    proposed: playedOf(played.proposed),
  };
}

async function readingsSince(from: EpochMs, fhir: FhirClient): Promise<readonly ReadingTask[]> {
  const code = `${READING_CODE.system}|${READING_CODE.code}`;
  const found = await fhir.search<Task>('Task', { code, _lastUpdated: `ge${toIso(from)}` }, MOST_TASKS);
  return found.flatMap((resource) => {
    const reading = readingTaskFromFhir(resource);
    return reading.ok ? [reading.value] : [];
  });
}

const playedOf = ({ classes, giniOfMinutes, idleMinutes, unread }: PolicySummary): Played => ({
  classes: PRIORITIES.flatMap((priority) => {
    const summary = classes[priority];
    if (summary === undefined) return [];
    const { readings, medianTurnaroundMinutes, p95TurnaroundMinutes, shareWithinTarget, breaches } = summary;
    return [{ priority, readings, medianTurnaroundMinutes, p95TurnaroundMinutes, shareWithinTarget, breaches }];
  }),
  giniOfMinutes,
  idleMinutes,
  unread,
});
