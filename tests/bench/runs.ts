/** One quantity measured several times; milliseconds. */
export interface Runs {
  readonly medianMs: number;
  readonly runsMs: readonly number[];
}

export function runsOf(measured: readonly number[]): Runs {
  const sorted = measured.toSorted((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
  return { medianMs: rounded(median), runsMs: measured.map(rounded) };
}

const rounded = (ms: number): number => Math.round(ms * 10) / 10;

const ATTEMPTS = 3;

/** How long `work` takes, by the monotonic clock. What fails (a busy server hangs up) is done again and only then counts. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const began = performance.now();
    try {
      await work();
      return performance.now() - began;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

/** Rows with their cells under each other; all but the first column to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const last = widths.length - 1;
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          if (column === last) return cell;
          return column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
        })
        .join('  '),
    )
    .join('\n');
}
