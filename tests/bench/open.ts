import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';

import { createImageEncoders } from '#electron/adapters/dicom-encode/create-image-encoders.ts';

import { startBenchArchive } from './bench-archive.ts';
import { benchStudy, encodeSlices, filesOf, type BenchCoding, type BenchStudy } from './bench-series.ts';
import { prepareLimits, type OpenLimits } from './open-limits.ts';
import { openWorkplace, type Opening, type Workplace } from './open-workplace.ts';
import { openOhif, type Peer, type PeerOpening } from './peer-ohif.ts';
import { runsOf, table, type Runs } from './runs.ts';

/** One line of the table: a time of the workstation against what nothing can be faster than. */
interface Comparison {
  readonly what: string;
  readonly value: Runs;
  readonly limit: string;
  readonly limitMs: number;
  readonly ratio: number;
}

interface CodingResult {
  readonly coding: BenchCoding;
  readonly archive: string;
  readonly slices: number;
  readonly seriesBytes: number;
  readonly workers: number;
  readonly loadAverage: { readonly before: readonly number[]; readonly after: readonly number[] };
  /** Without six connections where they are far slower than one: then they bound nothing and would only take time. */
  readonly limits: Readonly<Partial<Record<keyof Measured, Runs>>>;
  readonly comparisons: readonly Comparison[];
  /** What another viewer needs for the same studies from the same archive, in a page that is warm; and how many times our first image that is. */
  readonly peer?: {
    readonly name: string;
    readonly firstImage: Runs;
    readonly seriesComplete: Runs;
    readonly slower: number;
  };
}

interface Measured {
  readonly fetchOnOne: number[];
  readonly fetchOnSix: number[];
  readonly fetchMetadata: number[];
  readonly oneFrame: number[];
  readonly decodeAll: number[];
}

const CODINGS: readonly BenchCoding[] = ['native', 'jpeg-ls'];
/** A prefetched first image is to be there at once (issue of the target; milliseconds). */
const AT_ONCE_MS = 100;
/** Readings that stand before the not prefetched ones on the list: one more than the workstation fetches ahead. */
const DECOYS = 9;
const DECOY_SLICES = 2;
const USAGE = 'usage: bench -- open [--runs N] [--slices N] [--peer ohif] [--json FILE]';

/** `bench -- open`: from "Read next" to the first image and to the whole series, not prefetched and prefetched. */
export async function benchOpen(argv: readonly string[]): Promise<number> {
  const options = parse(argv);
  if (options === undefined) {
    process.stderr.write(`bench: ${USAGE}\n`);
    return 2;
  }
  const results: CodingResult[] = [];
  for (const coding of CODINGS) {
    const result = await measure(coding, options);
    results.push(result);
    process.stdout.write(`${describe(result)}\n\n`);
  }
  if (options.json !== undefined) {
    writeFileSync(
      options.json,
      `${JSON.stringify({ benchmark: 'open', runs: options.runs, results }, undefined, 1)}\n`,
    );
  }
  return 0;
}

interface Options {
  readonly json?: string | undefined;
  readonly runs: number;
  readonly slices: number;
  readonly peer: boolean;
}

function parse(argv: readonly string[]): Options | undefined {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        json: { type: 'string' },
        peer: { type: 'string' },
        runs: { type: 'string', default: '5' },
        slices: { type: 'string', default: '300' },
      },
    });
    const [runs, slices] = [Number(values.runs), Number(values.slices)];
    const isCount = (value: number) => Number.isInteger(value) && value > 0 && value <= 1000;
    const isKnown = values.peer === undefined || values.peer === 'ohif';
    return isCount(runs) && isCount(slices) && isKnown
      ? { json: values.json, runs, slices, peer: values.peer === 'ohif' }
      : undefined;
  } catch {
    return undefined;
  }
}

async function measure(coding: BenchCoding, { slices, runs, peer: withPeer }: Options): Promise<CodingResult> {
  const closing: (() => Promise<unknown>)[] = [];
  try {
    const archive = await startBenchArchive();
    closing.push(() => archive.stop());
    const encoded = await encodeSlices(slices, coding, createImageEncoders());
    const date = new Date().toISOString().slice(0, 10).replaceAll('-', '');
    const store = async (study: BenchStudy) => {
      for (const file of filesOf(study, encoded.slice(0, study.sopInstanceUids.length), date))
        await archive.store(file);
    };
    const prefetched = benchStudy('PREFETCHED', slices);
    const decoys = Array.from({ length: DECOYS }, (_, nth) =>
      benchStudy(`DECOY${nth + 1}`, Math.min(slices, DECOY_SLICES)),
    );
    const fresh = Array.from({ length: runs }, (_, nth) => benchStudy(`FRESH${nth + 1}`, slices));
    for (const study of [prefetched, ...decoys, ...fresh]) await store(study);

    const limits = await prepareLimits(archive, prefetched);
    closing.push(() => limits.close());
    const workplace = await openWorkplace(archive);
    closing.push(() => workplace.close());
    for (const { key } of decoys) await workplace.order(key, 'A');
    await workplace.order(prefetched.key, 'S');
    await workplace.waitForReadings([prefetched, ...decoys].map(({ key }) => key));
    // Only now: a reading that is ready before those above it is fetched ahead.
    for (const { key } of fresh) await workplace.order(key, 'R');
    await workplace.waitForReadings(fresh.map(({ key }) => key));
    await workplace.waitUntilHere(prefetched.key);
    const peer = withPeer ? await openOhif(archive, prefetched) : undefined;
    if (peer !== undefined) closing.push(() => peer.close());
    return await alternate({ coding, slices, archive: archive.name, limits, workplace, fresh, peer });
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

/** Limits and openings by turns, so that whatever else the machine does touches all of them. */
async function alternate(given: {
  readonly coding: BenchCoding;
  readonly slices: number;
  readonly archive: string;
  readonly limits: OpenLimits;
  readonly workplace: Workplace;
  readonly fresh: readonly BenchStudy[];
  readonly peer: Peer | undefined;
}): Promise<CodingResult> {
  const { coding, slices, archive, limits, workplace, fresh, peer } = given;
  const measured: Measured = { fetchOnOne: [], fetchOnSix: [], fetchMetadata: [], oneFrame: [], decodeAll: [] };
  const notPrefetched: Opening[] = [];
  const prefetched: Opening[] = [];
  const ofPeer: PeerOpening[] = [];
  // Once without counting: code is compiled, codecs and the viewer are started.
  for (const name of ['fetchMetadata', 'oneFrame', 'decodeAll', 'fetchOnOne'] as const) await limits[name]();
  const isSixUseful = await isNotFarSlower(limits);
  await workplace.openNext();
  const names = (Object.keys(measured) as (keyof Measured)[]).filter((name) => isSixUseful || name !== 'fetchOnSix');
  const before = loadavg();
  for (const study of fresh) {
    const { key } = study;
    for (const name of names) measured[name].push(await limits[name]());
    if (await workplace.isHere(key)) throw new Error(`${key} was fetched ahead: nothing to measure`);
    notPrefetched.push(await workplace.openRow(key));
    prefetched.push(await workplace.openNext());
    if (peer !== undefined) ofPeer.push(await peer.open(study));
  }
  const after = loadavg();

  const bounds: Partial<Record<keyof Measured, Runs>> = Object.fromEntries(
    names.map((name) => [name, runsOf(measured[name])]),
  );
  const median = (name: keyof Measured) => bounds[name]?.medianMs ?? Number.POSITIVE_INFINITY;
  const [fetch, decode] = [Math.min(median('fetchOnOne'), median('fetchOnSix')), median('decodeAll')];
  const slower = fetch > decode ? 'fetching the series' : 'decoding the series';
  const compare = (what: string, runs: readonly number[], limit: string, limitMs: number): Comparison => {
    const value = runsOf(runs);
    return { what, value, limit, limitMs, ratio: Math.round((value.medianMs / limitMs) * 100) / 100 };
  };
  const first = (openings: readonly Opening[]) => openings.map(({ firstImageMs }) => firstImageMs);
  const complete = (openings: readonly Opening[]) => openings.map(({ seriesCompleteMs }) => seriesCompleteMs);
  return {
    coding,
    archive,
    slices,
    seriesBytes: limits.seriesBytes,
    workers: limits.workers,
    loadAverage: { before, after },
    limits: bounds,
    comparisons: [
      compare('not prefetched: first image', first(notPrefetched), 'one frame', median('oneFrame')),
      compare('not prefetched: series complete', complete(notPrefetched), slower, Math.max(fetch, decode)),
      compare('prefetched: first image', first(prefetched), 'at once', AT_ONCE_MS),
      compare('prefetched: series complete', complete(prefetched), slower, Math.max(fetch, decode)),
    ],
    ...(peer !== undefined && { peer: besides(peer.name, ofPeer, runsOf(first(prefetched))) }),
  };
}

function besides(name: string, openings: readonly PeerOpening[], ours: Runs): NonNullable<CodingResult['peer']> {
  const firstImage = runsOf(openings.map(({ firstImageMs }) => firstImageMs));
  const seriesComplete = runsOf(openings.map(({ seriesCompleteMs }) => seriesCompleteMs));
  return { name, firstImage, seriesComplete, slower: Math.round((firstImage.medianMs / ours.medianMs) * 10) / 10 };
}

async function isNotFarSlower(limits: OpenLimits): Promise<boolean> {
  const one = await limits.fetchOnOne();
  return limits.fetchOnSix().then(
    (six) => six < 3 * one,
    () => false,
  );
}

function describe(result: CodingResult): string {
  const { coding, archive, slices, seriesBytes, workers, limits, comparisons, loadAverage, peer } = result;
  const load = (values: readonly number[]) => (values[0] ?? 0).toFixed(2);
  const times = (runs: Runs) => runs.runsMs.join(' ');
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const LIMIT_NAMES: Readonly<Record<keyof Measured, string>> = {
    fetchOnOne: 'fetching the series, 1 connection',
    fetchOnSix: 'fetching the series, 6 connections',
    fetchMetadata: 'fetching the metadata',
    oneFrame: 'fetching and decoding one frame',
    decodeAll: `decoding the series, ${workers} worker${workers === 1 ? '' : 's'}`,
  };
  return [
    `open, ${coding}: ${slices} slices, ${(seriesBytes / 1e6).toFixed(1)} MB, from ${archive}; load average ${load(loadAverage.before)} before, ${load(loadAverage.after)} after`,
    table([
      ['', 'median', 'limit', 'ratio', 'runs (ms)'],
      ...comparisons.map(({ what, value, limit, limitMs, ratio }) => [
        what,
        ms(value.medianMs),
        `${limit} ${ms(limitMs)}`,
        `${ratio.toFixed(2)}×`,
        times(value),
      ]),
      ...(Object.entries(limits) as [keyof Measured, Runs][]).map(([name, runs]) => [
        `limit: ${LIMIT_NAMES[name]}`,
        ms(runs.medianMs),
        '',
        '',
        times(runs),
      ]),
      ...(peer === undefined
        ? []
        : [
            [
              `${peer.name}, warm: first image`,
              ms(peer.firstImage.medianMs),
              'ours, prefetched',
              `${peer.slower}×`,
              times(peer.firstImage),
            ],
            [
              `${peer.name}, warm: all frames there`,
              ms(peer.seriesComplete.medianMs),
              '',
              '',
              times(peer.seriesComplete),
            ],
          ]),
    ]),
  ].join('\n');
}
