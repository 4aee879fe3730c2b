import { join } from 'node:path';

import { build } from 'esbuild';

import { ROOT } from '#electron/hosts/paths.ts';

/** The program that holds a model, bundled as the build does, where its packages are found. */
export async function bundleSpeechProgram(): Promise<string> {
  const outfile = join(ROOT, 'dist/test-speech', `speech-model-worker-${process.pid}.mjs`);
  await build({
    entryPoints: [join(ROOT, 'electron/adapters/speech/speech-model-worker.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
  return outfile;
}
