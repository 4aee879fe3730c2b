import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The acoustic model beside the page, under the names the recogniser's worker asks for. */
function speechModel(): Plugin {
  return {
    name: 'speech-model',
    generateBundle() {
      const model = join(dirname(createRequire(import.meta.url).resolve('soundswallower')), 'model/en-us');
      for (const file of readdirSync(model)) {
        if (file.toLowerCase().startsWith('readme')) continue;
        this.emitFile({ type: 'asset', fileName: `speech-model/${file}.bin`, source: readFileSync(join(model, file)) });
      }
    },
  };
}

/** What PDF.js asks for by name beside the page; its engine for scripts stays out. */
function pdfParts(): Plugin {
  const parts = { cmaps: /\.bcmap$/, standard_fonts: /\.(?:pfb|ttf)$/, wasm: /^(?!quickjs).*\.wasm$/, iccs: /\.icc$/ };
  return {
    name: 'pdf-parts',
    generateBundle() {
      const packed = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
      for (const [part, wanted] of Object.entries(parts))
        for (const file of readdirSync(join(packed, part)).filter((name) => wanted.test(name)))
          this.emitFile({
            type: 'asset',
            fileName: `pdf/${part}/${file}`,
            source: readFileSync(join(packed, part, file)),
          });
    },
  };
}

/** The front half, as the door serves it: hashed files, nothing inline, so that the strictest content security policy holds. */
export default defineConfig({
  root: folder('../renderer'),
  base: '/',
  publicDir: false,
  plugins: [react(), speechModel(), pdfParts()],
  resolve: { alias: { 'blob-polyfill': folder('native-blob.mjs') } },
  worker: { format: 'es' },
  build: {
    outDir: folder('../dist/renderer'),
    emptyOutDir: true,
    target: 'esnext',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 6000,
    reportCompressedSize: false,
  },
});
