import { Worker } from 'node:worker_threads';

import type { DemoStudyJob } from './demo-study-worker.ts';

export interface StudyGenerator {
  /** Resolves when the study's files are there; rejects when they could not be made, or the generator was stopped. */
  run(job: DemoStudyJob): Promise<void>;
  /** Ends the study that is being made, at once. */
  stop(): Promise<void>;
}

/** Makes studies in a worker thread, one at a time; the thread is started with the first. `file` is the worker's program. */
export function createStudyGenerator(file: string): StudyGenerator {
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let isStopped = false;
  const runOne = (job: DemoStudyJob): Promise<void> =>
    new Promise((resolve, reject) => {
      if (isStopped) {
        reject(new Error('the generator was stopped'));
        return;
      }
      worker ??= new Worker(file);
      const running = worker;
      const answered = (failure: string | undefined) => {
        settle();
        if (failure === undefined) resolve();
        else reject(new Error(failure));
      };
      const failed = (error: Error) => {
        settle();
        worker = undefined;
        reject(error);
      };
      const ended = () => failed(new Error('the generator was stopped'));
      // Only our own: `terminate` listens for the exit too, and a last answer may come after it was called.
      const settle = () => {
        running.off('message', answered).off('error', failed).off('exit', ended);
      };
      running.once('message', answered).once('error', failed).once('exit', ended);
      running.postMessage(job);
    });
  return {
    run(job) {
      const mine = last.then(
        () => runOne(job),
        () => runOne(job),
      );
      last = mine.catch(() => undefined);
      return mine;
    },
    async stop() {
      isStopped = true;
      await worker?.terminate();
    },
  };
}
