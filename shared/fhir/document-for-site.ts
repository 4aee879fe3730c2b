import type { Bundle, BundleEntry, Composition, FhirResource, Organization, Practitioner, Reference } from 'fhir/r4';

import { toIso } from '../kernel/clock.ts';
import type { PlainSection } from '../reporting/plain-sections.ts';
import { escapeHtml } from '../reporting/render-html.ts';
import { reportSections } from '../reporting/report-sections.ts';
import type { ReportState } from '../reporting/report-state.ts';
import type { SectionRole } from '../reporting/report.ts';
import type { SignedReport } from '../reporting/signed-report.ts';
import { fhirString } from './fhir-text.ts';
import { patientToFhir } from './patient-to-fhir.ts';
import { humanNames } from './person-name.ts';
import { readerReference } from './report-provenance.ts';
import { reportForSite, type SiteReportInput } from './report-for-site.ts';
import type { AttachText } from './report-to-fhir.ts';
import { SYSTEM } from './systems.ts';

const STATUS: Readonly<Record<ReportState, Composition['status']>> = {
  preliminary: 'preliminary',
  final: 'final',
  corrected: 'amended',
  appended: 'amended',
  cancelled: 'final',
  'entered-in-error': 'entered-in-error',
};

/** LOINC of the sections of a document; the same as in our ORU. */
const SECTION_CODE: Readonly<Partial<Record<SectionRole, string>>> = {
  indication: '55752-0',
  technique: '55111-9',
  comparison: '18834-2',
  findings: '59776-5',
  impression: '19005-8',
};

/** The same report always has the same parts: their ids are the report's UUID with its first eight digits counted up. */
function partUrl(reportUuid: string, part: number): string {
  const first = (Number.parseInt(reportUuid.slice(0, 8), 16) + part) % 0x1_0000_0000;
  return `urn:uuid:${first.toString(16).padStart(8, '0')}${reportUuid.slice(8).toLowerCase()}`;
}

/**
 * A signed report as FHIR document (R4 3.3): Composition first, then all that it speaks of, so that the site needs nothing else to read it.
 * Bundle.identifier is the report's.
 */
export function documentForSite(input: SiteReportInput, attach: AttachText): Bundle {
  const { signed } = input;
  const url = (part: number) => partUrl(signed.reportUuid, part);
  const [compositionUrl, reportUrl, patientUrl, readerUrl, siteUrl] = [1, 2, 3, 4, 5].map(url) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const report = reportForSite(input, attach);
  const subject: Reference = { reference: patientUrl };
  return {
    resourceType: 'Bundle',
    type: 'document',
    identifier: { system: SYSTEM.report, value: signed.reportUuid },
    timestamp: toIso(signed.signedAt),
    entry: [
      entry(compositionUrl, compositionOf(signed, { reportUrl, patientUrl, readerUrl, siteUrl })),
      entry(reportUrl, {
        ...report,
        subject,
        performer: [{ reference: siteUrl }],
        resultsInterpreter: [{ reference: readerUrl }],
      }),
      entry(patientUrl, patientToFhir(signed.task.patient, signed.task.siteId, signed.task.siteName)),
      entry(readerUrl, readerOf(signed)),
      entry(siteUrl, siteOf(signed)),
    ],
  };
}

const entry = (fullUrl: string, resource: FhirResource): BundleEntry => ({ fullUrl, resource });

const readerOf = ({ signedBy }: SignedReport): Practitioner => {
  const name = humanNames(signedBy.name);
  return {
    resourceType: 'Practitioner',
    identifier: [{ system: SYSTEM.reader, value: signedBy.id }],
    ...(name.length === 0 ? {} : { name }),
  };
};

const siteOf = ({ task }: SignedReport): Organization => ({
  resourceType: 'Organization',
  identifier: [{ system: SYSTEM.site, value: task.siteId }],
  name: fhirString(task.siteName) ?? task.siteId,
});

function compositionOf(
  signed: SignedReport,
  at: Readonly<Record<'reportUrl' | 'patientUrl' | 'readerUrl' | 'siteUrl', string>>,
): Composition {
  const { predecessor } = signed;
  return {
    resourceType: 'Composition',
    identifier: { system: SYSTEM.report, value: signed.reportUuid },
    status: STATUS[signed.state],
    type: {
      coding: [{ system: SYSTEM.loinc, code: '18748-4', display: 'Diagnostic imaging study' }],
    },
    subject: { reference: at.patientUrl },
    date: toIso(signed.signedAt),
    author: [
      { reference: at.readerUrl },
      ...(signed.attestation === undefined ? [] : [readerReference(signed.attestation.firstReader)]),
    ],
    title: fhirString(signed.body.title) ?? 'Report',
    attester: [{ mode: 'legal', time: toIso(signed.signedAt), party: { reference: at.readerUrl } }],
    custodian: { reference: at.siteUrl },
    ...(predecessor === undefined
      ? {}
      : {
          relatesTo: [
            {
              code: signed.state === 'appended' ? 'appends' : 'replaces',
              targetIdentifier: { system: SYSTEM.report, value: predecessor.reportUuid },
            },
          ],
        }),
    section: reportSections(signed).map((section) => sectionOf(section, at.reportUrl)),
  };
}

function sectionOf({ title, role, lines }: PlainSection, reportUrl: string) {
  const code = SECTION_CODE[role];
  const words = fhirString(lines.join('\n')) ?? '–';
  const html = words.split('\n').map(escapeHtml).join('<br/>');
  return {
    title: fhirString(title) ?? role,
    ...(code === undefined ? {} : { code: { coding: [{ system: SYSTEM.loinc, code }] } }),
    text: { status: 'generated' as const, div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${html}</p></div>` },
    entry: [{ reference: reportUrl }],
  };
}
