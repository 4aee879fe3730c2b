import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import PDFDocument from 'pdfkit';
import { describe, expect, it } from 'vitest';

import { drawPage } from '#shared/documents/pdf/draw-page.ts';
import { openPdf, type Inflate } from '#shared/documents/pdf/open-pdf.ts';

const inflate: Inflate = async (bytes, limit) => new Uint8Array(inflateSync(bytes, { maxOutputLength: limit }));

/** Made by pdfkit: another program's idea of the format. */
async function printed(draw: (pdf: PDFKit.PDFDocument) => void): Promise<Uint8Array> {
  const pdf = new PDFDocument({ size: 'A4', margin: 50 });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((done) => pdf.on('end', done));
  draw(pdf);
  pdf.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}

async function marksOf(bytes: Uint8Array, page = 0) {
  const file = await openPdf(bytes, inflate);
  const found = file?.pages[page];
  if (file === undefined || found === undefined) throw new Error('no page');
  return { file, page: found, ...(await drawPage(found, file)) };
}

describe('a PDF', () => {
  it('is drawn: its words at their places, its lines and areas', async () => {
    const bytes = await printed((pdf) => {
      pdf.fontSize(12).text('Dear Dr. Müller, 5 % of', 100, 200);
      pdf.rect(50, 60, 200, 30).fill('#ff0000');
      pdf.addPage().font('Times-Bold').text('Second page');
    });
    const { marks, page, file } = await marksOf(bytes);
    expect(file.pages).toHaveLength(2);
    expect(page.box).toEqual([0, 0, 595.28, 841.89]);
    const [text] = marks.filter((mark) => mark.kind === 'text');
    const words = marks.flatMap((mark) => (mark.kind === 'text' ? mark.text : [])).join('');
    expect(words).toBe('Dear Dr. Müller, 5 % of');
    // From the left edge, and down from the top less some of the letters' height.
    expect(text?.matrix[4]).toBeCloseTo(100, 1);
    expect(text?.matrix[5]).toBeGreaterThan(841.89 - 200 - 14);
    expect(text?.matrix[5]).toBeLessThan(841.89 - 200 - 6);
    const area = marks.find((mark) => mark.kind === 'path');
    expect(area).toMatchObject({ fill: 'rgb(255 0 0)' });
    expect(area?.kind === 'path' && area.steps[0]).toMatchObject({ to: 'move', x: 50 });
    const second = await marksOf(bytes, 1);
    expect(second.marks).toMatchObject([
      { kind: 'text', text: 'Second page', font: { family: 'serif', isBold: true } },
    ]);
  });

  it('with pictures gives them to be drawn in their frame', async () => {
    const jpeg = Buffer.from(
      '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
      'base64',
    );
    const { marks } = await marksOf(await printed((pdf) => pdf.image(jpeg, 100, 100, { width: 200, height: 100 })));
    const [picture] = marks;
    if (picture?.kind !== 'jpeg') throw new Error('no picture');
    expect(Buffer.from(picture.bytes).equals(jpeg)).toBe(true);
    expect(Math.abs(picture.matrix[0])).toBeCloseTo(200, 3);
    expect(Math.abs(picture.matrix[3])).toBeCloseTo(100, 3);
  });

  it('with a script, an action on opening and a link draws its words and nothing else comes of it', async () => {
    const bytes = await printed((pdf) => {
      pdf.text('Harmless', { link: 'http://evil.test/' });
    });
    const hostile = Buffer.from(
      Buffer.from(bytes)
        .toString('latin1')
        .replace(
          '/Type /Catalog',
          '/Type /Catalog /OpenAction << /S /JavaScript /JS (app.launchURL\\("http://evil.test"\\)) >>',
        ),
      'latin1',
    );
    const { marks } = await marksOf(new Uint8Array(hostile));
    expect(JSON.stringify(marks)).not.toContain('evil');
    expect(marks.flatMap((mark) => (mark.kind === 'text' ? mark.text : [])).join('')).toBe('Harmless');
  });

  it('that is encrypted, cut or no PDF is refused, not guessed', async () => {
    expect(await openPdf(new TextEncoder().encode('%PDF-1.4\ntrailer << /Encrypt 5 0 R >>'), inflate)).toBeUndefined();
    expect(await openPdf(new TextEncoder().encode('%PDF-1.4\n'), inflate)).toBeUndefined();
  });

  it('with any damage is read as far as it goes, and never fails or hangs', async () => {
    const bytes = await printed((pdf) => pdf.text('Some words on a page'));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 20 }), async (faults) => {
        const broken = bytes.slice();
        for (const [place, value] of faults) broken[place] = value;
        const file = await openPdf(broken, inflate);
        for (const page of file?.pages ?? []) await drawPage(page, file ?? (undefined as never));
      }),
      { numRuns: 150 },
    );
    for (const part of ['[', '<<', '(', '1 0 obj ', '<', '1 0 R '])
      await openPdf(new TextEncoder().encode(`%PDF-1.4 1 0 obj ${part.repeat(50_000)}`), inflate);
  });
});
