import { createDecodePool, type DecodePool, type WorkerLike } from './pixels/decode-pool.ts';

const MOST_WORKERS = 8;

/** One a core: this window itself has little to do while frames are decoded. */
const workerCount = (): number => Math.min(MOST_WORKERS, Math.max(1, navigator.hardwareConcurrency || 2));

let pool: DecodePool | undefined;

/** The workers of this window, started once and kept: no case waits for one to load. */
export function decodePool(): DecodePool {
  pool ??= createDecodePool({
    size: workerCount(),
    createWorker: (): WorkerLike =>
      new Worker(new URL('./pixels/decode-worker.ts', import.meta.url), { type: 'module', name: 'decode' }),
  });
  return pool;
}
