import { resolve } from 'node:path';

import react from '@vitejs/plugin-react';
import { build } from 'vite';

/** Bundles the harness page as the application is bundled, so that the same content security policy must hold. */
export async function buildHarnessPage(outDir: string): Promise<void> {
  const before = process.env['NODE_ENV'];
  // Whatever the test runner says it is: the page is the one that ships.
  process.env['NODE_ENV'] = 'production';
  try {
    await bundle(outDir);
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}

async function bundle(outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    // Everything here starts in the project's folder; a bundled benchmark lies elsewhere than this file.
    root: resolve('tests/support/viewer-harness'),
    base: '/',
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'esnext',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 6000,
      reportCompressedSize: false,
    },
  });
}
