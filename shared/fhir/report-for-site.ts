import type { DiagnosticReport } from 'fhir/r4';

import { toIso } from '../kernel/clock.ts';
import type { SignedReport } from '../reporting/signed-report.ts';
import { reportToFhir, type AttachmentContent, type AttachText } from './report-to-fhir.ts';

export interface SiteReportInput {
  readonly signed: SignedReport;
  readonly signature: string;
  /** The rendered report with its FHIR size and hash. */
  readonly pdf?: AttachmentContent;
  /** The site's own resources, when exactly one was found there. */
  readonly patientId?: string;
  readonly serviceRequestId?: string;
}

/** A signed report as the site receives it: no reference points into the hub, which the site cannot reach. */
export function reportForSite(
  { signed, signature, pdf, patientId, serviceRequestId }: SiteReportInput,
  attach: AttachText,
): DiagnosticReport {
  const onSite = { ...signed.task.patient, id: (patientId ?? '') as typeof signed.task.patient.id };
  const report = reportToFhir(
    { signed, signature, ...(serviceRequestId === undefined ? {} : { serviceRequestId }) },
    attach,
  );
  const { identifier } = report.subject ?? {};
  return {
    ...report,
    subject: {
      ...(onSite.id === '' ? { type: 'Patient' } : { reference: `Patient/${onSite.id}` }),
      ...(identifier === undefined ? {} : { identifier }),
      ...(onSite.name === '' ? {} : { display: onSite.name }),
    },
    presentedForm: [
      ...(pdf === undefined
        ? []
        : [{ contentType: 'application/pdf', title: 'Report', creation: toIso(signed.signedAt), ...pdf }]),
      ...(report.presentedForm ?? []),
    ],
  };
}
