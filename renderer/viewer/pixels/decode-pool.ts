import type { FrameDescription } from '#shared/dicom/frame-description.ts';
import type { Conversion, DecodeReply, DecodeRequest, DisplayImage } from './worker-messages.ts';

export type DecodeOutcome =
  { readonly ok: true; readonly image: DisplayImage } | { readonly ok: false; readonly reason: string };

export interface DecodeJob {
  readonly payload: Uint8Array;
  readonly description: FrameDescription;
  readonly conversion: Conversion;
  /** Asked when a worker is free: the lowest goes first, so a job's place follows the reader's scrolling. */
  rank(): number;
}

interface Waiting {
  readonly job: DecodeJob;
  readonly settle: (outcome: DecodeOutcome) => void;
}

export interface WorkerLike {
  onmessage: ((event: MessageEvent<DecodeReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: DecodeRequest): void;
  terminate(): void;
}

export type DecodePool = ReturnType<typeof createDecodePool>;

/** A few workers, one frame each at a time, the most wanted frame next. */
export function createDecodePool({
  size,
  createWorker,
}: {
  readonly size: number;
  readonly createWorker: () => WorkerLike;
}) {
  const waiting: Waiting[] = [];
  const idle: WorkerLike[] = [];
  const busy = new Map<WorkerLike, Waiting>();
  let nextId = 1;
  let isClosed = false;

  function takeMostWanted(): Waiting | undefined {
    let best = -1;
    let lowest = Number.POSITIVE_INFINITY;
    waiting.forEach(({ job }, index) => {
      const rank = job.rank();
      if (rank < lowest || best === -1) [best, lowest] = [index, rank];
    });
    return best === -1 ? undefined : waiting.splice(best, 1)[0];
  }

  function employ(worker: WorkerLike): void {
    const next = takeMostWanted();
    if (!next) {
      idle.push(worker);
      return;
    }
    const { payload, description, conversion } = next.job;
    busy.set(worker, next);
    worker.postMessage({ id: nextId++, payload, description, conversion });
  }

  function finish(worker: WorkerLike, outcome: DecodeOutcome): void {
    const done = busy.get(worker);
    busy.delete(worker);
    done?.settle(outcome);
  }

  function hire(): WorkerLike {
    const worker = createWorker();
    worker.onmessage = ({ data }) => {
      if (isClosed) return;
      finish(worker, data);
      employ(worker);
    };
    worker.onerror = () => {
      if (isClosed) return;
      worker.terminate();
      const wasBusy = busy.has(worker);
      finish(worker, { ok: false, reason: 'The decoder stopped on this image.' });
      const place = idle.indexOf(worker);
      if (place >= 0) idle.splice(place, 1);
      // A worker that dies with nothing to do would die again at once: it is not replaced.
      if (wasBusy) employ(hire());
    };
    return worker;
  }

  for (let index = 0; index < size; index += 1) idle.push(hire());

  return {
    decode(job: DecodeJob): Promise<DecodeOutcome> {
      return new Promise((settle) => {
        if (isClosed) {
          settle({ ok: false, reason: 'closed' });
          return;
        }
        waiting.push({ job, settle });
        const worker = idle.pop();
        if (worker) employ(worker);
      });
    },
    /** Jobs that a worker has not yet taken. */
    waitingCount: () => waiting.length,
    size,
    close(): void {
      isClosed = true;
      for (const worker of [...idle, ...busy.keys()]) worker.terminate();
      for (const { settle } of [...waiting, ...busy.values()]) settle({ ok: false, reason: 'closed' });
      waiting.length = 0;
      busy.clear();
    },
  };
}
