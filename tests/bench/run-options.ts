import { parseArgs } from 'node:util';

export interface RunOptions {
  readonly json: string | undefined;
  readonly runs: number;
  readonly slices: number;
}

/** `--runs`, `--slices` and `--json`, as most benchmarks have them; undefined where something else was meant. */
export function readRunOptions(
  argv: readonly string[],
  usual: { readonly slices: number; readonly leastSlices: number; readonly most: number },
): RunOptions | undefined {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        json: { type: 'string' },
        runs: { type: 'string', default: '5' },
        slices: { type: 'string', default: `${usual.slices}` },
      },
    });
    const [runs, slices] = [Number(values.runs), Number(values.slices)];
    const isCount = (value: number, least: number) => Number.isInteger(value) && value >= least && value <= usual.most;
    return isCount(runs, 1) && isCount(slices, usual.leastSlices) ? { json: values.json, runs, slices } : undefined;
  } catch {
    return undefined;
  }
}
