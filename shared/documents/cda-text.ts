import { piecesOf, tidyText } from './markup.ts';

const LINES = new Set(['paragraph', 'br', 'tr', 'list', 'table', 'caption', 'div', 'p']);

/** Whether XML is a CDA document (CDA R2, 4.1). */
export const isCda = (xml: string): boolean => /<(?:[\w-]+:)?ClinicalDocument[\s>]/.test(xml.slice(0, 20_000));

/**
 * The narrative of a CDA document: titles and the text of its sections (CDA R2, 4.3.5), which is what a person is meant to read. Coded entries repeat it.
 * A document that is another format in an envelope (`nonXMLBody`, 4.3.1.1) says so.
 */
export function textOfCda(xml: string): string {
  let text = '';
  const open: string[] = [];
  const isRead = () => open.some((name) => name === 'text' || name === 'title');
  const isEntry = () => open.includes('entry');
  for (const piece of piecesOf(xml)) {
    if (piece.kind === 'text') {
      if (isRead() && !isEntry()) text += piece.text.replaceAll(/\s+/g, ' ');
      continue;
    }
    const { name } = piece;
    if (piece.kind === 'open' && open.at(-1) === 'nonxmlbody' && name === 'text') {
      text += `\nattached: ${/mediaType\s*=\s*["']([^"']{1,80})/.exec(piece.attributes)?.[1] ?? 'document'}`;
      return tidyText(text);
    }
    if (name === 'title' || name === 'text') text += piece.kind === 'open' && name === 'title' ? '\n\n' : '\n';
    else if (isRead() && piece.kind === 'open' && name === 'item') text += '\n- ';
    else if (isRead() && LINES.has(name)) text += '\n';
    else if (piece.kind === 'close' && (name === 'td' || name === 'th')) text += '  ';
    if (piece.kind === 'open' && !piece.isEmpty) {
      // Depth that no document of a person has.
      if (open.length < 200) open.push(name);
    } else if (piece.kind === 'close') {
      const from = open.lastIndexOf(name);
      if (from !== -1) open.splice(from);
    }
  }
  return tidyText(text);
}
