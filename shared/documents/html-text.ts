import { piecesOf, tidyText } from './markup.ts';

const BLOCKS = new Set(
  'address article aside blockquote br caption dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul'.split(
    ' ',
  ),
);
/** A title in the head is no part of the page. */
const UNSEEN = new Set(['head', 'title']);

/** What a page says, as plain text. Scripts, styles, frames, pictures and addresses are left out: there is nothing to run or to call. */
export function textOfHtml(html: string): string {
  let text = '';
  let unseen = '';
  for (const piece of piecesOf(html)) {
    if (piece.kind === 'text') {
      if (unseen === '') text += piece.text.replaceAll(/\s+/g, ' ');
      continue;
    }
    if (unseen !== '') {
      if (piece.name === 'body' || (piece.kind === 'close' && piece.name === unseen)) unseen = '';
      continue;
    }
    if (piece.kind === 'open' && UNSEEN.has(piece.name) && !piece.isEmpty) unseen = piece.name;
    else if (piece.kind === 'open' && piece.name === 'li') text += '\n- ';
    else if (BLOCKS.has(piece.name)) text += '\n';
    else if (piece.kind === 'close' && (piece.name === 'td' || piece.name === 'th')) text += '  ';
  }
  return tidyText(text);
}
