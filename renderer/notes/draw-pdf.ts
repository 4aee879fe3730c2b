import { AnnotationMode, getDocument, PDFWorker, VerbosityLevel, type PDFPageProxy } from 'pdfjs-dist';

import type { Drawn, DrawnSheet } from './draw-document.ts';

/** What `build/vite.config.ts` puts beside the page: character maps, the standard typefaces, picture decoders. */
const BESIDE = {
  cMapUrl: '/pdf/cmaps/',
  standardFontDataUrl: '/pdf/standard_fonts/',
  wasmUrl: '/pdf/wasm/',
  iccUrl: '/pdf/iccs/',
};
const LARGEST_PICTURE_PX = 64 * 1024 * 1024;
/** For one page, or for the file until its first one. */
const DRAWN_WITHIN_MS = 20_000;

interface SheetSize {
  readonly widthPx: number;
  readonly highestPx: number;
}

/**
 * The first pages of a PDF, drawn on canvases by PDF.js with a worker of its own that is gone afterwards. Scripts, links and forms of the document do nothing:
 * nothing but its picture is asked for, filled-in forms and stamps included. Rejects for a file that is damaged or encrypted, or takes too long.
 */
export async function drawPdf(
  bytes: Uint8Array,
  { most, ...size }: SheetSize & { readonly most: number },
  show: (drawn: Drawn) => void,
  signal: AbortSignal,
): Promise<void> {
  const thread = new Worker(new URL('./pdf-worker.ts', import.meta.url), { type: 'module', name: 'pdf' });
  const task = getDocument({
    ...BESIDE,
    data: Uint8Array.from(bytes),
    worker: PDFWorker.create({ port: thread }),
    maxImageSize: LARGEST_PICTURE_PX,
    enableXfa: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    const file = await inTime(task.promise, signal);
    const wanted = Math.min(file.numPages, most);
    let sheets: readonly DrawnSheet[] = [];
    while (sheets.length < wanted) {
      const next = file.getPage(sheets.length + 1).then((page) => drawSheet(page, size));
      sheets = [...sheets, await inTime(next, signal)];
      show({ sheets, wanted, pages: file.numPages });
    }
  } finally {
    // Not waited for: a worker that hangs does not answer.
    void task.destroy().catch(() => undefined);
    thread.terminate();
  }
}

/** Rejects when it takes too long, or nobody wants it any more. */
async function inTime<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(DRAWN_WITHIN_MS)]);
  const stopped = new Promise<never>((_, reject) => {
    const stop = () => reject(new Error('stopped'));
    if (limit.aborted) stop();
    else limit.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([work, stopped]);
}

async function drawSheet(page: PDFPageProxy, { widthPx, highestPx }: SheetSize): Promise<DrawnSheet> {
  const { width, height } = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: Math.min(widthPx / width, highestPx / height) });
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(viewport.width));
  canvas.height = Math.max(1, Math.round(viewport.height));
  await page.render({ canvas, viewport, background: 'white', annotationMode: AnnotationMode.ENABLE }).promise;
  const { items } = await page.getTextContent();
  const words = items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? ' ' : ''}` : '')).join('');
  return { canvas, words: words.trim() };
}
