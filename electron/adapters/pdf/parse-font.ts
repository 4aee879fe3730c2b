import PDFDocument from 'pdfkit';

/** What pdfkit takes for a font; its type declarations do not know that it takes a parsed one too. */
type FontSource = Parameters<PDFKit.PDFDocument['registerFont']>[1];

/** A parsed font as one document has it. */
export type FontOf = () => FontSource;

/**
 * Parses a font once, for every document to come: pdfkit parses a file anew for each. The tables are shared; glyphs are not, because a glyph remembers the
 * first characters it was drawn for, and one report's would stand in the searchable text of another. pdfkit has no call for this: the parsed font is taken
 * from a document that nobody sees, and of a pdfkit that keeps it elsewhere the file itself is given.
 */
export function parseFont(file: Uint8Array): FontOf {
  const document: unknown = new PDFDocument({ font: '', autoFirstPage: false }).font(Buffer.from(file));
  const parsed = (document as { readonly _font?: { readonly font?: Readonly<Record<string, unknown>> } })._font?.font;
  if (typeof parsed?.['layout'] !== 'function' || parsed['_glyphs'] === undefined) return () => Buffer.from(file);
  return () => Object.create(parsed, { _glyphs: { value: {} } }) as FontSource;
}
