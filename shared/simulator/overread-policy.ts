import { chooseReader } from '../domain/assignment.ts';
import { eligibilityOf } from '../domain/eligibility.ts';
import { examTypeOf } from '../domain/exam-type.ts';
import { whomToInterrupt, type OpenReading } from '../domain/interruption.ts';
import { hoursIn } from '../domain/shift.ts';
import { deriveWorklist, nextReading } from '../domain/worklist.ts';
import type { WorklistRules } from '../domain/worklist-rules.ts';
import type { Night, SimReader } from './scenario.ts';
import type { Desk, Policy } from './simulate.ts';

/** The program's own list, "Read next" and interruptions: the same pure functions that a workstation uses. */
export function createOverreadPolicy(night: Night, rules: WorklistRules, name = 'ours'): Policy {
  const { minutes, regionOf } = night;
  return {
    name,
    next({ reader, minutesRead }, { now, waiting, desks }) {
      const others = desks.map((desk) => desk.reader).filter(({ id }) => id !== reader.id);
      const isFresh = ({ shift }: SimReader) => hoursIn(shift, now) < rules.lateShift.afterHours;
      const entries = deriveWorklist(waiting, {
        reader,
        regionOf,
        now,
        rules,
        minutes,
        colleagues: others,
        duty: { onShift: true, hoursIn: hoursIn(reader.shift, now), minutesRead, hasColleague: others.some(isFresh) },
      });
      return nextReading(entries)?.task;
    },
    askFirst(task, free, { now, desks }) {
      const type = examTypeOf(task.exam);
      const mean = desks.reduce((sum, desk) => sum + desk.minutesRead, 0) / desks.length;
      const candidates = free
        .filter(
          ({ reader }) => eligibilityOf(reader, task, { region: regionOf(task.siteId), now }).refusals.length === 0,
        )
        .map(({ reader, minutesRead }) => ({
          readerId: reader.id,
          expectedMinutes: minutes.expected(type, reader.id),
          deficitMinutes: mean - minutesRead,
        }));
      const chosen = chooseReader(task.priority, candidates);
      return free.filter(({ reader }) => reader.id === chosen);
    },
    interrupts(task, { now, desks }) {
      const open = desks.flatMap((desk) => openReadingOf(desk, night));
      return whomToInterrupt(task, open, { now, rules, minutes, regionOf });
    },
  };
}

/** Undefined for nobody's case; one who has set a case aside already is not asked again. */
function openReadingOf({ open, setAside, reader, interruptedAt }: Desk, { minutes }: Night): OpenReading[] {
  if (open === undefined || setAside !== undefined) return [];
  const { task, since } = open;
  return [
    {
      reader,
      standsAs: task.priority,
      since,
      expectedMinutes: minutes.expected(examTypeOf(task.exam), reader.id),
      interruptedAt,
      ...(task.dueAt === undefined ? {} : { dueAt: task.dueAt }),
    },
  ];
}
