import { decodeHl7 } from '#shared/hl7/charset.ts';
import { parseHl7, segmentsOf, valueAt, type Hl7Message } from '#shared/hl7/message.ts';
import { reportSections } from '#shared/reporting/report-sections.ts';
import type { SectionRole } from '#shared/reporting/report.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';

import { invalid, withRemarks, type ReportCheck } from './proof.ts';
import { verifyPdf } from './verify-pdf.ts';

/** LOINC of the sections that decide: what they say must be what was signed. */
const DECISIVE: readonly (readonly [code: string, role: SectionRole])[] = [
  ['59776-5', 'findings'],
  ['19005-8', 'impression'],
];

/** An ORU message: the PDF it carries, and its findings and impression against the signed text. */
export async function verifyHl7(bytes: Uint8Array): Promise<ReportCheck> {
  const text = unframed(decodeHl7(bytes, decode));
  const message = parseHl7(text);
  if (!message.ok) return invalid(message.error.reason);
  const pdf = pdfIn(message.value);
  if (pdf === undefined) return invalid('the message carries no PDF, and with it no signature');
  const check = await verifyPdf(pdf);
  if (check.kind === 'invalid') return invalid(`its PDF: ${check.reason}`);
  for (const [code, role] of DECISIVE) {
    const said = textUnder(message.value, code);
    if (said !== '' && said !== signedText(check.signed, role)) {
      return invalid(`its ${role} are not the ones that were signed`);
    }
  }
  return withRemarks(check, 'header, patient and order segments are not signed');
}

const [START, END] = ['\v', '\u001c'];

/** A message as it was kept may still stand in its MLLP frame. */
const unframed = (text: string): string => {
  const body = text.startsWith(START) ? text.slice(START.length) : text;
  const end = body.lastIndexOf(END);
  return end === -1 ? body : body.slice(0, end);
};

const decode = (bytes: Uint8Array, label: string): string | undefined => {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

function pdfIn(message: Hl7Message): Uint8Array | undefined {
  for (const observation of segmentsOf(message, 'OBX')) {
    if (valueAt(observation, 2) !== 'ED') continue;
    const data = valueAt(observation, 5, { component: 5 });
    if (data !== undefined && data.startsWith('JVBER')) return new Uint8Array(Buffer.from(data, 'base64'));
  }
  return undefined;
}

/** White space apart: sites may want one segment a line, or lines of a length. */
const squeezed = (text: string): string => text.replace(/\s+/g, '');

const textUnder = (message: Hl7Message, code: string): string =>
  squeezed(
    segmentsOf(message, 'OBX')
      .filter((observation) => valueAt(observation, 2) !== 'ED' && valueAt(observation, 3) === code)
      .map((observation) => valueAt(observation, 5) ?? '')
      .join(''),
  );

const signedText = (signed: SignedReport, role: SectionRole): string =>
  squeezed(
    reportSections(signed)
      .filter((section) => section.role === role)
      .flatMap(({ lines }) => lines)
      .join(''),
  );
