import type { Attachment, Coding, DiagnosticReport, Identifier } from 'fhir/r4';

import { toIso } from '../kernel/clock.ts';
import { canonicalize } from '../reporting/canonical-json.ts';
import { textOfRole } from '../reporting/plain-sections.ts';
import { renderHtml } from '../reporting/render-html.ts';
import type { SignedReport } from '../reporting/signed-report.ts';
import { fhirCode, fhirString, referenceTo, referenceWith } from './fhir-text.ts';
import { siteSystem, SYSTEM } from './systems.ts';

/** Content of a FHIR Attachment: base64, size in bytes, base64 of the SHA-1 (R4 2.24.0.5). */
export interface AttachmentContent {
  readonly data: string;
  readonly size: number;
  readonly hash: string;
}
/** A text as its UTF-8. */
export type AttachText = (text: string) => AttachmentContent;

/** Content types by which the parts of `presentedForm` are told apart. */
export const REPORT_FORM = {
  html: 'text/html',
  /** RFC 8785 JSON of the SignedReport: what was signed, and what every delivery is made from. */
  canonical: 'application/vnd.overread.signed-report+json',
  /** Detached compact JWS (RFC 7515 appendix F) over the canonical form. */
  signature: 'application/jose',
} as const;

const reportIdentifier = (reportUuid: string): Identifier => ({ system: SYSTEM.report, value: reportUuid });
export const reportIfNoneExist = (reportUuid: string): string =>
  `identifier=${encodeURIComponent(`${SYSTEM.report}|${reportUuid}`)}`;

export interface ReportToFhirInput {
  readonly signed: SignedReport;
  readonly signature: string;
  /** Hub id of the order, when there was one. */
  readonly serviceRequestId?: string;
}

/**
 * A signed report as DiagnosticReport, with the content that IHE RAD IMR and the HL7 Europe imaging report ask for: accession identifier typed ACSN,
 * imaging studies, interpreter, performer, presented form with size and hash.
 */
export function reportToFhir(
  { signed, signature, serviceRequestId }: ReportToFhirInput,
  attach: AttachText,
): DiagnosticReport {
  const { task } = signed;
  const conclusion = fhirString(textOfRole(signed.body, 'impression'));
  const at = toIso(signed.signedAt);
  return {
    resourceType: 'DiagnosticReport',
    identifier: reportIdentifiers(signed),
    ...(serviceRequestId === undefined
      ? {}
      : { basedOn: [{ reference: referenceTo('ServiceRequest', serviceRequestId) }] }),
    status: signed.state,
    category: [RADIOLOGY],
    code: reportCode(signed),
    subject: {
      ...(task.patient.id === ''
        ? { type: 'Patient' }
        : referenceWith(referenceTo('Patient', task.patient.id), task.patient.name)),
      ...mrnIdentifier(signed),
    },
    effectiveDateTime: at,
    issued: at,
    performer: [
      { type: 'Organization', identifier: { system: SYSTEM.site, value: task.siteId }, display: task.siteName },
    ],
    resultsInterpreter: [
      {
        type: 'Practitioner',
        identifier: { system: SYSTEM.reader, value: signed.signedBy.id },
        display: signed.signedBy.name,
      },
    ],
    imagingStudy: signed.studyInstanceUids.map((uid) => ({
      type: 'ImagingStudy',
      identifier: { system: SYSTEM.dicomUid, value: `urn:oid:${uid}` },
    })),
    ...followed(signed),
    ...(conclusion === undefined ? {} : { conclusion }),
    presentedForm: [
      form(REPORT_FORM.html, 'Report', renderHtml(signed), signed, attach),
      form(REPORT_FORM.canonical, 'Signed report', canonicalize(signed), signed, attach),
      form(REPORT_FORM.signature, 'Signature', signature, signed, attach),
    ],
  };
}

const FOLLOWS = 'http://hl7.org/fhir/StructureDefinition/diagnosticReport-';

/** R4 says by extension which report this one replaces or adds to. */
function followed({ state, predecessor }: SignedReport): Pick<DiagnosticReport, 'extension'> {
  if (predecessor === undefined) return {};
  return {
    extension: [
      {
        url: `${FOLLOWS}${state === 'appended' ? 'addendumOf' : 'replaces'}`,
        valueReference: {
          type: 'DiagnosticReport',
          identifier: reportIdentifier(predecessor.reportUuid),
        },
      },
    ],
  };
}

const RADIOLOGY = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'RAD', display: 'Radiology' }],
};

function form(contentType: string, title: string, text: string, signed: SignedReport, attach: AttachText): Attachment {
  return { contentType, title, creation: toIso(signed.signedAt), ...attach(text) };
}

function reportIdentifiers({ reportUuid, task }: SignedReport): Identifier[] {
  const accession = fhirString(task.accessionNumber);
  return [
    reportIdentifier(reportUuid),
    ...(accession === undefined
      ? []
      : [
          {
            type: { coding: [{ system: SYSTEM.identifierType, code: 'ACSN', display: 'Accession ID' }] },
            system: siteSystem(task.siteId, 'accession'),
            value: accession,
          },
        ]),
  ];
}

const mrnIdentifier = ({ task }: SignedReport): { identifier?: Identifier } => {
  const mrn = fhirString(task.patient.mrn);
  return mrn === undefined ? {} : { identifier: { system: siteSystem(task.siteId, 'mrn'), value: mrn } };
};

/** Coding systems as HL7 v2 names them (table 0396), where FHIR has a URI for them. */
const SYSTEM_OF_HL7_NAME: Readonly<Record<string, string>> = {
  LN: SYSTEM.loinc,
  DCM: SYSTEM.dcm,
  SCT: 'http://snomed.info/sct',
  C4: 'http://www.ama-assn.org/go/cpt',
};

function reportCode({ task: { exam } }: SignedReport): NonNullable<DiagnosticReport['code']> {
  const code = fhirCode(exam.code);
  const named = exam.codeSystem ?? '';
  const system = SYSTEM_OF_HL7_NAME[named] ?? (named.includes(':') ? named : undefined);
  const local: Coding[] =
    code === undefined ? [] : [{ ...(system === undefined ? {} : { system }), code, display: exam.text }];
  const text = fhirString(exam.text);
  return {
    coding: [{ system: SYSTEM.loinc, code: '18748-4', display: 'Diagnostic imaging study' }, ...local],
    ...(text === undefined ? {} : { text }),
  };
}
