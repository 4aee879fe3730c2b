import { firstText, readDicom, toDicomJson } from '#electron/adapters/dicom-file/index.ts';
import { reportObjects } from '#electron/adapters/dicom-objects/report-objects.ts';
import { PROOF_CREATOR, PROOF_TAGS } from '#electron/adapters/dicom-objects/report-documents.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';

import { checkProof, invalid, withRemarks, type ReportCheck } from './proof.ts';
import { verifyPdf } from './verify-pdf.ts';

const ENCAPSULATED_DOCUMENT = '00420011';
const NOT_SIGNED = 'patient and study are written as the archive has them: they are not signed';

/** An Encapsulated PDF by the PDF in it; a structured report by the proof it carries, and by being made again from the signed text. */
export async function verifyDicom(file: Uint8Array): Promise<ReportCheck> {
  const read = readDicom(file);
  if (!read.ok) return invalid('not readable as DICOM');
  const { dataSet } = read.value;
  const pdf = dataSet.get(ENCAPSULATED_DOCUMENT)?.value;
  if (pdf !== undefined) {
    const check = await verifyPdf(unpadded(pdf));
    return check.kind === 'invalid' ? invalid(`its PDF: ${check.reason}`) : withRemarks(check, NOT_SIGNED);
  }
  const canonical = firstText(dataSet, PROOF_TAGS.canonical);
  const signature = firstText(dataSet, PROOF_TAGS.signature);
  if (firstText(dataSet, PROOF_TAGS.creator) !== PROOF_CREATOR || canonical === undefined || signature === undefined) {
    return invalid('the object carries no signature');
  }
  const check = await checkProof(canonical, signature);
  if (check.kind === 'invalid') return check;
  const sopInstanceUid = firstText(dataSet, '00080018');
  const study = toDicomJson(read.value);
  const again = madeAgain(check.signed, { canonical, signature, study });
  const same = again.find((object) => object.sopInstanceUid === sopInstanceUid);
  if (same === undefined || !Buffer.from(same.part10).equals(Buffer.from(file))) {
    return invalid('its content is not the one that the signed text gives');
  }
  return withRemarks(check, NOT_SIGNED);
}

const madeAgain = (
  signed: SignedReport,
  proof: { readonly canonical: string; readonly signature: string; readonly study: ReturnType<typeof toDicomJson> },
) =>
  signed.studyInstanceUids.flatMap((studyInstanceUid, studyIndex) =>
    reportObjects({ signed, ...proof, pdf: new Uint8Array(), studyInstanceUid, studyIndex }),
  );

/** OB values have an even length (PS3.5 8.2): a PDF ends in its own end mark. */
function unpadded(bytes: Uint8Array): Uint8Array {
  return bytes.at(-1) === 0 ? bytes.subarray(0, -1) : bytes;
}
