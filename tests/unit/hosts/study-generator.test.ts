import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { DemoStudyJob } from '#electron/hosts/compose/demo-study-worker.ts';
import { createStudyGenerator } from '#electron/hosts/compose/study-generator.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';

const HEAD = "import { parentPort } from 'node:worker_threads';\n";

function generatorOf(program: string) {
  const file = join(tempFolder(), 'worker.mjs');
  writeFileSync(file, HEAD + program);
  return createStudyGenerator(file);
}

/** What the workers below read of a job. */
const job = (facts: unknown): DemoStudyJob => facts as DemoStudyJob;

describe('the generator of demo studies', () => {
  it('makes one study after the other; one that cannot be made rejects with the reason and holds up no other', async () => {
    const generator = generatorOf('parentPort.on("message", ({ failure }) => parentPort.postMessage(failure));');
    const made = [{}, { failure: 'no disk space' }, {}].map((facts) => generator.run(job(facts)));
    await expect(Promise.allSettled(made)).resolves.toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { message: 'no disk space' } },
      { status: 'fulfilled' },
    ]);
    await generator.stop();
  });

  it('is stopped in the middle of a study that never ends, and begins no other', async () => {
    const generator = generatorOf('parentPort.on("message", () => { for (;;); });');
    const studies = [generator.run(job({})), generator.run(job({}))].map((made) => made.catch(String));
    // The job is handed over a turn later.
    await Promise.resolve();
    await generator.stop();
    await expect(Promise.all(studies)).resolves.toEqual(
      Array.from({ length: 2 }, () => 'Error: the generator was stopped'),
    );
  });

  it('is stopped although an answer of the worker is still on its way', async () => {
    const generator = generatorOf(
      'parentPort.on("message", ({ flag }) => { parentPort.postMessage(undefined); Atomics.store(flag, 0, 1); Atomics.notify(flag, 0); for (;;); });',
    );
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const made = generator.run(job({ flag }));
    await Promise.resolve();
    // This thread stands still until the answer is sent, so that it arrives only after the stop began.
    Atomics.wait(flag, 0, 0);
    await generator.stop();
    await expect(made).resolves.toBeUndefined();
  });
});
