import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createPdfRenderer, type PdfRenderer } from '#electron/adapters/pdf/create-pdf-renderer.ts';
import { loadReportFonts } from '#electron/adapters/pdf/load-report-fonts.ts';
import { attestedReport } from '#tests/unit/reporting/attested-report.ts';
import { fillField, twoNodules } from '#tests/unit/reporting/nodule-report.ts';
import { sampleBody, sampleReport, section } from '#tests/unit/reporting/sample-report.ts';

/** Poppler reads what we wrote: an independent opinion on text, fonts and structure. */
describe('PDF of a signed report', () => {
  const folder = mkdtempSync(join(tmpdir(), 'overread-pdf-'));
  let renderer: PdfRenderer;
  beforeAll(async () => {
    renderer = createPdfRenderer(await loadReportFonts());
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const write = (bytes: Uint8Array): string => {
    const file = join(folder, 'report.pdf');
    writeFileSync(file, bytes);
    return file;
  };
  const poppler = (tool: string, ...args: string[]): string => execFileSync(tool, args, { encoding: 'utf8' });

  it('holds the whole report as text that can be searched', async () => {
    const { bytes, unprintable } = await renderer.render(sampleReport());
    const text = poppler('pdftotext', '-layout', write(bytes), '-');
    expect(unprintable).toBe(0);
    for (const words of [
      'Mercy General',
      'CT head',
      'Patient: Doe, Dr. Jane Ann',
      'Accession: A-1001',
      'Midline shift: 0 mm',
      'Soft tissue swelling < 5 mm | left.',
      'No acute intracranial abnormality.',
      'Signed electronically by Dr. Dana Lee, MD on 2026-11-21 23:30 UTC',
      'page 1 of 1',
    ]) {
      expect(text).toContain(words);
    }
  });

  it('prints dates and sides, and an entry of a group on a line of its own', async () => {
    const { bytes } = await renderer.render(sampleReport({ body: fillField('compared', '2023-11-02')(twoNodules) }));
    const lines = poppler('pdftotext', '-layout', write(bytes), '-')
      .split('\n')
      .map((line) => line.trim());
    expect(lines).toContain('Compared with: 2023-11-02');
    expect(lines).toContain('Nodule 1: Size 12 mm, Side left, Type solid, Known since 2023-11');
    expect(lines).toContain('Nodule 2: Size 4 mm, Side right, Type part-solid');
  });

  it('prints the attestation of who made it final', async () => {
    const { bytes } = await renderer.render(attestedReport);
    const words = poppler('pdftotext', '-layout', write(bytes), '-').replaceAll(/\s+/g, ' ');
    expect(words).toContain('Attestation, 2026-11-21 23:30 UTC, Dr. Dana Lee, MD');
    expect(words).toContain(attestedReport.attestation?.text);
    expect(words).toContain('Preliminary report by Rui Alves.');
  });

  it('embeds every font it uses', async () => {
    const { bytes } = await renderer.render(sampleReport());
    const fonts = poppler('pdffonts', write(bytes))
      .split('\n')
      .slice(2)
      .filter((line) => line.trim() !== '');
    expect(fonts).toHaveLength(2);
    for (const font of fonts) expect(font).toMatch(/DejaVuSans.*CID TrueType\s+Identity-H\s+yes yes yes/);
  });

  it('is tagged, so that a screen reader follows headings', async () => {
    const { bytes } = await renderer.render(sampleReport());
    expect(poppler('pdfinfo', write(bytes))).toMatch(/Tagged:\s+yes/);
    const structure = poppler('pdfinfo', '-struct-text', write(bytes));
    expect(structure).toMatch(/H1[\s\S]*CT head[\s\S]*H2[\s\S]*Findings/);
  });

  it('prints Latin with marks, Greek and Cyrillic', async () => {
    const words = 'Žluťoučký kůň Łódź · Ångström · ελληνικά · Русский ≥ 5 µm';
    const body = { ...sampleBody, sections: [section('findings', words), section('impression', 'x')] };
    const { bytes, unprintable } = await renderer.render(sampleReport({ body }));
    expect(unprintable).toBe(0);
    expect(poppler('pdftotext', write(bytes), '-').normalize('NFC')).toContain(words);
  });

  it('says so when a script cannot be printed', async () => {
    const task = sampleReport().task;
    const patient = { ...task.patient, name: 'Yamada^Tarou=山田^太郎' };
    const { bytes, unprintable } = await renderer.render(sampleReport({ task: { ...task, patient } }));
    const text = poppler('pdftotext', write(bytes), '-').replace(/\s+/g, ' ');
    expect(unprintable).toBe(4);
    expect(text).toContain('4 characters of this report cannot be shown in this print');
    expect(text).toContain('U+5C71');
    expect(text).toContain('Yamada, Tarou');
  });

  it('numbers the pages of a long report and keeps every line of it', async () => {
    const lines = Array.from({ length: 300 }, (_, index) => `Finding number ${index + 1} of the list.`);
    const body = { ...sampleBody, sections: [section('findings', lines.join('\n')), section('impression', 'Many.')] };
    const { bytes } = await renderer.render(sampleReport({ body }), { size: 'LETTER' });
    const file = write(bytes);
    const text = poppler('pdftotext', file, '-');
    const pages = Number(/Pages:\s+(\d+)/.exec(poppler('pdfinfo', file))?.[1]);
    expect(pages).toBeGreaterThan(5);
    expect(text).toContain(`page ${pages} of ${pages}`);
    for (const line of lines) expect(text).toContain(line);
    expect(poppler('pdfinfo', file)).toMatch(/612 x 792 pts \(letter\)/);
  });

  it('is the same bytes every time', async () => {
    const [first, second] = [await renderer.render(sampleReport()), await renderer.render(sampleReport())];
    expect(Buffer.from(first.bytes).equals(Buffer.from(second.bytes))).toBe(true);
    const other = await renderer.render(sampleReport({ version: 2 }));
    expect(Buffer.from(first.bytes).equals(Buffer.from(other.bytes))).toBe(false);
  });

  it('is what a renderer that has made no other makes: the parsed fonts keep nothing of a report', async () => {
    const fonts = await loadReportFonts();
    const texts = ['Fünf Rundherde, fi ffl.', 'Κεφαλή χωρίς ευρήματα.', 'Без патологии.', 'Left.'];
    for (const text of texts) {
      const report = sampleReport({ body: { ...sampleBody, sections: [section('findings', text)] } });
      const [busy, fresh] = [await renderer.render(report), await createPdfRenderer(fonts).render(report)];
      expect(Buffer.from(busy.bytes).equals(Buffer.from(fresh.bytes))).toBe(true);
      expect(poppler('pdftotext', write(busy.bytes), '-').normalize('NFKC')).toContain(text.normalize('NFKC'));
    }
  });
});
