import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import { readInstance } from '#electron/adapters/dicom-file/read-instance.ts';
import { boundaryOf, readMultipart } from '#electron/adapters/dicomweb/multipart-reader.ts';
import { ROOT } from '#electron/hosts/paths.ts';
import { decodeFrame } from '#renderer/viewer/decoders/index.ts';

import type { BenchArchive } from './bench-archive.ts';
import type { EncodedFrame } from './bench-decode-worker.ts';
import type { BenchStudy } from './bench-series.ts';
import { timed } from './runs.ts';

const AS_STORED = 'multipart/related; type="application/dicom"; transfer-syntax=*';
const CONNECTIONS = 6;
const MAX_PART_BYTES = 64 * 1024 * 1024;

/** What nothing can be faster than, measured as often as it is called. All in milliseconds. */
export interface OpenLimits {
  readonly workers: number;
  readonly seriesBytes: number;
  /** All bytes of the series, thrown away as they come: one multipart answer. */
  fetchOnOne(): Promise<number>;
  /** The same, instance by instance on several connections. */
  fetchOnSix(): Promise<number>;
  /** The study's metadata, without which no viewer knows what the frames are. */
  fetchMetadata(): Promise<number>;
  /** One instance fetched, taken apart and decoded, and nothing else. */
  oneFrame(): Promise<number>;
  /** All frames, in memory, on as many workers as the viewer has. */
  decodeAll(): Promise<number>;
  close(): Promise<void>;
}

/** As the viewer counts them. */
const workerCount = (): number => Math.min(8, Math.max(1, availableParallelism()));

export async function prepareLimits(archive: BenchArchive, study: BenchStudy): Promise<OpenLimits> {
  const base = `${archive.dicomwebUrl}/studies/${study.studyInstanceUid}`;
  const series = `${base}/series/${study.seriesInstanceUid}`;
  const get = async (url: string, accept = AS_STORED): Promise<Response> => {
    // As stored, on the line too: Orthanc would pack single instances, slower than any line here.
    const encoding = accept === AS_STORED ? { 'Accept-Encoding': 'identity' } : {};
    const answer = await fetch(url, { headers: { ...archive.headers, ...encoding, Accept: accept } });
    if (!answer.ok) throw new Error(`${archive.name} answered ${answer.status}`);
    return answer;
  };
  const instanceUrl = (sop: string) => `${series}/instances/${sop}`;
  const middle = study.sopInstanceUids[Math.floor(study.sopInstanceUids.length / 2)] ?? '';

  const encoded = await framesOf(await get(series));
  const workers = await hire(workerCount(), encoded);
  const drain = async (answer: Response): Promise<number> => {
    let bytes = 0;
    for await (const chunk of answer.body ?? []) bytes += chunk.length;
    return bytes;
  };
  const seriesBytes = await drain(await get(series));

  return {
    workers: workers.length,
    seriesBytes,
    fetchOnOne: () => timed(async () => drain(await get(series))),
    fetchOnSix: () =>
      timed(async () => {
        const rest = [...study.sopInstanceUids];
        const take = async () => {
          for (let sop = rest.shift(); sop !== undefined; sop = rest.shift()) await drain(await get(instanceUrl(sop)));
        };
        await Promise.all(Array.from({ length: CONNECTIONS }, take));
      }),
    fetchMetadata: () => timed(async () => drain(await get(`${base}/metadata`, 'application/dicom+json'))),
    oneFrame: () =>
      timed(async () => {
        for (const { payload, description } of await framesOf(await get(instanceUrl(middle)))) {
          const decoded = await decodeFrame(payload, description);
          if (!decoded.ok) throw new Error(decoded.error.reason);
        }
      }),
    decodeAll: () =>
      timed(() =>
        Promise.all(
          workers.map((worker) => {
            worker.postMessage('decode');
            return once(worker, 'message');
          }),
        ),
      ),
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

async function framesOf(answer: Response): Promise<EncodedFrame[]> {
  const frames: EncodedFrame[] = [];
  if (answer.body === null) return frames;
  const boundary = boundaryOf(answer.headers.get('content-type') ?? '');
  for await (const { body } of readMultipart(answer.body, boundary, { maxPartBytes: MAX_PART_BYTES })) {
    const instance = readInstance(body);
    if ('problem' in instance) throw new Error(instance.problem);
    frames.push({ payload: instance.frame(1), description: instance.description });
  }
  return frames;
}

async function hire(count: number, frames: readonly EncodedFrame[]): Promise<readonly Worker[]> {
  const workers = Array.from({ length: count }, () => new Worker(join(ROOT, 'dist/node/bench-decode-worker.mjs')));
  await Promise.all(
    workers.map((worker, nth) => {
      // Copies: a view would carry the whole file it was cut from.
      const own = frames.flatMap((frame, index) =>
        index % count === nth ? [{ ...frame, payload: Uint8Array.from(frame.payload) }] : [],
      );
      worker.postMessage(own);
      return once(worker, 'message');
    }),
  );
  return workers;
}
