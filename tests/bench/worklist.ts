import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';

import { table, type Runs } from './runs.ts';
import { measureHub, type HubHalf } from './worklist-hub.ts';
import { FRAME_MS, measureWindow, type WindowHalf } from './worklist-window.ts';

const USAGE = 'usage: bench -- worklist [--half window|hub] [--rows N] [--tasks N] [--runs N] [--json FILE]';

/**
 * `bench -- worklist`: what a list of thousands costs the page's main thread, against one frame; and what a hub of a hundred thousand Tasks costs beside bare
 * SQL for the same rows.
 */
export async function benchWorklist(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      half: { type: 'string' },
      rows: { type: 'string' },
      tasks: { type: 'string' },
      runs: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const [rows, tasks, runs] = [Number(values.rows ?? 5000), Number(values.tasks ?? 100_000), Number(values.runs ?? 7)];
  const isHalf = values.half === undefined || values.half === 'window' || values.half === 'hub';
  if (!isHalf || ![rows, tasks, runs].every((each) => Number.isInteger(each) && each > 0)) {
    process.stderr.write(`bench: ${USAGE}\n`);
    return 2;
  }
  const window = values.half === 'hub' ? undefined : await benchWindow(rows, runs);
  const hub = values.half === 'window' ? undefined : await benchHub(tasks, runs);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ window, hub }, null, 2)}\n`);
  return 0;
}

async function benchHub(tasks: number, runs: number): Promise<readonly HubHalf[]> {
  const before = loadavg();
  const halves = await measureHub(tasks, runs, (line) => void process.stderr.write(`${line}\n`));
  for (const { database, costs } of halves) {
    process.stdout.write(
      `worklist, hub: ${tasks} tasks on ${database}, beside bare SQL for the same rows, load ${before.map((each) => each.toFixed(1)).join(' ')}\n` +
        `${table([
          ['what', 'hub', 'bare SQL', 'ratio', 'runs'],
          ...costs.map(({ what, hub, bare }) => [
            what,
            `${hub.medianMs} ms`,
            `${bare.medianMs} ms`,
            (hub.medianMs / Math.max(bare.medianMs, 0.1)).toFixed(1),
            `${hub.runsMs.join(' ')} | ${bare.runsMs.join(' ')}`,
          ]),
        ])}\n`,
    );
  }
  return halves;
}

const beside = ({ medianMs }: Runs, { bareRowsWork }: WindowHalf): string =>
  `× ${(medianMs / Math.max(bareRowsWork.medianMs, 0.1)).toFixed(1)}`;

async function benchWindow(rows: number, runs: number): Promise<WindowHalf> {
  const before = loadavg();
  const window = await measureWindow(rows, runs);
  const line = (what: string, { medianMs, runsMs }: Runs, limitMs?: number): string[] => [
    what,
    `${medianMs} ms`,
    limitMs === undefined ? 'stated' : `${limitMs} ms`,
    limitMs === undefined ? '' : (medianMs / limitMs).toFixed(2),
    runsMs.join(' '),
  ];
  process.stdout.write(
    `worklist, window: ${rows} rows, main-thread work of the page by its own clock, load ${before.map((each) => each.toFixed(1)).join(' ')}\n` +
      `${table([
        ['what', 'median', 'limit', 'ratio', 'runs'],
        line('first rows painted (clock on the wall)', window.firstRowsWallMs),
        line('re-order after one change', window.reorderWork, FRAME_MS),
        line('re-order, no motion asked for', window.stillReorderWork, FRAME_MS),
        line('filter keystroke', window.filterWork, FRAME_MS),
        line('bare rows replaced (the browser alone)', window.bareRowsWork),
      ])}\nbeside the browser alone under the same load: re-order ${beside(window.reorderWork, window)}, filter keystroke ${beside(window.filterWork, window)}\n`,
  );
  return window;
}
