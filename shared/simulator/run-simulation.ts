import type { Priority } from '../domain/priority.ts';
import { PRIORITIES } from '../domain/priority.ts';
import { lowerBound } from './lower-bound.ts';
import { createPolicy, type PolicyName } from './policies.ts';
import { createNight, type NightRequest } from './scenario.ts';
import { simulateNight } from './simulate.ts';
import { summariseNight, type ClassSummary, type PolicySummary } from './summary.ts';

export interface SimulationRequest extends NightRequest {
  readonly policies: readonly PolicyName[];
  /** So many nights, from `seed` on. */
  readonly seeds: number;
}

export interface SimulatedNight {
  readonly seed: number;
  readonly load: number;
  readonly readings: number;
  readonly policies: readonly PolicySummary[];
  readonly lowerBound: PolicySummary;
}

export interface Simulation {
  readonly nights: readonly SimulatedNight[];
  /** Means over the nights; worst lateness is the worst of all. */
  readonly policies: readonly PolicySummary[];
  readonly lowerBound: PolicySummary;
}

/** The same nights under each policy. Decided by the request alone. */
export function runSimulation({ policies, seeds, ...request }: SimulationRequest): Simulation {
  const nights = Array.from({ length: seeds }, (_, index): SimulatedNight => {
    const seed = request.seed + index;
    const night = createNight({ ...request, seed });
    return {
      seed,
      load: night.load,
      readings: night.tasks.length,
      policies: policies.map((name) => summariseNight(simulateNight(night, createPolicy(name, night, seed)))),
      lowerBound: summariseNight(lowerBound(night)),
    };
  });
  return {
    nights,
    policies: policies.map((_, index) => meanOf(nights.flatMap((night) => night.policies[index] ?? []))),
    lowerBound: meanOf(nights.map((night) => night.lowerBound)),
  };
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function meanOf(summaries: readonly PolicySummary[]): PolicySummary {
  const over = (value: (summary: PolicySummary) => number) => mean(summaries.map(value));
  const classOf = (priority: Priority) => summaries.flatMap(({ classes }) => classes[priority] ?? []);
  return {
    policy: summaries[0]?.policy ?? '',
    classes: Object.fromEntries(
      PRIORITIES.flatMap((priority) => {
        const found = classOf(priority);
        return found.length === 0 ? [] : [[priority, meanClass(found)]];
      }),
    ),
    emergencies: meanClass(summaries.map(({ emergencies }) => emergencies)),
    giniOfMinutes: over(({ giniOfMinutes }) => giniOfMinutes),
    idleMinutes: over(({ idleMinutes }) => idleMinutes),
    totalMinutes: over(({ totalMinutes }) => totalMinutes),
    interruptions: over(({ interruptions }) => interruptions),
    unread: over(({ unread }) => unread),
  };
}

function meanClass(classes: readonly ClassSummary[]): ClassSummary {
  const over = (what: keyof ClassSummary) => mean(classes.map((each) => each[what]));
  return {
    readings: over('readings'),
    breaches: over('breaches'),
    medianWaitMinutes: over('medianWaitMinutes'),
    p95WaitMinutes: over('p95WaitMinutes'),
    medianTurnaroundMinutes: over('medianTurnaroundMinutes'),
    p95TurnaroundMinutes: over('p95TurnaroundMinutes'),
    shareWithinTarget: over('shareWithinTarget'),
    worstLatenessMinutes: Math.max(0, ...classes.map(({ worstLatenessMinutes }) => worstLatenessMinutes)),
  };
}
