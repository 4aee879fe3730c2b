import { invalid, type ReportCheck } from './proof.ts';
import { verifyDicom } from './verify-dicom.ts';
import { verifyFhir } from './verify-fhir.ts';
import { verifyHl7 } from './verify-hl7.ts';
import { verifyPdf } from './verify-pdf.ts';

/** Checks a returned report in whichever form it came: FHIR JSON, PDF, HL7 v2 or DICOM, told apart by how it begins. */
export async function verifyFile(bytes: Uint8Array): Promise<ReportCheck> {
  const head = Buffer.from(bytes.subarray(0, 132)).toString('latin1');
  if (head.startsWith('%PDF-')) return verifyPdf(bytes);
  if (head.slice(128, 132) === 'DICM') return verifyDicom(bytes);
  if (head.startsWith('MSH') || head.startsWith('\vMSH')) return verifyHl7(bytes);
  let resource: unknown;
  try {
    resource = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return invalid('neither FHIR JSON, PDF, HL7 nor DICOM');
  }
  return verifyFhir(resource);
}
