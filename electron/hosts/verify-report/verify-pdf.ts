import { createPdfRenderer } from '#electron/adapters/pdf/create-pdf-renderer.ts';
import { loadReportFonts } from '#electron/adapters/pdf/load-report-fonts.ts';
import { readPdf } from '#electron/adapters/pdf/pdf-objects.ts';
import { readPresentation } from '#electron/adapters/pdf/print-options.ts';

import { checkProof, invalid, type ReportCheck } from './proof.ts';

/**
 * A printed report: the signed text it carries, and that the pages are the ones this text gives. The print is made again from the signed text and compared,
 * so that no visible word can differ from what was signed.
 */
export async function verifyPdf(file: Uint8Array): Promise<ReportCheck> {
  const parts = readPdf(file);
  if (parts === undefined) return invalid('not a PDF as it was returned');
  const carried = parts.embedded.map((bytes) => Buffer.from(bytes).toString('utf8'));
  const canonical = carried.find((text) => text.startsWith('{') && text.includes('"reportUuid"'));
  const signature = carried.find((text) => /^[\w-]+\.\.[\w-]+$/.test(text.trim()));
  if (canonical === undefined || signature === undefined) return invalid('the PDF carries no signed text');
  const check = await checkProof(canonical, signature);
  if (check.kind === 'invalid') return check;
  const presentation = carried.map(readPresentation).find((found) => found !== undefined);
  if (presentation === undefined) return invalid('the PDF does not say how it was printed');
  if (presentation === 'another-layout') {
    return invalid(
      'printed by another version of Overread, which must check its pages; the signed text in it is genuine',
    );
  }
  const renderer = createPdfRenderer(await loadReportFonts());
  const again = await renderer.render(check.signed, { ...presentation, proof: { canonical, signature } });
  if (readPdf(again.bytes)?.normalized !== parts.normalized) {
    return invalid('its pages are not the ones that the signed text gives');
  }
  return check;
}
