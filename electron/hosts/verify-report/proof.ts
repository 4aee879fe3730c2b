import { verificationCode } from '#electron/adapters/signing-key/verification-code.ts';
import { verifySignature } from '#electron/adapters/signing-key/verify-signature.ts';
import { parseSignedReport } from '#electron/gateway/delivery/read-report.ts';
import { canonicalize } from '#shared/reporting/canonical-json.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';

export type ReportCheck =
  | {
      readonly kind: 'valid';
      readonly signed: SignedReport;
      readonly keyId: string;
      readonly code: string;
      /** What the file carries that no signature covers. */
      readonly remarks: readonly string[];
    }
  | { readonly kind: 'invalid'; readonly reason: string };

export const invalid = (reason: string): ReportCheck => ({ kind: 'invalid', reason });

/** The signature over the signed text, and the text itself: what is verified must be what is read. */
export async function checkProof(canonical: string, signature: string): Promise<ReportCheck> {
  if (signature.trim() === '') return invalid('the report carries no signature');
  const signed = parseSignedReport(canonical);
  if (signed === undefined) return invalid('the signed text is none of a report');
  // Any other writing of the same JSON was not signed.
  if (canonicalize(JSON.parse(canonical)) !== canonical) return invalid('not in canonical form');
  const check = await verifySignature(canonical, signature);
  if (check.kind === 'invalid') return invalid(check.reason);
  return { kind: 'valid', signed, keyId: check.keyId, code: verificationCode(signature.trim()), remarks: [] };
}

export const withRemarks = (check: ReportCheck, ...remarks: readonly string[]): ReportCheck =>
  check.kind === 'valid' ? { ...check, remarks: [...check.remarks, ...remarks] } : check;
