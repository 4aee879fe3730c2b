import { createHash } from 'node:crypto';

import type { AttachmentContent, AttachText } from '#shared/fhir/report-to-fhir.ts';

/** FHIR R4 defines Attachment.hash as SHA-1: a check against damage. Against forgery stands the signature, which is not made of it. */
export const attachBytes = (bytes: Uint8Array): AttachmentContent => ({
  data: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  size: bytes.length,
  hash: createHash('sha1').update(bytes).digest('base64'),
});

export const attachText: AttachText = (text) => attachBytes(new TextEncoder().encode(text));
