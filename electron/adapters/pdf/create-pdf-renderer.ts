import PDFDocument from 'pdfkit';

import { verificationCode } from '#electron/adapters/signing-key/verification-code.ts';
import { reportHeading } from '#shared/reporting/report-heading.ts';
import { reportSections } from '#shared/reporting/report-sections.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { readCoverage } from './font-coverage.ts';
import { parseFont, type FontOf } from './parse-font.ts';
import { CARRIED, presentationText, type PrintOptions } from './print-options.ts';
import { printable, STAND_IN } from './printable.ts';

/** TrueType files; both are embedded as subsets. */
export interface ReportFonts {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
}

interface RenderedPdf {
  readonly bytes: Uint8Array;
  /** Characters that the fonts cannot show; the print says so. */
  readonly unprintable: number;
}

export interface PdfRenderer {
  /** The same report with the same options is the same bytes, so that a repeated delivery is the same document. */
  render(signed: SignedReport, options?: PrintOptions): Promise<RenderedPdf>;
}

const MARGIN_PT = 56;
const FOOTER_PT = 40;
const LOGO_PT = { width: 160, height: 48 } as const;

export function createPdfRenderer(fonts: ReportFonts): PdfRenderer {
  const covers = readCoverage(fonts.regular);
  const coversBold = readCoverage(fonts.bold);
  const parsed = { regular: parseFont(fonts.regular), bold: parseFont(fonts.bold) };
  return {
    render: (signed, options = {}) => renderPdf(signed, options, parsed, (code) => covers(code) && coversBold(code)),
  };
}

async function renderPdf(
  signed: SignedReport,
  options: PrintOptions,
  fonts: { readonly regular: FontOf; readonly bold: FontOf },
  covers: (codePoint: number) => boolean,
): Promise<RenderedPdf> {
  const replaced: number[] = [];
  const shown = (text: string): string => {
    const result = printable(text, covers);
    replaced.push(...result.replaced);
    return result.text;
  };
  const content = contentOf(signed, options, shown);
  const at = new Date(signed.signedAt);
  const document = new PDFDocument({
    size: options.size ?? 'A4',
    margins: { top: MARGIN_PT, left: MARGIN_PT, right: MARGIN_PT, bottom: MARGIN_PT + FOOTER_PT },
    bufferPages: true,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: 'en',
    // No standard font: what is not embedded would print differently elsewhere.
    font: '',
    info: {
      Title: content.title,
      Producer: 'Overread',
      Creator: 'Overread',
      Keywords: signed.reportUuid,
      // The only time in the file: with it, the file's id too follows from the report.
      CreationDate: at,
    },
  });
  const finished = collect(document);
  document.registerFont('regular', fonts.regular());
  document.registerFont('bold', fonts.bold());
  carryProof(document, options, at);
  writeContent(document, content, replaced, options.logo);
  numberPages(document, `${signed.reportUuid}, version ${signed.version}`);
  document.end();
  return { bytes: await finished, unprintable: replaced.length };
}

type Content = ReturnType<typeof contentOf>;

function contentOf(signed: SignedReport, { letterhead, proof }: PrintOptions, shown: (text: string) => string) {
  const heading = reportHeading(signed);
  const head = letterhead === undefined || letterhead.length === 0 ? [heading.siteName] : letterhead;
  return {
    head: head.map(shown),
    logoName: shown(`Logo of ${heading.siteName}`),
    title: shown(heading.title),
    facts: heading.facts.map(({ label, value }) => ({ label, value: shown(value) })),
    notices: heading.notices.map(shown),
    sections: reportSections(signed).map(({ title, lines }) => ({
      title: shown(title),
      text: shown(lines.join('\n')),
    })),
    signature: [
      ...heading.signature.map(shown),
      ...(proof === undefined || proof.signature === ''
        ? []
        : [`Verification code ${verificationCode(proof.signature)}`]),
    ],
  };
}

function writeContent(
  document: PDFKit.PDFDocument,
  content: Content,
  replaced: readonly number[],
  logo: Uint8Array | undefined,
): void {
  const root = document.struct('Document');
  document.addStructure(root);
  const paragraph = (type: string, font: 'regular' | 'bold', size: number, text: string, gap: number): void => {
    root.add(
      document.struct(type, {}, () => {
        document.font(font).fontSize(size).text(text, { paragraphGap: gap });
      }),
    );
  };

  if (logo !== undefined) {
    root.add(
      document.struct('Figure', { alt: content.logoName }, () => {
        document.image(Buffer.from(logo), MARGIN_PT, MARGIN_PT, { fit: [LOGO_PT.width, LOGO_PT.height] });
      }),
    );
    document.y = MARGIN_PT + LOGO_PT.height + 8;
  }
  for (const [index, line] of content.head.entries()) {
    paragraph('P', index === 0 ? 'bold' : 'regular', index === 0 ? 11 : 9, line, 1);
  }
  rule(document);
  paragraph('H1', 'bold', 16, content.title, 8);
  for (const { label, value } of content.facts) paragraph('P', 'regular', 10, `${label}: ${value}`, 1);
  if (content.notices.length > 0) document.moveDown(0.5);
  for (const notice of content.notices) paragraph('P', 'bold', 10.5, notice, 3);
  if (replaced.length > 0) {
    const first = [...new Set(replaced)]
      .slice(0, 5)
      .map((code) => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`);
    const note = `${replaced.length} characters of this report cannot be shown in this print and appear as ${STAND_IN} (${first.join(', ')}). The report's text and data carry them.`;
    paragraph('P', 'bold', 10, note, 4);
  }
  document.moveDown(0.8);
  for (const { title, text } of content.sections) {
    keepTogether(document, 60);
    paragraph('H2', 'bold', 12, title, 2);
    paragraph('P', 'regular', 10.5, text, 10);
  }
  keepTogether(document, 90);
  document.moveDown(0.5);
  rule(document);
  for (const line of content.signature) paragraph('P', 'regular', 9.5, line, 1);
  root.end();
}

/** A hairline across the text; nothing to be read out. */
function rule(document: PDFKit.PDFDocument): void {
  const { width, margins } = document.page;
  document.markContent('Artifact', { type: 'Layout' });
  const y = document.y + 3;
  document
    .lineWidth(0.5)
    .moveTo(margins.left, y)
    .lineTo(width - margins.right, y)
    .stroke();
  document.endMarkedContent();
  document.y = y + 7;
}

function carryProof(document: PDFKit.PDFDocument, options: PrintOptions, at: Date): void {
  const { proof } = options;
  if (proof === undefined || proof.signature === '') return;
  const carry = (name: string, type: string, text: string, relationship: string) =>
    // The type declarations do not know `relationship` (PDF 2.0 14.13, AFRelationship).
    document.file(
      Buffer.from(text, 'utf8'),
      Object.assign({ relationship }, { name, type, creationDate: at, modifiedDate: at }),
    );
  carry(CARRIED.canonical, 'application/json', proof.canonical, 'Source');
  carry(CARRIED.signature, 'application/jose', proof.signature, 'Supplement');
  carry(CARRIED.presentation, 'application/json', presentationText(options), 'Supplement');
}

/** Starts a new page when less than this is left: a heading does not stand alone at the foot. */
function keepTogether(document: PDFKit.PDFDocument, heightPt: number): void {
  if (document.y + heightPt > document.page.height - document.page.margins.bottom) document.addPage();
}

function numberPages(document: PDFKit.PDFDocument, reportLine: string): void {
  const { start, count } = document.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    document.switchToPage(index);
    const { page } = document;
    // The footer stands inside the bottom margin, where text would otherwise break the page.
    const { bottom } = page.margins;
    page.margins.bottom = 0;
    document.markContent('Artifact', { type: 'Pagination' });
    document
      .font('regular')
      .fontSize(8)
      .text(`${reportLine} · page ${index - start + 1} of ${count}`, MARGIN_PT, page.height - MARGIN_PT, {
        width: page.width - 2 * MARGIN_PT,
        align: 'center',
        lineBreak: false,
      });
    document.endMarkedContent();
    page.margins.bottom = bottom;
  }
}

const collect = (document: PDFKit.PDFDocument): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => {
      resolve(new Uint8Array(Buffer.concat(chunks)));
    });
    document.on('error', reject);
  });
