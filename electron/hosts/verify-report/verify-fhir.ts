import { readReport } from '#electron/gateway/delivery/read-report.ts';
import { attachText } from '#electron/ports/attach-text.ts';
import { listOf, recordOf, textOf } from '#shared/fhir/fhir-text.ts';
import { textOfRole } from '#shared/reporting/plain-sections.ts';
import { renderHtml } from '#shared/reporting/render-html.ts';

import { checkProof, invalid, type ReportCheck } from './proof.ts';
import { verifyPdf } from './verify-pdf.ts';

/** A DiagnosticReport, alone or in a document bundle: the signature, and every shown form against the signed text. */
export async function verifyFhir(resource: unknown): Promise<ReportCheck> {
  const report = reportIn(resource);
  if (report === undefined) return invalid('no DiagnosticReport in it');
  const read = readReport(report, attachText);
  if (!read.ok) return invalid(read.error.code);
  const check = await checkProof(read.value.canonical, read.value.signature);
  if (check.kind === 'invalid') return check;
  const { signed } = check;
  if (report['status'] !== signed.state) return invalid('its status is not the one that was signed');
  const conclusion = textOf(report['conclusion']);
  if (conclusion !== undefined && conclusion.trim() !== textOfRole(signed.body, 'impression').trim()) {
    return invalid('its conclusion is not the impression that was signed');
  }
  for (const form of listOf(report['presentedForm']).map(recordOf)) {
    const data = Buffer.from(textOf(form['data']) ?? '', 'base64');
    if (form['contentType'] === 'text/html' && data.toString('utf8') !== renderHtml(signed)) {
      return invalid('its HTML is not the text that was signed');
    }
    if (form['contentType'] === 'application/pdf') {
      const print = await verifyPdf(new Uint8Array(data));
      if (print.kind === 'invalid') return invalid(`its PDF: ${print.reason}`);
      if (print.signed.reportUuid !== signed.reportUuid) return invalid('its PDF is of another report');
    }
  }
  return check;
}

function reportIn(resource: unknown): Readonly<Record<string, unknown>> | undefined {
  const top = recordOf(resource);
  if (top['resourceType'] === 'DiagnosticReport') return top;
  return listOf(top['entry'])
    .map((entry) => recordOf(recordOf(entry)['resource']))
    .find((entry) => entry['resourceType'] === 'DiagnosticReport');
}
