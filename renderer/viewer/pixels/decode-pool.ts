import type { FrameDescription } from '#shared/dicom/frame-description.ts';
import type { Conversion, DecodeReply, DecodeRequest, DisplayImage } from './worker-messages.ts';

export type DecodeOutcome =
  | { readonly ok: true; readonly image: DisplayImage }
  | { readonly ok: false; readonly reason: string };

export interface DecodeJob {
  readonly payload: Uint8Array<ArrayBuffer>;
  readonly description: FrameDescription;
  readonly conversion: Conversion;
  /** The payload is not needed here any more: it moves to the worker instead of being copied. */
  readonly isGivenAway: boolean;
  readonly level?: number;
  /**
   * Asked when a worker is free: the lowest goes first, so a job's place follows the reader's scrolling. Undefined:
   * nobody wants it any more.
   */
  rank(): number | undefined;
}

interface Waiting {
  readonly job: DecodeJob;
  readonly settle: (outcome: DecodeOutcome) => void;
}

export interface WorkerLike {
  onmessage: ((event: MessageEvent<DecodeReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: DecodeRequest, transfer: Transferable[]): void;
  terminate(): void;
}

/** One in the decoder, one behind it: the worker never waits for this window to answer. */
const JOBS_PER_WORKER = 2;

interface Employed {
  readonly worker: WorkerLike;
  /** By the id of the request, in the order given. */
  readonly jobs: Map<number, Waiting>;
}

export type DecodePool = ReturnType<typeof createDecodePool>;

/** A few workers, two frames each at a time, the most wanted frame next. */
export function createDecodePool({
  size,
  createWorker,
}: {
  readonly size: number;
  readonly createWorker: () => WorkerLike;
}) {
  const waiting: Waiting[] = [];
  const staff: Employed[] = [];
  let nextId = 1;
  let isClosed = false;

  function takeMostWanted(): Waiting | undefined {
    let best: Waiting | undefined;
    let lowest = Number.POSITIVE_INFINITY;
    for (let place = waiting.length - 1; place >= 0; place -= 1) {
      const one = waiting[place]!;
      const rank = one.job.rank();
      if (rank === undefined) {
        waiting.splice(place, 1);
        one.settle({ ok: false, reason: 'closed' });
      } else if (best === undefined || rank <= lowest) [best, lowest] = [one, rank];
    }
    if (best !== undefined) waiting.splice(waiting.indexOf(best), 1);
    return best;
  }

  /** The least busy first, so that no frame waits behind another while a worker has nothing to do. */
  function employ(): void {
    while (waiting.length > 0) {
      let freest = staff[0];
      for (const one of staff) if (freest === undefined || one.jobs.size < freest.jobs.size) freest = one;
      if (freest === undefined || freest.jobs.size >= JOBS_PER_WORKER) return;
      const next = takeMostWanted();
      if (!next) return;
      const { payload, description, conversion, isGivenAway, level } = next.job;
      const id = nextId++;
      freest.jobs.set(id, next);
      const request = { id, payload, description, conversion, ...(level === undefined ? {} : { level }) };
      freest.worker.postMessage(request, isGivenAway ? [payload.buffer] : []);
    }
  }

  function hire(): void {
    const worker = createWorker();
    const employed: Employed = { worker, jobs: new Map() };
    worker.onmessage = ({ data }) => {
      if (isClosed) return;
      const done = employed.jobs.get(data.id);
      employed.jobs.delete(data.id);
      employ();
      done?.settle(data);
    };
    worker.onerror = () => {
      if (isClosed) return;
      worker.terminate();
      staff.splice(staff.indexOf(employed), 1);
      const [broken, ...behind] = employed.jobs.values();
      broken?.settle({ ok: false, reason: 'The decoder stopped on this image.' });
      // What stood behind it is not to blame, but a payload that went with the worker is gone.
      for (const one of behind) {
        if (one.job.payload.byteLength === 0)
          one.settle({ ok: false, reason: 'The decoder stopped before this image.' });
        else waiting.unshift(one);
      }
      // A worker that dies with nothing to do would die again at once: it is not replaced.
      if (broken) hire();
      employ();
    };
    staff.push(employed);
  }

  for (let index = 0; index < size; index += 1) hire();

  return {
    decode(job: DecodeJob): Promise<DecodeOutcome> {
      return new Promise((settle) => {
        if (isClosed) {
          settle({ ok: false, reason: 'closed' });
          return;
        }
        waiting.push({ job, settle });
        employ();
      });
    },
    /** Whether a further job would be taken by a worker, or soon. */
    hasRoom: () => waiting.length < size,
    close(): void {
      isClosed = true;
      for (const { worker } of staff) worker.terminate();
      for (const { settle } of [...waiting, ...staff.flatMap(({ jobs }) => [...jobs.values()])])
        settle({ ok: false, reason: 'closed' });
      waiting.length = 0;
      staff.length = 0;
    },
  };
}
