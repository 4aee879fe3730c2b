import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createPdfRenderer } from '#electron/adapters/pdf/create-pdf-renderer.ts';
import { loadReportFonts } from '#electron/adapters/pdf/load-report-fonts.ts';
import type { PrintOptions } from '#electron/adapters/pdf/print-options.ts';
import { canonicalize } from '#shared/reporting/canonical-json.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { lacks } from '#tests/support/peers.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';
import { sampleBody, sampleReport, section } from '#tests/unit/reporting/sample-report.ts';

/** A black square. */
const LOGO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAAAAABX3VL4AAAAC0lEQVR4nGNgAAEAAAYAAf6MZ8gAAAAASUVORK5CYII=',
  'base64',
);
const LETTERHEAD = ['Mercy General Hospital', 'Department of Radiology', '1 High Street, Springfield'];
const RESOLUTION = 150;
const MARGIN_PT = 56;

async function drawn(signed: SignedReport, options: PrintOptions) {
  const renderer = createPdfRenderer(await loadReportFonts());
  const proof = { canonical: canonicalize(signed), signature: 'eyJhbGciOiJFUzI1NiJ9..c2lnbmF0dXJl' };
  const { bytes } = await renderer.render(signed, { ...options, proof });
  const folder = tempFolder();
  const file = join(folder, 'report.pdf');
  writeFileSync(file, bytes);
  const run = (tool: string, ...args: string[]) => execFileSync(tool, args, { encoding: 'utf8', stdio: 'pipe' });
  run('pdftoppm', '-r', String(RESOLUTION), '-gray', file, join(folder, 'page'));
  const page = (number: number, of: number) =>
    join(folder, `page-${String(number).padStart(String(of).length, '0')}.pgm`);
  return { file, run, page };
}

/** Boxes of words in points, page by page, as poppler finds them. */
function wordsOf(xml: string) {
  return xml
    .split('<page ')
    .slice(1)
    .map((page) => ({
      width: Number(/width="([\d.]+)"/.exec(page)?.[1]),
      height: Number(/height="([\d.]+)"/.exec(page)?.[1]),
      words: [
        ...page.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/word>/g),
      ].map(([, xMin, yMin, xMax, yMax, text]) => ({
        left: Number(xMin),
        top: Number(yMin),
        right: Number(xMax),
        bottom: Number(yMax),
        text: text ?? '',
      })),
    }));
}

/** Share of a rectangle (in points) that is dark. */
function inkIn(pgm: Buffer, left: number, top: number, right: number, bottom: number): number {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.subarray(0, 40).toString('latin1'));
  if (head === null) throw new Error('no PGM');
  const width = Number(head[1]);
  const scale = RESOLUTION / 72;
  let dark = 0;
  let all = 0;
  for (let y = Math.ceil(top * scale); y < Math.floor(bottom * scale); y += 1) {
    for (let x = Math.ceil(left * scale); x < Math.floor(right * scale); x += 1) {
      all += 1;
      if ((pgm[head[0].length + y * width + x] ?? 255) < 128) dark += 1;
    }
  }
  return dark / all;
}

const corrected = sampleReport({
  version: 2,
  state: 'corrected',
  reason: 'Wrong side in the impression',
  predecessor: {
    reportUuid: '0b2c7b10-1111-4c0e-9f3a-0a1b2c3d4e5f',
    version: 1,
    state: 'final',
    signedBy: sampleReport().signedBy,
    signedAt: sampleReport().signedAt,
  },
});

describe.skipIf(lacks('poppler', 'tesseract'))('a printed report, drawn', () => {
  it('is read by eye as it was signed: letterhead, correction, findings, signature and code', async () => {
    const { run, page } = await drawn(corrected, { size: 'LETTER', letterhead: LETTERHEAD, logo: LOGO });
    const seen = run('tesseract', page(1, 1), 'stdout', '--psm', '4').replace(/\s+/g, ' ');
    for (const words of [
      'Department of Radiology',
      'CT head',
      'Doe, Dr. Jane Ann',
      'A-1001',
      'Corrected report, version 2',
      'Wrong side in the impression',
      'Soft tissue swelling',
      'No acute intracranial abnormality',
      'Signed electronically by Dr. Dana Lee',
      'Verification code',
    ]) {
      expect(seen).toContain(words);
    }
  });

  it.each([
    ['A4', 595.28, 841.89],
    ['LETTER', 612, 792],
  ] as const)(
    'keeps every word of a long report inside the margins of %s, none upon another',
    async (size, width, height) => {
      const lines = Array.from(
        { length: 120 },
        (_, index) => `Finding ${index + 1}: ${'measured and compared '.repeat(index % 9)}.`,
      );
      const body = { ...sampleBody, sections: [section('findings', lines.join('\n')), section('impression', 'Many.')] };
      const { file, run } = await drawn(sampleReport({ body }), { size, letterhead: LETTERHEAD, logo: LOGO });
      const pages = wordsOf(run('pdftotext', '-bbox', file, '-'));
      expect(pages.length).toBeGreaterThan(3);
      for (const page of pages) {
        expect([page.width, page.height].map(Math.round)).toEqual([width, height].map(Math.round));
        for (const word of page.words) {
          expect([word.text, word.left >= MARGIN_PT - 1, word.right <= page.width - MARGIN_PT + 1]).toEqual([
            word.text,
            true,
            true,
          ]);
          expect([word.text, word.top >= MARGIN_PT - 4, word.bottom <= page.height - 30]).toEqual([
            word.text,
            true,
            true,
          ]);
        }
        const sorted = page.words.toSorted((one, other) => one.top - other.top || one.left - other.left);
        for (const [index, word] of sorted.entries()) {
          const on = sorted
            .slice(index + 1, index + 40)
            .find(
              (other) =>
                Math.min(word.right, other.right) - Math.max(word.left, other.left) > 1 &&
                Math.min(word.bottom, other.bottom) - Math.max(word.top, other.top) > 3,
            );
          expect([word.text, on?.text]).toEqual([word.text, undefined]);
        }
      }
    },
  );

  it('draws the logo where the letterhead begins, and nothing in the margins', async () => {
    const { page } = await drawn(sampleReport(), { size: 'A4', letterhead: LETTERHEAD, logo: LOGO });
    const pgm = readFileSync(page(1, 1));
    expect(inkIn(pgm, MARGIN_PT + 2, MARGIN_PT + 2, MARGIN_PT + 46, MARGIN_PT + 46)).toBeGreaterThan(0.9);
    expect(inkIn(pgm, 0, 0, 595, MARGIN_PT - 4)).toBe(0);
    expect(inkIn(pgm, 0, 0, MARGIN_PT - 4, 841)).toBe(0);
    expect(inkIn(pgm, 595 - MARGIN_PT + 4, 0, 595, 841)).toBe(0);
  });

  it('names the logo for who cannot see it, and is tagged throughout', async () => {
    const { file, run } = await drawn(sampleReport(), { size: 'A4', letterhead: LETTERHEAD, logo: LOGO });
    expect(run('pdfinfo', file)).toMatch(/Tagged:\s+yes/);
    expect(run('pdfinfo', '-struct', file)).toMatch(/Figure[\s\S]*H1[\s\S]*H2/);
    expect(readFileSync(file, 'latin1')).toContain('/Alt (Logo of Mercy General)');
  });
});
