import { createImageEncoders } from '#electron/adapters/dicom-encode/create-image-encoders.ts';

import { startBenchArchive } from './bench-archive.ts';
import { benchStudy, encodeSlices, filesOf } from './bench-series.ts';
import { openWorkplace, type Workplace } from './open-workplace.ts';

export interface CaseSpec {
  readonly key: string;
  readonly slices: number;
  /** Further segments of its order. */
  readonly told?: readonly string[];
}

/** An archive with these CTs as raw slices, a workstation on it with a reading for each, all fetched ahead. */
export async function withCases<Result>(
  cases: readonly CaseSpec[],
  measure: (workplace: Workplace) => Promise<Result>,
): Promise<Result> {
  const closing: (() => Promise<unknown>)[] = [];
  try {
    const archive = await startBenchArchive();
    closing.push(() => archive.stop());
    const most = Math.max(...cases.map(({ slices }) => slices));
    // More different slices than these cost time and measure nothing more.
    const drawn = await encodeSlices(Math.min(most, DRAWN_SLICES), 'native', createImageEncoders());
    const date = new Date().toISOString().slice(0, 10).replaceAll('-', '');
    for (const { key, slices } of cases) {
      const pixels = Array.from({ length: slices }, (_, index) => drawn[index % drawn.length]!);
      for (const file of filesOf(benchStudy(key, slices), pixels, date)) await archive.store(file);
    }
    const workplace = await openWorkplace(archive);
    closing.push(() => workplace.close());
    for (const { key, told = [] } of cases) await workplace.order(key, 'S', told);
    await workplace.waitForReadings(cases.map(({ key }) => key));
    const [first] = cases;
    if (first !== undefined) await workplace.waitUntilHere(first.key);
    return await measure(workplace);
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

const DRAWN_SLICES = 100;
