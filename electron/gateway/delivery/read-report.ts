import { z } from 'zod';

import { examSchema, patientSchema, reportBodySchema } from '#shared/contract/schemas.ts';
import { storedReportOf, type StoredReport } from '#shared/fhir/report-from-fhir.ts';
import type { AttachText } from '#shared/fhir/report-to-fhir.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { REPORT_STATES } from '#shared/reporting/report-state.ts';
import { DISCREPANCY_CATEGORIES, type SignedReport } from '#shared/reporting/signed-report.ts';

const signerSchema = z.looseObject({ id: z.string(), name: z.string() });

/** The SignedReport's canonical JSON, as every version of this program has written it. Unknown members are kept: they were signed. */
const signedReportSchema = z.looseObject({
  reportUuid: z.guid(),
  version: z.int().min(1),
  state: z.enum(REPORT_STATES),
  taskId: z.string(),
  contextKey: z.string(),
  task: z.looseObject({
    siteId: z.string(),
    siteName: z.string(),
    accessionNumber: z.string().optional(),
    patient: patientSchema,
    exam: examSchema,
    orderedBy: z.string().optional(),
    reason: z.string().optional(),
  }),
  studyInstanceUids: z.array(z.string()),
  body: reportBodySchema,
  signedBy: signerSchema,
  signedAt: z.number(),
  predecessor: z
    .looseObject({
      reportUuid: z.guid(),
      version: z.int().min(1),
      state: z.enum(REPORT_STATES),
      signedBy: signerSchema,
      signedAt: z.number(),
    })
    .optional(),
  addenda: z.array(z.looseObject({ text: z.string(), signedBy: signerSchema, signedAt: z.number() })).optional(),
  reason: z.string().optional(),
  discrepancy: z
    .looseObject({ category: z.enum(DISCREPANCY_CATEGORIES), comment: z.string(), firstReader: signerSchema })
    .optional(),
  attestation: z
    .looseObject({
      text: z.string(),
      signedBy: signerSchema,
      signedAt: z.number(),
      firstReader: signerSchema,
      firstState: z.enum(['draft', 'preliminary']),
    })
    .optional(),
  overrides: z
    .array(z.looseObject({ code: z.string(), severity: z.enum(['stop', 'warn']), reason: z.string() }))
    .optional(),
});

export interface ReadReport extends StoredReport {
  readonly signed: SignedReport;
}
/** Safe to log and to show: says what is wrong with the report, not what is in it. */
export type UnreadableReport = { readonly code: 'report-not-ours' | 'report-damaged' | 'report-unreadable' };

/** Takes the signed report out of a DiagnosticReport of the hub, hash checked and parsed. */
export function readReport(resource: unknown, attach: AttachText): Result<ReadReport, UnreadableReport> {
  const decode = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');
  const stored = storedReportOf(resource, { decode, attach });
  if (!stored.ok) return err({ code: stored.error.code === 'damaged' ? 'report-damaged' : 'report-not-ours' });
  const signed = parseSignedReport(stored.value.canonical);
  if (signed?.reportUuid !== stored.value.reportUuid) return err({ code: 'report-unreadable' });
  return ok({ ...stored.value, signed });
}

/** What was signed, from its canonical text; undefined when it is none of ours. */
export function parseSignedReport(canonical: string): SignedReport | undefined {
  const parsed = signedReportSchema.safeParse(parseJson(canonical));
  // The schema checks the very fields; the brands are given here.
  return parsed.success ? (parsed.data as unknown as SignedReport) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
