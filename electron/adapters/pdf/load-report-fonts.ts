import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import type { ReportFonts } from './create-pdf-renderer.ts';

/** DejaVu Sans: Latin, Greek and Cyrillic, free to embed. */
export async function loadReportFonts(): Promise<ReportFonts> {
  const { resolve } = createRequire(import.meta.url);
  const [regular, bold] = await Promise.all(
    ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) => readFile(resolve(`dejavu-fonts-ttf/ttf/${name}`))),
  );
  if (regular === undefined || bold === undefined) throw new Error('report fonts are missing');
  return { regular, bold };
}
