import type { Attachment } from 'fhir/r4';

import { readDocument } from '../documents/read-document.ts';

/** The text of the first attachment that has any, whatever its format. */
export function attachedText(attachments: readonly Attachment[]): string | undefined {
  for (const { contentType, data } of attachments) {
    const content = data === undefined ? undefined : readDocument(contentType, data);
    if (content?.kind === 'text') return content.text;
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
