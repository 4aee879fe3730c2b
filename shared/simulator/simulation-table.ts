import { countOf } from '#shared/kernel/count-of.ts';

import { PRIORITIES, PRIORITY_LABEL } from '../domain/priority.ts';
import type { Simulation } from './run-simulation.ts';
import type { ClassSummary, PolicySummary } from './summary.ts';

type Row = readonly string[];

const minutes = (value: number): string => value.toFixed(1);
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const CLASS_HEAD: Row = [
  'policy',
  'class',
  'readings',
  'wait median',
  'wait p95',
  'turnaround median',
  'turnaround p95',
  'within target',
  'worst lateness',
];

const classRow = (policy: string, label: string, summary: ClassSummary): Row => [
  policy,
  label,
  summary.readings.toFixed(0),
  minutes(summary.medianWaitMinutes),
  minutes(summary.p95WaitMinutes),
  minutes(summary.medianTurnaroundMinutes),
  minutes(summary.p95TurnaroundMinutes),
  percent(summary.shareWithinTarget),
  minutes(summary.worstLatenessMinutes),
];

const classRows = ({ policy, classes, emergencies }: PolicySummary): readonly Row[] => [
  ...PRIORITIES.flatMap((priority) => {
    const summary = classes[priority];
    return summary === undefined ? [] : [classRow(policy, PRIORITY_LABEL[priority], summary)];
  }),
  classRow(policy, 'STAT and activations', emergencies),
];

const GROUP_HEAD: Row = ['policy', 'Gini of minutes', 'idle minutes', 'minutes read', 'cases set aside'];

const groupRow = (summary: PolicySummary): Row => [
  summary.policy,
  summary.giniOfMinutes.toFixed(3),
  summary.idleMinutes.toFixed(0),
  summary.totalMinutes.toFixed(0),
  summary.interruptions.toFixed(0),
];

/** Words to the left, numbers to the right. */
function aligned(head: Row, rows: readonly Row[], words: number): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => (column < words ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** For a person: times in minutes, means over the nights. */
export function simulationTable({ nights, policies, lowerBound }: Simulation): string {
  const loads = nights.map(({ load }) => load);
  const readings = nights.reduce((sum, night) => sum + night.readings, 0);
  const head =
    `${countOf(nights.length, 'night')}, ${readings} readings, ` +
    `load ${Math.min(...loads).toFixed(2)} to ${Math.max(...loads).toFixed(2)}; minutes`;
  const bound =
    'lower-bound: every reading alone, begun at once by its fastest eligible reader; no policy can do better';
  return [
    head,
    '',
    aligned(CLASS_HEAD, [...policies, lowerBound].flatMap(classRows), 2),
    '',
    aligned(GROUP_HEAD, policies.map(groupRow), 1),
    '',
    bound,
    '',
  ].join('\n');
}
