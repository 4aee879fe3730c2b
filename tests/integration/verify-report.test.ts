import { beforeAll, describe, expect, it } from 'vitest';

import { reportObjects } from '#electron/adapters/dicom-objects/report-objects.ts';
import { createPdfRenderer, type PdfRenderer } from '#electron/adapters/pdf/create-pdf-renderer.ts';
import { loadReportFonts } from '#electron/adapters/pdf/load-report-fonts.ts';
import { createSigningKey, newSigningKeyText } from '#electron/adapters/signing-key/create-signing-key.ts';
import { verifyFile } from '#electron/hosts/verify-report/verify-file.ts';
import { attachBytes, attachText } from '#electron/ports/attach-text.ts';
import type { SigningKey } from '#electron/workstation/signing/ports.ts';
import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import { reportForSite } from '#shared/fhir/report-for-site.ts';
import { oruFromReport } from '#shared/hl7/oru-from-report.ts';
import { canonicalize } from '#shared/reporting/canonical-json.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { sampleBody, sampleReport, section } from '#tests/unit/reporting/sample-report.ts';

const STUDY = '1.2.826.0.1.3680043.10.1' as StudyInstanceUid;
const signed = sampleReport();
/** What a forger would like the reader to have said. */
const forged = sampleReport({
  body: { ...sampleBody, sections: [section('findings', 'Large mass.'), section('impression', 'Large mass.')] },
});

let key: SigningKey;
let renderer: PdfRenderer;
let proof: { canonical: string; signature: string };
beforeAll(async () => {
  key = await createSigningKey(await newSigningKeyText());
  renderer = createPdfRenderer(await loadReportFonts());
  const canonical = canonicalize(signed);
  proof = { canonical, signature: await key.sign(canonical) };
});

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const printed = new Map<SignedReport, Promise<Uint8Array>>();
const print = (report: SignedReport = signed): Promise<Uint8Array> => {
  const known = printed.get(report) ?? printAnew(report);
  printed.set(report, known);
  return known;
};
const printAnew = async (report: SignedReport): Promise<Uint8Array> =>
  (await renderer.render(report, { size: 'LETTER', letterhead: ['Mercy General', '1 High St'], proof })).bytes;
const fhir = async (report: SignedReport = signed): Promise<Record<string, unknown>> =>
  reportForSite({ signed: report, signature: proof.signature, pdf: attachBytes(await print()) }, attachText) as never;
const hl7 = async (report: SignedReport = signed, pdf?: Uint8Array): Promise<Uint8Array> =>
  bytesOf(
    oruFromReport({
      signed: report,
      channelIndex: 0,
      pdfBase64: Buffer.from(pdf ?? (await print())).toString('base64'),
    }),
  );
const dicom = async (report: SignedReport = signed) =>
  reportObjects({
    signed: report,
    ...proof,
    pdf: await print(),
    studyInstanceUid: STUDY,
    studyIndex: 0,
    study: undefined,
  });

const reasonOf = async (file: Uint8Array): Promise<string> => {
  const check = await verifyFile(file);
  return check.kind === 'invalid' ? check.reason : 'valid';
};

describe('a returned report', () => {
  it('is valid in every form, says the same code in all of them and names the key', async () => {
    const objects = await dicom();
    const files = [
      await print(),
      bytesOf(JSON.stringify(await fhir())),
      await hl7(),
      ...objects.map(({ part10 }) => part10),
    ];
    const checks = await Promise.all(files.map(verifyFile));
    const { keyId } = await key.publicKey();
    for (const check of checks) expect(check).toMatchObject({ kind: 'valid', keyId, signed: { version: 1 } });
    expect(new Set(checks.map((check) => (check.kind === 'valid' ? check.code : ''))).size).toBe(1);
  });

  it('is not valid on paper when the pages say something else than what was signed', async () => {
    expect(await reasonOf(await print(forged))).toBe('its pages are not the ones that the signed text gives');
  });

  it('is not valid on paper when the table points to other objects than it names', async () => {
    const text = Buffer.from(await print()).toString('latin1');
    const entries = text.match(/^\d{10} 00000 n $/gm) ?? [];
    const swapped = text
      .replace(entries[0] ?? '', 'FIRST')
      .replace(entries[1] ?? '', entries[0] ?? '')
      .replace('FIRST', entries[1] ?? '');
    expect(await reasonOf(Buffer.from(swapped, 'latin1'))).toBe('not a PDF as it was returned');
  });

  it('is not valid on paper when anything was added after it', async () => {
    const added = Buffer.concat([await print(), bytesOf('\n1 0 obj\n<<>>\nendobj\n%%EOF\n')]);
    expect(await reasonOf(added)).not.toBe('valid');
  });

  it('is not valid when the signed text was changed, or signed by nobody', async () => {
    const canonical = canonicalize(forged);
    const other = (await renderer.render(forged, { proof: { canonical, signature: proof.signature } })).bytes;
    expect(await reasonOf(other)).toBe('the signature does not fit the text');
    expect(await reasonOf((await renderer.render(signed)).bytes)).toBe('the PDF carries no signed text');
  });

  it('is not valid as FHIR when status, conclusion, HTML or PDF say something else', async () => {
    const resource = await fhir();
    const check = (changed: Record<string, unknown>) => reasonOf(bytesOf(JSON.stringify({ ...resource, ...changed })));
    expect(await check({ status: 'corrected' })).toBe('its status is not the one that was signed');
    expect(await check({ conclusion: 'Large mass.' })).toBe('its conclusion is not the impression that was signed');
    const forms = (contentType: string, text: string) =>
      (resource['presentedForm'] as { contentType: string }[]).map((form) =>
        form.contentType === contentType ? { ...form, ...attachText(text) } : form,
      );
    expect(await check({ presentedForm: forms('text/html', '<p>Large mass.</p>') })).toBe(
      'its HTML is not the text that was signed',
    );
    expect(await check({ presentedForm: forms('application/pdf', '%PDF-1.7') })).toMatch(/^its PDF: /);
  });

  it('is not valid as HL7 when the text beside the PDF says something else', async () => {
    expect(await reasonOf(await hl7(forged))).toBe('its findings are not the ones that were signed');
    expect(await reasonOf(await hl7(signed, await print(forged)))).toMatch(/^its PDF: /);
    expect(await reasonOf(bytesOf(oruFromReport({ signed, channelIndex: 0 })))).toBe(
      'the message carries no PDF, and with it no signature',
    );
  });

  it('is not valid as DICOM when its content is another one', async () => {
    for (const object of await dicom(forged)) {
      if (object.kind !== 'pdf') expect(await reasonOf(object.part10)).toMatch(/content is not the one/);
    }
    const text = (await dicom()).find(({ kind }) => kind === 'text-report');
    const changed = Buffer.from(text?.part10 ?? []);
    changed.write('MAJOR', changed.indexOf('No acute'), 'latin1');
    expect(await reasonOf(changed)).toMatch(/content is not the one/);
  });

  it('is valid with the scores that were signed, and not with others', async () => {
    const score = {
      system: 'ti-rads',
      title: 'ACR TI-RADS',
      version: '2017',
      source: 'Tessler 2017',
      category: 'TR4',
      meaning: 'moderately suspicious',
      sentence: 'ACR TI-RADS (2017): TR4, moderately suspicious.',
      inputs: [{ id: 'size', label: 'Largest diameter', number: 12, unit: 'mm' }],
    };
    const withScore = sampleReport({ body: { ...sampleBody, scores: [score] } });
    const signature = await key.sign(canonicalize(withScore));
    const returned = (report: SignedReport) =>
      reasonOf(bytesOf(JSON.stringify(reportForSite({ signed: report, signature }, attachText))));
    expect(await returned(withScore)).toBe('valid');
    const other = sampleReport({ body: { ...sampleBody, scores: [{ ...score, category: 'TR2' }] } });
    expect(await returned(other)).toBe('the signature does not fit the text');
  });

  it('is refused in words when it is none of these', async () => {
    expect(await reasonOf(bytesOf('hello'))).toBe('neither FHIR JSON, PDF, HL7 nor DICOM');
    expect(await reasonOf(bytesOf('{"resourceType":"Patient"}'))).toBe('no DiagnosticReport in it');
  });
});
