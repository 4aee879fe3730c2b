import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';

import { createImageEncoders } from '#electron/adapters/dicom-encode/create-image-encoders.ts';
import { writeStudy, type DemoStudy } from '#electron/demo-site/studies/index.ts';

import { writeDurably } from '#electron/adapters/durable-file/write-durably.ts';

export interface DemoStudyJob {
  readonly study: DemoStudy;
  readonly seed: number;
  /** Absolute; the study gets a folder of its own below it. */
  readonly folder: string;
}

const encoders = createImageEncoders();

async function write({ study, seed, folder }: DemoStudyJob): Promise<void> {
  await writeStudy(study, seed, encoders, {
    exists: (path) =>
      access(join(folder, path)).then(
        () => true,
        () => false,
      ),
    async write(path, bytes) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    },
    writeAtomically: (path, bytes) => writeDurably(join(folder, path), bytes),
  });
}

/** Answers each job with `undefined`, or with the reason it failed. */
parentPort?.on('message', (job: DemoStudyJob) => {
  write(job).then(
    () => parentPort?.postMessage(undefined),
    (error: unknown) => parentPort?.postMessage(error instanceof Error ? error.message : 'failed'),
  );
});
