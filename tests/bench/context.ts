import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';

import { withCases } from './case-bench.ts';
import type { Opening } from './open-workplace.ts';
import { readRunOptions } from './run-options.ts';
import { runsOf, table } from './runs.ts';

const USAGE = 'usage: bench -- context [--runs N] [--slices N] [--json FILE]';
/** What a site tells of one patient: more than a reader reads. */
const LABS = 40;
const ALLERGIES = 10;
const COMMENTS = 20;

/** `bench -- context`: from "Read next" to the notes complete, against the first image of the same opening; both fetched ahead. */
export async function benchContext(argv: readonly string[]): Promise<number> {
  const options = readRunOptions(argv, { slices: 100, leastSlices: 1, most: 1000 });
  if (options === undefined) {
    process.stderr.write(`bench: ${USAGE}\n`);
    return 2;
  }
  const { slices, runs } = options;
  // The first opening of a page is not counted: its code is read then.
  const keys = Array.from({ length: runs + 1 }, (_, run) => `CONTEXT${run}`);
  const measured = await withCases(
    keys.map((key) => ({ key, slices, told: toldOf(key) })),
    async ({ openNext, waitUntilHere }) => {
      const openings: Opening[] = [];
      const before = loadavg();
      for (const key of keys) {
        await waitUntilHere(key);
        openings.push(await openNext());
      }
      return { openings: openings.slice(1), loadAverage: { before, after: loadavg() } };
    },
  );
  const notes = runsOf(measured.openings.map(({ notesCompleteMs }) => notesCompleteMs));
  const firstImage = runsOf(measured.openings.map(({ firstImageMs }) => firstImageMs));
  const ratio = Math.round((notes.medianMs / firstImage.medianMs) * 100) / 100;
  const told = LABS + ALLERGIES + COMMENTS;
  const load = measured.loadAverage;
  process.stdout.write(
    `${[
      `context: ${told} facts told with each order, ${slices} slices; load average ${(load.before[0] ?? 0).toFixed(2)} before, ${(load.after[0] ?? 0).toFixed(2)} after`,
      table([
        ['', 'median', 'limit', 'ratio', 'runs (ms)'],
        [
          'prefetched: notes complete',
          `${notes.medianMs.toFixed(1)} ms`,
          `first image ${firstImage.medianMs.toFixed(1)} ms`,
          `${ratio.toFixed(2)}×`,
          notes.runsMs.join(' '),
        ],
        ['limit: first image', `${firstImage.medianMs.toFixed(1)} ms`, '', '', firstImage.runsMs.join(' ')],
      ]),
    ].join('\n')}\n\n`,
  );
  if (options.json !== undefined) {
    const written = { benchmark: 'context', runs, slices, told, notes, firstImage, ratio, loadAverage: load };
    writeFileSync(options.json, `${JSON.stringify(written, undefined, 1)}\n`);
  }
  return 0;
}

const toldOf = (key: string): readonly string[] => [
  ...times(COMMENTS, (nth) => `NTE|${nth}||Comment ${nth} of ${key}: seen by the team, plan unchanged`),
  ...times(LABS, (nth) => `OBX|${nth}|NM|${nth}-0^Value ${nth}^L||${nth}.5|mg/dL|||||F|||20260101010000`),
  ...times(ALLERGIES, (nth) => `AL1|${nth}|DA|^Substance ${nth}|MO|rash`),
];
const times = (count: number, make: (nth: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, at) => make(at + 1));
