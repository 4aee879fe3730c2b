import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import { createImageEncoders } from '#electron/adapters/dicom-encode/create-image-encoders.ts';
import { readInstance } from '#electron/adapters/dicom-file/read-instance.ts';
import { createDicomwebArchive } from '#electron/adapters/dicomweb/index.ts';
import { createSealer } from '#electron/adapters/secrets/sealer.ts';
import { openStudyCache } from '#electron/adapters/study-cache/open-study-cache.ts';
import { ROOT } from '#electron/hosts/paths.ts';
import { systemClock } from '#electron/hosts/system-clock.ts';
import { pixelStream } from '#electron/workstation/door/pixel-stream.ts';
import { createStudies, type Studies } from '#electron/workstation/studies/studies.ts';
import { readFramePrefix } from '#shared/contract/pixels.ts';
import type { SiteId, StudyInstanceUid } from '#shared/domain/identifiers.ts';
import { silentLog } from '#shared/kernel/log.ts';

import { startBenchArchive, type BenchArchive } from './bench-archive.ts';
import { ctStudy, radiograph, type LineStudy } from './line-studies.ts';
import { readRunOptions } from './run-options.ts';
import { runsOf, table, type Runs } from './runs.ts';
import type { LineShape } from './shaped-line.ts';

/** The line of a reader at home. */
const LINE: LineShape = { bitsPerSecond: 20e6, roundTripMs: 60 };
const ROUND_TRIPS = 3;
const USAGE = 'usage: bench -- line [--runs N] [--slices N] [--json FILE]';

/** One series read at the door, from the request to its last frame. */
interface Reading {
  readonly firstMs: number;
  readonly completeMs: number;
  /** Share of the line's rate that carried bytes until complete. */
  readonly usage: number;
  readonly bytesDown: number;
}

interface Row {
  readonly what: string;
  readonly first: Runs;
  readonly limitMs: number;
  readonly ratio: number;
  readonly usage: number;
  readonly complete: Runs;
}

/** `bench -- line`: the first image and the whole series over a thin line, read at the workstation's door. */
export async function benchLine(argv: readonly string[]): Promise<number> {
  const options = readRunOptions(argv, { slices: 60, leastSlices: 1, most: 1000 });
  if (options === undefined) {
    process.stderr.write(`bench: ${USAGE}\n`);
    return 2;
  }
  const archive = await startBenchArchive();
  try {
    const encoders = createImageEncoders();
    const before = loadavg()[0] ?? 0;
    const ct = await ctStudy('LINE-CT', options.slices, encoders);
    const packed = await radiograph('LINE-DX-LS', 'jpeg-ls', encoders);
    const raw = await radiograph('LINE-DX-RAW', 'native', encoders);
    const rawBefore = await radiograph('LINE-DX-RAW-0', 'native', encoders);
    for (const study of [ct, packed, raw, rawBefore]) for (const file of study.files) await archive.store(file);
    const rows = [
      await measure('CT, its metadata here', archive, ct, options.runs, { isListed: true }),
      await measure('CT, nothing here', archive, ct, options.runs, { isListed: false }),
      await measure('radiograph, JPEG-LS', archive, packed, options.runs, { isListed: true }),
      await measure('radiograph, stored raw', archive, raw, options.runs, { isListed: true, before: rawBefore }),
    ];
    process.stdout.write(`${describe(rows, archive.name, ct, before)}\n\n`);
    if (options.json !== undefined)
      writeFileSync(options.json, `${JSON.stringify({ benchmark: 'line', line: LINE, rows }, undefined, 1)}\n`);
    return 0;
  } finally {
    await archive.stop();
  }
}

interface Circumstances {
  /** Its metadata came with the list, as it does for every reading on it. */
  readonly isListed: boolean;
  /** Read before in the same session, so that the site's habits are known. */
  readonly before?: LineStudy;
}

async function measure(
  what: string,
  archive: BenchArchive,
  study: LineStudy,
  runs: number,
  circumstances: Circumstances,
): Promise<Row> {
  const readings: Reading[] = [];
  for (let run = 0; run < runs; run += 1) readings.push(await read(archive, study, circumstances));
  const first = runsOf(readings.map(({ firstMs }) => firstMs));
  const looked = study.files[Math.floor(study.files.length / 2)] ?? new Uint8Array();
  const limitMs = ROUND_TRIPS * LINE.roundTripMs + (looked.length * 8 * 1000) / LINE.bitsPerSecond;
  return {
    what,
    first,
    limitMs: Math.round(limitMs),
    ratio: Math.round((first.medianMs / limitMs) * 100) / 100,
    usage: Math.round(runsOf(readings.map(({ usage }) => usage * 1000)).medianMs) / 1000,
    complete: runsOf(readings.map(({ completeMs }) => completeMs)),
  };
}

/** A cache and a site of their own for each run: nothing is here, no connection is open. Read as the door gives it. */
async function read(archive: BenchArchive, study: LineStudy, { isListed, before }: Circumstances): Promise<Reading> {
  const folder = mkdtempSync(join(tmpdir(), 'overread-bench-line-'));
  const line = await openLine(Number(new URL(archive.dicomwebUrl).port));
  const site = createDicomwebArchive({
    url: archive.dicomwebUrl.replace(/:\d+/, `:${line.port}`),
    auth: { basic: { user: archive.user, password: archive.password } },
  });
  const key = randomBytes(32);
  const cache = await openStudyCache({
    folder,
    sealer: createSealer(() => key, 'bench'),
    limitBytes: 1024 ** 3,
    clock: systemClock,
    log: silentLog,
  });
  const studies = createStudies({ archiveOf: () => site, cache, readInstance, clock: systemClock, log: silentLog });
  try {
    if (before !== undefined) await frames(studies, before, line);
    if (isListed) await studies.metadata.get(refOf(study));
    return await frames(studies, study, line);
  } finally {
    await line.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface OpenLine {
  readonly port: number;
  /** Bytes that came down since the last call. */
  takeBytes(): Promise<number>;
  close(): Promise<void>;
}

async function openLine(port: number): Promise<OpenLine> {
  const worker = new Worker(join(ROOT, 'dist/node/shaped-line-worker.mjs'), {
    workerData: { target: { port }, shape: LINE },
  });
  const answer = async (): Promise<number> => {
    const [value] = (await once(worker, 'message')) as [number];
    return value;
  };
  return {
    port: await answer(),
    async takeBytes() {
      worker.postMessage('take');
      return answer();
    },
    async close() {
      const ended = once(worker, 'exit');
      worker.postMessage('close');
      await ended;
    },
  };
}

const refOf = ({ studyInstanceUid }: LineStudy) => ({
  siteId: 'bench' as SiteId,
  studyInstanceUid: studyInstanceUid as StudyInstanceUid,
});

async function frames(studies: Studies, study: LineStudy, line: OpenLine): Promise<Reading> {
  await line.takeBytes();
  const abort = new AbortController();
  const from = Math.floor(study.files.length / 2);
  const began = performance.now();
  const stream = await studies.openSeries(refOf(study), study.seriesInstanceUid, from, abort.signal);
  if (stream === undefined) throw new Error('no such series');
  const door = pixelStream(stream, { signal: abort.signal, leave: () => abort.abort(), log: silentLog });
  let pending = Buffer.alloc(0);
  let firstMs = Number.NaN;
  let completeMs = Number.NaN;
  let count = 0;
  for await (const chunk of door.body ?? []) {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      const sizes = readFramePrefix(pending);
      const whole = sizes === undefined ? Number.POSITIVE_INFINITY : 8 + sizes.headerBytes + sizes.payloadBytes;
      if (sizes === undefined || pending.length < whole) break;
      if (sizes.payloadBytes > 0) count += 1;
      completeMs = performance.now() - began;
      if (count === 1 && Number.isNaN(firstMs)) firstMs = completeMs;
      pending = pending.subarray(whole);
    }
  }
  if (count !== study.files.length) throw new Error(`${count} of ${study.files.length} images came`);
  const bytesDown = await line.takeBytes();
  return { firstMs, completeMs, bytesDown, usage: (bytesDown * 8 * 1000) / LINE.bitsPerSecond / completeMs };
}

function describe(rows: readonly Row[], archive: string, ct: LineStudy, loadBefore: number): string {
  const seriesBytes = ct.files.reduce((sum, file) => sum + file.length, 0);
  return [
    `line: ${LINE.bitsPerSecond / 1e6} Mbit/s, ${LINE.roundTripMs} ms round trip, from ${archive}; CT of ${ct.files.length} slices, ${(seriesBytes / 1e6).toFixed(1)} MB JPEG-LS; load average ${loadBefore.toFixed(2)} before, ${(loadavg()[0] ?? 0).toFixed(2)} after`,
    table([
      [
        '',
        'first image',
        `limit: ${ROUND_TRIPS} round trips + its bytes as stored`,
        'ratio',
        'line used',
        'complete',
        'runs (ms)',
      ],
      ...rows.map(({ what, first, limitMs, ratio, usage, complete }) => [
        what,
        `${first.medianMs.toFixed(0)} ms`,
        `${limitMs} ms`,
        `${ratio.toFixed(2)}×`,
        `${(usage * 100).toFixed(0)} %`,
        `${complete.medianMs.toFixed(0)} ms`,
        first.runsMs.join(' '),
      ]),
    ]),
  ].join('\n');
}
