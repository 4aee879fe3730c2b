import type { DiagnosticReport } from 'fhir/r4';

import { toIso } from '../kernel/clock.ts';
import type { SignedReport } from '../reporting/signed-report.ts';
import { reportToFhir, type AttachmentContent, type AttachText } from './report-to-fhir.ts';
import { SYSTEM } from './systems.ts';

export interface SiteReportInput {
  readonly signed: SignedReport;
  readonly signature: string;
  /** The rendered report with its FHIR size and hash. */
  readonly pdf?: AttachmentContent;
  /** The site's own resources, when exactly one was found there. */
  readonly patientId?: string;
  readonly serviceRequestId?: string;
}

/**
 * A signed report as the site receives it (IHE RAD IMR, HL7 Europe imaging report): print and page with size and hash, the studies by UID, the order by
 * accession number. No reference points into the hub, which the site cannot reach.
 */
export function reportForSite(
  { signed, signature, pdf, patientId, serviceRequestId }: SiteReportInput,
  attach: AttachText,
): DiagnosticReport {
  const onSite = { ...signed.task.patient, id: (patientId ?? '') as typeof signed.task.patient.id };
  const { imagingStudy: _studies, ...report } = reportToFhir(
    { signed, signature, ...(serviceRequestId === undefined ? {} : { serviceRequestId }) },
    attach,
  );
  const { identifier } = report.subject ?? {};
  const studies = imagingStudies(signed);
  return {
    ...orderOf(report),
    ...report,
    subject: {
      ...(onSite.id === '' ? { type: 'Patient' } : { reference: `Patient/${onSite.id}` }),
      ...(identifier === undefined ? {} : { identifier }),
      ...(onSite.name === '' ? {} : { display: onSite.name }),
    },
    ...(studies.length === 0 ? {} : { imagingStudy: studies }),
    presentedForm: [
      ...(pdf === undefined
        ? []
        : [{ contentType: 'application/pdf', title: 'Report', creation: toIso(signed.signedAt), ...pdf }]),
      ...(report.presentedForm ?? []),
    ],
  };
}

/** DCM 110180 Study Instance UID types the identifier, as IMR's ImagingStudy has it. */
const imagingStudies = ({ studyInstanceUids }: SignedReport): NonNullable<DiagnosticReport['imagingStudy']> =>
  studyInstanceUids.map((uid) => ({
    type: 'ImagingStudy',
    identifier: {
      type: { coding: [{ system: SYSTEM.dcm, code: '110180', display: 'Study Instance UID' }] },
      system: SYSTEM.dicomUid,
      value: `urn:oid:${uid}`,
    },
  }));

/** The order by its accession number, for a site that shows us no order of its own. */
function orderOf({ identifier }: DiagnosticReport): Pick<DiagnosticReport, 'basedOn'> {
  const accession = identifier?.find(({ type }) => type?.coding?.some(({ code }) => code === 'ACSN') === true);
  return accession === undefined ? {} : { basedOn: [{ type: 'ServiceRequest', identifier: accession }] };
}
