import { inflateSync } from 'node:zlib';

/** One part of a PDF file as our renderer writes it: text, or the inflated content of a stream. */
interface PdfParts {
  /** Everything but compression, stream lengths and byte offsets: two files that say the same are the same text. */
  readonly normalized: string;
  /** Contents of streams whose dictionary says `/EmbeddedFile`, in order. */
  readonly embedded: readonly Uint8Array[];
}

const STREAM = />>\nstream\n/g;

/**
 * Takes apart a PDF with a plain cross-reference table (ISO 32000-1 7.5). Undefined: not such a file, or its table points elsewhere than to the objects it
 * names, so that a reader would show something else than stands there.
 */
export function readPdf(file: Uint8Array): PdfParts | undefined {
  const text = Buffer.from(file.buffer, file.byteOffset, file.byteLength).toString('latin1');
  if (!text.startsWith('%PDF-') || !pointsHome(text)) return undefined;
  const kept: string[] = [];
  const embedded: Uint8Array[] = [];
  let at = 0;
  STREAM.lastIndex = 0;
  for (let match = STREAM.exec(text); match !== null; match = STREAM.exec(text)) {
    const start = match.index + match[0].length;
    const dictionary = text.slice(at, match.index);
    const length = /\/Length (\d+)\b(?![\s\S]*\/Length )/.exec(dictionary)?.[1];
    if (length === undefined) return undefined;
    const end = start + Number(length);
    if (!/^\s*endstream/.test(text.slice(end, end + 12))) return undefined;
    const content = inflated(Buffer.from(text.slice(start, end), 'latin1'), dictionary);
    if (content === undefined) return undefined;
    if (lastObject(dictionary).includes('/Type /EmbeddedFile\n')) embedded.push(content);
    kept.push(withoutNumbers(dictionary), Buffer.from(content).toString('latin1'));
    at = end;
    STREAM.lastIndex = end;
  }
  kept.push(withoutNumbers(text.slice(at)));
  return { normalized: kept.join('\n'), embedded };
}

/** A stream's own dictionary: other objects may stand before it. */
const lastObject = (text: string): string => text.slice(text.lastIndexOf(' obj'));

function inflated(bytes: Uint8Array, dictionary: string): Uint8Array | undefined {
  if (!lastObject(dictionary).includes('/FlateDecode')) return bytes;
  try {
    return inflateSync(bytes);
  } catch {
    return undefined;
  }
}

/** Lengths and offsets follow from the compression; what they point at is checked by itself. */
const withoutNumbers = (text: string): string =>
  text
    .replace(/\/Length \d+/g, '/Length')
    .replace(/^\d{10} \d{5} [nf] $/gm, '')
    .replace(/startxref\n\d+/, 'startxref');

function pointsHome(text: string): boolean {
  const table = Number(/startxref\n(\d+)\n%%EOF\s*$/.exec(text)?.[1] ?? -1);
  const head = /^xref\n0 (\d+)\n/.exec(text.slice(table, table + 40));
  if (table < 0 || head === null) return false;
  const entries = text.slice(table + head[0].length).split('\n', Number(head[1]));
  return entries.every((entry, number) => {
    const [offset = '', , kind = ''] = entry.trim().split(' ');
    return kind !== 'n' || text.startsWith(`${number} 0 obj`, Number(offset));
  });
}
