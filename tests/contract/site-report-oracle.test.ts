import type { Bundle, Composition, DiagnosticReport } from 'fhir/r4';
import { Fhir } from 'fhir';
import { describe, expect, it } from 'vitest';

import { attachBytes, attachText } from '#electron/ports/attach-text.ts';
import { documentForSite } from '#shared/fhir/document-for-site.ts';
import { reportForSite } from '#shared/fhir/report-for-site.ts';
import { REPORT_STATES } from '#shared/reporting/report-state.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { sampleReport } from '#tests/unit/reporting/sample-report.ts';

const oracle = new Fhir();
const complaintsAbout = (resource: object): string[] =>
  oracle
    .validate(JSON.parse(JSON.stringify(resource)) as object, { errorOnUnexpected: true })
    .messages.filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .map(({ location, message }) => `${location ?? ''} ${message ?? ''}`);

const first = sampleReport();
const versions: readonly SignedReport[] = REPORT_STATES.map((state, index) =>
  sampleReport({
    state,
    version: index + 1,
    ...(index === 0 ? {} : { reason: 'Side corrected', predecessor: { ...first, state: 'final' } }),
  }),
);
const input = (signed: SignedReport) => ({
  signed,
  signature: 'h..s',
  pdf: attachBytes(new TextEncoder().encode('%PDF-1.7')),
});

/** An independent validator (npm `fhir`), and the cardinalities of IHE RAD IMR (imr-diagnosticreport) written out here. */
describe('a report on a site’s FHIR server', () => {
  it.each(versions.map((signed) => [signed.state, signed] as const))(
    'is valid R4 as report and as document: %s',
    (_, signed) => {
      expect(complaintsAbout(reportForSite(input(signed), attachText))).toEqual([]);
      const document = documentForSite(input(signed), attachText);
      expect(complaintsAbout(document)).toEqual([]);
      for (const { resource } of document.entry ?? []) expect(complaintsAbout(resource ?? {})).toEqual([]);
    },
  );

  it.each(versions.map((signed) => [signed.state, signed] as const))('has what IMR asks for: %s', (_, signed) => {
    const report: DiagnosticReport = reportForSite(input(signed), attachText);
    expect(report.subject?.type).toBe('Patient');
    expect(report.issued).toBe(report.effectiveDateTime);
    expect(report.category?.[0]?.coding?.[0]?.code).toBe('RAD');
    expect(report.performer?.filter(({ type }) => type === 'Organization')).toHaveLength(1);
    expect(report.resultsInterpreter?.every(({ type }) => type === 'Practitioner')).toBe(true);
    expect(
      report.imagingStudy?.map(({ identifier }) => [identifier?.type?.coding?.[0]?.code, identifier?.value]),
    ).toEqual([['110180', 'urn:oid:1.2.826.0.1.3680043.10.1']]);
    const accession = report.identifier?.find(({ type }) => type?.coding?.[0]?.code === 'ACSN');
    expect(accession?.value).toBe('A-1001');
    expect(report.basedOn).toEqual([{ type: 'ServiceRequest', identifier: accession }]);
    const forms = report.presentedForm ?? [];
    expect(forms.map(({ contentType }) => contentType)).toEqual(
      expect.arrayContaining(['text/html', 'application/pdf']),
    );
    for (const { data = '', size, hash } of forms) {
      expect(attachBytes(Buffer.from(data, 'base64'))).toEqual({ data, size, hash });
    }
  });

  it('names no study where it has none, instead of an empty list that no server takes', () => {
    const report = reportForSite(input(sampleReport({ studyInstanceUids: [] })), attachText);
    expect(report.imagingStudy).toBeUndefined();
    expect(complaintsAbout(report)).toEqual([]);
  });

  it('is a document in which every reference leads to an entry, and which is the same each time', () => {
    const document: Bundle = documentForSite(input(first), attachText);
    expect(documentForSite(input(first), attachText)).toEqual(document);
    const urls = (document.entry ?? []).map(({ fullUrl }) => fullUrl);
    expect(new Set(urls).size).toBe(urls.length);
    const references = [...JSON.stringify(document.entry).matchAll(/"reference":"([^"]+)"/g)].map(([, url]) => url);
    expect(references.length).toBeGreaterThan(5);
    for (const reference of references) expect(urls).toContain(reference);
    const composition = document.entry?.[0]?.resource as Composition;
    expect(composition.section?.map(({ code }) => code?.coding?.[0]?.code)).toContain('19005-8');
    expect(composition.section?.find(({ title }) => title === 'Findings')?.text?.div).toContain(
      'No haemorrhage &amp; no fracture.',
    );
  });
});
