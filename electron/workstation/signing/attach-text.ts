import { createHash } from 'node:crypto';

import type { AttachText } from '#shared/fhir/report-to-fhir.ts';

/** FHIR R4 defines Attachment.hash as SHA-1: a check against damage. Against forgery stands the signature, which is not made of it. */
export const attachText: AttachText = (text) => {
  const bytes = Buffer.from(text, 'utf8');
  return {
    data: bytes.toString('base64'),
    size: bytes.length,
    hash: createHash('sha1').update(bytes).digest('base64'),
  };
};
