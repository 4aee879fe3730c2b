import { bytesFromBase64, latin1Text, utf8Text } from '../fhir/base64-text.ts';
import { isCda, textOfCda } from './cda-text.ts';
import { textOfHtml } from './html-text.ts';
import { LONGEST_DOCUMENT, tidyText } from './markup.ts';
import { textOfRtf } from './rtf-text.ts';

/** What the bytes of a document are; what they are called by their sender is believed only where the bytes do not tell. */
export type DocumentContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'picture'; readonly contentType: PictureType }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** What is drawn and not read; none of these can hold a script that we would run. */
export const PICTURE_TYPES = ['application/pdf', 'image/jpeg', 'image/png'] as const;
export type PictureType = (typeof PICTURE_TYPES)[number];
/** What is opened by itself: drawn, or read as the words taken out of it. */
export const OPENED_TYPES = [...PICTURE_TYPES, 'text/plain'] as const;
export type OpenedType = (typeof OPENED_TYPES)[number];

const MAGIC: readonly (readonly [string, PictureType])[] = [
  ['%PDF-', 'application/pdf'],
  ['\u00ff\u00d8\u00ff', 'image/jpeg'],
  ['\u0089PNG\r\n\u001a\n', 'image/png'],
];

/** By its first bytes. A PDF may have some bytes before its header (ISO 32000-1, annex H, note 13). */
function pictureType(bytes: Uint8Array): PictureType | undefined {
  const head = latin1Text(bytes.subarray(0, 1024));
  return MAGIC.find(([mark, type]) => (type === 'application/pdf' ? head.includes(mark) : head.startsWith(mark)))?.[1];
}

/** `data`: base64, as FHIR attachments and HL7 ED carry it. */
export function readDocument(contentType: string | undefined, data: string): DocumentContent {
  if (data.length > LONGEST_DOCUMENT * 4) return { kind: 'unreadable', reason: 'it is larger than 12 MB' };
  // Its beginning tells what is drawn and not read: megabytes of a scan are not unpacked for that.
  const picture = pictureType(bytesFromBase64(data.slice(0, 2000)) ?? new Uint8Array());
  if (picture !== undefined) return { kind: 'picture', contentType: picture };
  const bytes = bytesFromBase64(data);
  if (bytes === undefined) return { kind: 'unreadable', reason: 'its data is no base64' };
  return contentOf(contentType, bytes);
}

function contentOf(contentType: string | undefined, bytes: Uint8Array): DocumentContent {
  const text = writtenText((contentType ?? '').toLowerCase(), bytes);
  if (text === undefined)
    return { kind: 'unreadable', reason: `${contentType ?? 'a format without name'} is not shown here` };
  return text === '' ? { kind: 'unreadable', reason: 'it has no text' } : { kind: 'text', text };
}

function writtenText(contentType: string, bytes: Uint8Array): string | undefined {
  const latin1 = latin1Text(bytes.subarray(0, LONGEST_DOCUMENT));
  if (latin1.trimStart().startsWith('{\\rtf')) return textOfRtf(latin1.trimStart());
  const text = utf8Text(bytes.subarray(0, LONGEST_DOCUMENT)) ?? latin1;
  if (isCda(text)) return textOfCda(text);
  if (contentType.includes('html') || /^\s*(?:<!doctype html|<html)/i.test(text.slice(0, 1000)))
    return textOfHtml(text);
  if (contentType.includes('xml')) return textOfHtml(text);
  const isBinary = text.slice(0, 2000).includes('\u0000');
  if (isBinary || /^(?:image|audio|video|application)\//.test(contentType)) return undefined;
  return tidyText(text);
}
