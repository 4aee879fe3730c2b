import { dirname, resolve } from 'node:path';

import react from '@vitejs/plugin-react';
import { build } from 'vite';

/** Bundles the harness page as the application is bundled, so that the same content security policy must hold. */
export const buildHarnessPage = (outDir: string): Promise<void> =>
  buildPage('tests/support/viewer-harness/index.html', outDir);

/** The same of any page of the tests, by its path in the project. */
export async function buildPage(page: string, outDir: string): Promise<void> {
  const before = process.env['NODE_ENV'];
  // Whatever the test runner says it is: the page is the one that ships.
  process.env['NODE_ENV'] = 'production';
  try {
    await bundle(page, outDir);
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}

async function bundle(page: string, outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    // Everything here starts in the project's folder; a bundled benchmark lies elsewhere than this file.
    root: dirname(resolve(page)),
    base: '/',
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      outDir,
      rollupOptions: { input: resolve(page) },
      emptyOutDir: true,
      target: 'esnext',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 6000,
      reportCompressedSize: false,
    },
  });
}
