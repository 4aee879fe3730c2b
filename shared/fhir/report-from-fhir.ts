import { err, ok, type Result } from '../kernel/result.ts';
import { listOf, recordOf, textOf } from './fhir-text.ts';
import { REPORT_FORM, type AttachText } from './report-to-fhir.ts';
import { SYSTEM } from './systems.ts';

/** What was signed, as the hub keeps it, still unparsed. */
export interface StoredReport {
  readonly reportUuid: string;
  /** RFC 8785 JSON of the SignedReport. */
  readonly canonical: string;
  /** Detached compact JWS; empty when the report carries none. */
  readonly signature: string;
}

export type NotAStoredReport =
  | { readonly code: 'not-ours' }
  /** Size or hash differ from what was written: the content was changed or cut. */
  | { readonly code: 'damaged' };

/** The UUID we gave a report when it was signed; undefined for reports of other systems. */
export function reportUuidOf(resource: unknown): string | undefined {
  const { identifier } = recordOf(resource);
  // A document Bundle has one identifier, a DiagnosticReport a list.
  const identifiers = (Array.isArray(identifier) ? identifier : [identifier]).map(recordOf);
  return textOf(identifiers.find((identifier) => identifier['system'] === SYSTEM.report)?.['value']);
}

/** Takes the signed content out of a DiagnosticReport and checks it against the size and hash written beside it. */
export function storedReportOf(
  resource: unknown,
  { decode, attach }: { readonly decode: (base64: string) => string; readonly attach: AttachText },
): Result<StoredReport, NotAStoredReport> {
  const reportUuid = reportUuidOf(resource);
  const canonical = formOf(resource, REPORT_FORM.canonical);
  if (reportUuid === undefined || canonical === undefined) return err({ code: 'not-ours' });
  const data = textOf(canonical['data']);
  if (data === undefined) return err({ code: 'damaged' });
  const text = decode(data);
  const { size, hash } = attach(text);
  if (canonical['size'] !== size || canonical['hash'] !== hash) return err({ code: 'damaged' });
  const signature = textOf(formOf(resource, REPORT_FORM.signature)?.['data']);
  return ok({ reportUuid, canonical: text, signature: signature === undefined ? '' : decode(signature) });
}

const formOf = (resource: unknown, contentType: string): Readonly<Record<string, unknown>> | undefined =>
  listOf(recordOf(resource)['presentedForm'])
    .map(recordOf)
    .find((form) => form['contentType'] === contentType);
