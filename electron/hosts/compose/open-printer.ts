import { createPdfRenderer } from '#electron/adapters/pdf/create-pdf-renderer.ts';
import { loadReportFonts } from '#electron/adapters/pdf/load-report-fonts.ts';
import type { RenderPdf } from '#electron/gateway/delivery/ports.ts';

/** What puts reports on paper, for every channel and for the inbox pages alike. */
export async function openPrinter(): Promise<RenderPdf> {
  const pdf = createPdfRenderer(await loadReportFonts());
  return async (print) => (await pdf.render(print.signed, { ...print.site.print, proof: print })).bytes;
}
