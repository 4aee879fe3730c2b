/** A page or picture on a canvas of its own, and its words for who cannot see it. */
export interface DrawnSheet {
  readonly canvas: HTMLCanvasElement;
  readonly words: string;
}

/** The first sheets of so many pages, as far as they are drawn. */
export interface Drawn {
  readonly sheets: readonly DrawnSheet[];
  /** How many of the pages are to be drawn. */
  readonly wanted: number;
  readonly pages: number;
}

const MOST_SHEETS = 30;
/** Two samples a CSS pixel: small print stays legible. */
const SHEET_WIDTH_PX = 1360;
const LARGEST_SIDE_PX = 4096;

/**
 * Draws sheet after sheet and shows each; nothing of a document is put into the page as markup, script or address. Rejects for what cannot be drawn, and
 * when `signal` ends it.
 */
export async function drawDocument(
  contentType: string,
  bytes: Uint8Array,
  show: (drawn: Drawn) => void,
  signal: AbortSignal,
): Promise<void> {
  if (contentType !== 'application/pdf') {
    const sheet = await drawPicture(new Blob([new Uint8Array(bytes)], { type: contentType }));
    return show({ sheets: [sheet], wanted: 1, pages: 1 });
  }
  // Its library comes with the first document: the list must not wait for it.
  const { drawPdf } = await import('./draw-pdf.ts');
  await drawPdf(bytes, { most: MOST_SHEETS, widthPx: SHEET_WIDTH_PX, highestPx: LARGEST_SIDE_PX }, show, signal);
}

/** A scanned document, page after page; `page` gives one as a picture. Rejects for a page that cannot be had or drawn. */
export async function drawPages(
  first: Uint8Array,
  pages: number,
  page: (number: number) => Promise<Uint8Array>,
  show: (drawn: Drawn) => void,
  signal: AbortSignal,
): Promise<void> {
  const wanted = Math.min(pages, MOST_SHEETS);
  let sheets: readonly DrawnSheet[] = [];
  while (sheets.length < wanted && !signal.aborted) {
    const bytes = sheets.length === 0 ? first : await page(sheets.length + 1);
    sheets = [...sheets, await drawPicture(new Blob([new Uint8Array(bytes)], { type: 'image/png' }))];
    show({ sheets, wanted, pages });
  }
}

async function drawPicture(blob: Blob): Promise<DrawnSheet> {
  const bitmap = await createImageBitmap(blob);
  const scale = Math.min(1, LARGEST_SIDE_PX / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return { canvas, words: '' };
}
