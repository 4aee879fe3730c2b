import type { Attachment, DocumentReference } from 'fhir/r4';

import { textFromBase64 } from './base64-text.ts';
import { listOf, recordOf, textOf } from './fhir-text.ts';

/** Under this identifier a group keeps the one set of rules that orders its lists. */
export const RULES_IDENTIFIER = { system: 'urn:overread:list-rules', value: 'current' } as const;

/** Plain JSON inside a DocumentReference: every FHIR server stores that, and the group's auditors can read it. */
export const rulesToDocument = (json: Attachment, base?: DocumentReference): DocumentReference => ({
  ...base,
  resourceType: 'DocumentReference',
  identifier: [RULES_IDENTIFIER],
  status: 'current',
  description: 'Rules that order the worklist',
  content: [{ attachment: { ...json, contentType: 'application/json' } }],
});

/** Undefined where there is no JSON in it; what the JSON says is for the reader to judge. */
export function rulesInDocument(document: unknown): unknown {
  const [content] = listOf(recordOf(document)['content']);
  const data = textOf(recordOf(recordOf(content)['attachment'])['data']);
  if (data === undefined) return undefined;
  try {
    return JSON.parse(textFromBase64(data) ?? '');
  } catch {
    return undefined;
  }
}
