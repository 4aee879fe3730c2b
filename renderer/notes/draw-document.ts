import { drawPage, type PageMark } from '#shared/documents/pdf/draw-page.ts';
import { openPdf, type Inflate, type PdfFile, type PdfPage } from '#shared/documents/pdf/open-pdf.ts';
import { multiply, type Matrix } from '#shared/documents/pdf/page-parts.ts';

/** A page or picture on a canvas of its own, and its words for who cannot see it. */
export interface DrawnSheet {
  readonly canvas: HTMLCanvasElement;
  readonly words: string;
  readonly leftOut: number;
}

const MOST_SHEETS = 30;
/** Two samples a CSS pixel: small print stays legible. */
const SHEET_WIDTH_PX = 1360;
const LARGEST_SIDE_PX = 4096;

/** Bounded while it comes: a small file may unfold into more than there is memory. */
const inflate: Inflate = async (bytes, limit) => {
  const reader = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    // What comes after a damaged end is lost; what came before it is drawn.
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
    if (done || value === undefined) break;
    length += value.length;
    if (length > limit) throw new Error('too large');
    parts.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

/** Draws what it can; nothing of a document is put into the page as markup, script or address. Rejects for what cannot be drawn. */
export async function drawDocument(contentType: string, bytes: Uint8Array): Promise<readonly DrawnSheet[]> {
  if (contentType !== 'application/pdf')
    return [await drawPicture(new Blob([new Uint8Array(bytes)], { type: contentType }))];
  const file = await openPdf(bytes, inflate);
  if (file === undefined) throw new Error('not a readable PDF');
  const sheets: DrawnSheet[] = [];
  for (const page of file.pages.slice(0, MOST_SHEETS)) sheets.push(await drawSheet(page, file));
  return sheets;
}

async function drawPicture(blob: Blob): Promise<DrawnSheet> {
  const bitmap = await createImageBitmap(blob);
  const scale = Math.min(1, LARGEST_SIDE_PX / Math.max(bitmap.width, bitmap.height));
  const { canvas, context } = sheetOf(bitmap.width * scale, bitmap.height * scale);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return { canvas, words: '', leftOut: 0 };
}

function sheetOf(width: number, height: number) {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width));
  canvas.height = Math.max(1, Math.round(height));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  return { canvas, context };
}

/** Points with y up, turned as the page says, to pixels with y down. */
function toSheet({ box: [left, bottom, right, top], rotate }: PdfPage, scale: number): Matrix {
  const [width, height] = [(right - left) * scale, (top - bottom) * scale];
  const upright: Matrix = [scale, 0, 0, -scale, -left * scale, top * scale];
  if (rotate === 90) return multiply(upright, [0, 1, -1, 0, height, 0]);
  if (rotate === 180) return multiply(upright, [-1, 0, 0, -1, width, height]);
  return rotate === 270 ? multiply(upright, [0, -1, 1, 0, 0, width]) : upright;
}

async function drawSheet(page: PdfPage, file: PdfFile): Promise<DrawnSheet> {
  const [left, bottom, right, top] = page.box;
  const isTurned = page.rotate % 180 !== 0;
  const [across, down] = isTurned ? [top - bottom, right - left] : [right - left, top - bottom];
  const scale = Math.min(SHEET_WIDTH_PX / across, LARGEST_SIDE_PX / down);
  const { canvas, context } = sheetOf(across * scale, down * scale);
  const { marks, leftOut } = await drawPage(page, file);
  const matrix = toSheet(page, scale);
  let undrawn = leftOut;
  for (const mark of marks) if (!(await drawMark(mark, matrix, scale, context))) undrawn += 1;
  context.resetTransform();
  return { canvas, words: wordsOn(marks), leftOut: undrawn };
}

/** Letters set closer than this part of their size are of one word: programs break words up to kern them. */
const WORD_GAP = 0.15;

function wordsOn(marks: readonly PageMark[]): string {
  let words = '';
  let end: { readonly x: number; readonly y: number } | undefined;
  for (const mark of marks) {
    if (mark.kind !== 'text') continue;
    const [a, , , , x, y] = mark.matrix;
    const size = Math.abs(a);
    const isOneWord = end !== undefined && Math.abs(end.y - y) < size / 4 && Math.abs(x - end.x) < size * WORD_GAP;
    words += isOneWord || words === '' ? mark.text : ` ${mark.text}`;
    end = { x: x + a * mark.width, y };
  }
  return words;
}

const TYPE_PX = 100;

async function drawMark(
  mark: PageMark,
  page: Matrix,
  scale: number,
  context: CanvasRenderingContext2D,
): Promise<boolean> {
  switch (mark.kind) {
    case 'text': {
      const { font } = mark;
      context.setTransform(...multiply(mark.matrix, page));
      context.font = `${font.isItalic ? 'italic ' : ''}${font.isBold ? 'bold ' : ''}${TYPE_PX}px ${font.family}`;
      const natural = context.measureText(mark.text).width / TYPE_PX;
      // Another typeface than the document's own: fitted to the room it had there.
      const fit = natural > 0 && mark.width > 0 ? Math.min(1.6, Math.max(0.5, mark.width / natural)) : 1;
      context.scale(fit / TYPE_PX, -1 / TYPE_PX);
      context.fillStyle = mark.color;
      context.fillText(mark.text, 0, 0);
      return true;
    }
    case 'path': {
      context.setTransform(...page);
      context.beginPath();
      for (const step of mark.steps) {
        if (step.to === 'move') context.moveTo(step.x, step.y);
        else if (step.to === 'line') context.lineTo(step.x, step.y);
        else if (step.to === 'curve') context.bezierCurveTo(...step.points);
        else context.closePath();
      }
      if (mark.fill !== undefined) {
        context.fillStyle = mark.fill;
        context.fill(mark.isEvenOdd ? 'evenodd' : 'nonzero');
      }
      if (mark.stroke !== undefined) {
        context.strokeStyle = mark.stroke;
        context.lineWidth = Math.max(mark.lineWidth, 1 / scale);
        context.stroke();
      }
      return true;
    }
    case 'jpeg':
    case 'samples': {
      const bitmap = await bitmapOf(mark);
      if (bitmap === undefined) return false;
      // The unit square has its picture upright: its first row is at the top.
      context.setTransform(...multiply([1, 0, 0, -1, 0, 1], multiply(mark.matrix, page)));
      context.drawImage(bitmap, 0, 0, 1, 1);
      bitmap.close();
      return true;
    }
  }
}

async function bitmapOf(
  mark: Extract<PageMark, { readonly kind: 'jpeg' | 'samples' }>,
): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(
      mark.kind === 'jpeg'
        ? new Blob([new Uint8Array(mark.bytes)], { type: 'image/jpeg' })
        : new ImageData(new Uint8ClampedArray(mark.rgba), mark.width, mark.height),
    );
  } catch {
    return undefined;
  }
}
