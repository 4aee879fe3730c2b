import type { Attachment } from 'fhir/r4';

import { readDocument, type PictureType } from '../documents/read-document.ts';

/** The text of the first attachment that has any, whatever its format. */
export function attachedText(attachments: readonly Attachment[]): string | undefined {
  for (const { contentType, data } of attachments) {
    const content = data === undefined ? undefined : readDocument(contentType, data);
    if (content?.kind === 'text') return content.text;
  }
  return undefined;
}

/** The first that is a picture or PDF; nothing of it is run, it is only passed on to be drawn. */
export function attachedPicture(
  attachments: readonly Attachment[],
): { readonly contentType: PictureType; readonly data: string } | undefined {
  for (const { contentType, data } of attachments) {
    const content = data === undefined ? undefined : readDocument(contentType, data);
    if (content?.kind === 'picture' && data !== undefined) return { contentType: content.contentType, data };
  }
  return undefined;
}

/** What there is, where it has no text: its name, and why it is not read here. */
export function firstAttached(attachments: readonly Attachment[], word: string): string | undefined {
  const [attachment] = attachments;
  if (attachment === undefined) return undefined;
  const { title, contentType, data, url } = attachment;
  const name = title ?? contentType ?? word;
  const content = data === undefined ? undefined : readDocument(contentType, data);
  if (content?.kind === 'unreadable') return `attached: ${name} (${content.reason})`;
  return content === undefined && url !== undefined ? `attached: ${name} (not sent along)` : `attached: ${name}`;
}
