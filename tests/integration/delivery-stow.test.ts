import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { encapsulatedPdf } from '#electron/adapters/dicom-objects/encapsulated-pdf.ts';
import { createDicomwebArchive } from '#electron/adapters/dicomweb/index.ts';
import { createPdfRenderer } from '#electron/adapters/pdf/create-pdf-renderer.ts';
import { loadReportFonts } from '#electron/adapters/pdf/load-report-fonts.ts';
import { writeReportFiles } from '#electron/adapters/report-folder/write-report-files.ts';
import { createFolderChannel } from '#electron/gateway/delivery/folder-channel.ts';
import type { Consignment } from '#electron/gateway/delivery/ports.ts';
import { createStowChannel } from '#electron/gateway/delivery/stow-channel.ts';
import type { SiteArchive } from '#electron/ports/site-archive.ts';
import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import type { ReturnChannel } from '#shared/domain/site.ts';
import { canonicalize } from '#shared/reporting/canonical-json.ts';
import { dicomUidOf } from '#shared/reporting/stable-ids.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { startOrthanc, type Orthanc } from '#tests/support/orthanc.ts';
import { lacks, TESTDATA } from '#tests/support/peers.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';
import { siteWith } from '#tests/unit/delivery/delivery-support.ts';
import { sampleReport } from '#tests/unit/reporting/sample-report.ts';

const tool = (name: string, ...args: string[]): string => execFileSync(name, args, { encoding: 'utf8' });
const FILES = ['ct-chest/ct-chest-001.dcm', 'charset/chrgreek.dcm'].map((name) => join(TESTDATA, 'dicom', name));
const valueIn = (file: string, tag: string): string =>
  /\[(.*?)\s*\]/.exec(tool('dcmdump', '+P', tag, '+U8', file))?.[1] ?? '';

/** Orthanc takes the object in; dcmtk, pydicom and poppler say what is in it. */
describe.skipIf(lacks('orthanc', 'dcmtk', 'poppler', 'python3-pydicom', 'testdata'))('DICOM delivery', () => {
  let orthanc: Orthanc;
  let archive: SiteArchive;
  let studies: StudyInstanceUid[];
  beforeAll(async () => {
    orthanc = await startOrthanc();
    await orthanc.upload(FILES);
    archive = createDicomwebArchive({
      url: orthanc.dicomwebUrl,
      auth: { basic: { user: orthanc.user, password: orthanc.password } },
    });
    studies = FILES.map((file) => valueIn(file, '0020,000d') as StudyInstanceUid);
  });
  afterAll(() => orthanc.stop());

  const consignment = (signed: SignedReport, channel: ReturnChannel): Consignment => ({
    signed,
    canonical: canonicalize(signed),
    signature: 'h..s',
    site: siteWith([channel]),
    channel,
    channelIndex: 0,
    isRepeat: false,
    pdf: async () => (await createPdfRenderer(await loadReportFonts()).render(signed)).bytes,
  });
  const stow = () => createStowChannel({ archiveOf: () => archive, buildObjects: (input) => [encapsulatedPdf(input)] });
  const fetchBack = async (sopInstanceUid: string): Promise<string> => {
    const found = (await (
      await fetch(`${orthanc.url}/tools/lookup`, { method: 'POST', headers: orthanc.headers, body: sopInstanceUid })
    ).json()) as { Type: string; Path: string }[];
    expect(found).toHaveLength(1);
    const bytes = await fetch(`${orthanc.url}${found[0]?.Path}/file`, { headers: orthanc.headers });
    const file = join(tempFolder(), 'stored.dcm');
    writeFileSync(file, Buffer.from(await bytes.arrayBuffer()));
    return file;
  };

  it('stores the report in the study it was read from, under the archive’s own patient and study', async () => {
    const signed = sampleReport({ studyInstanceUids: [studies[0] as StudyInstanceUid] });
    const uid = dicomUidOf(signed.reportUuid, 'pdf');
    expect(await stow().deliver(consignment(signed, { kind: 'stow' }))).toMatchObject({ kind: 'accepted', ackId: uid });
    const stored = await fetchBack(uid);
    for (const tag of [
      '0010,0010',
      '0010,0020',
      '0010,0030',
      '0010,0040',
      '0020,000d',
      '0020,0010',
      '0008,0050',
      '0008,0020',
    ]) {
      expect(valueIn(stored, tag)).toBe(valueIn(FILES[0] ?? '', tag));
    }
  });

  it('is a clean Encapsulated PDF whose PDF can be read', async () => {
    const signed = sampleReport({ studyInstanceUids: [studies[0] as StudyInstanceUid] });
    await stow().deliver(consignment(signed, { kind: 'stow' }));
    const stored = await fetchBack(dicomUidOf(signed.reportUuid, 'pdf'));
    const dump = execFileSync('sh', ['-c', `dcmdump +U8 '${stored}' 2>&1`], { encoding: 'utf8' });
    expect(dump).not.toMatch(/^[EW]:/m);
    expect(dump).toMatch(/UI =EncapsulatedPDFStorage/);
    expect(dump).toMatch(/LO \[application\/pdf\]/);
    const script = [
      'import sys, pydicom',
      'd = pydicom.dcmread(sys.argv[1])',
      'open(sys.argv[2], "wb").write(d.EncapsulatedDocument[:d[0x00420015].value])',
      'print(d.ConceptNameCodeSequence[0].CodeValue, d.VerificationFlag, d.Modality, d.ContentDate, d.ContentTime)',
    ].join('\n');
    const pdf = join(tempFolder(), 'extracted.pdf');
    expect(tool('/usr/bin/python3', '-c', script, stored, pdf).trim()).toBe('18748-4 VERIFIED DOC 20261121 233005');
    expect(tool('pdftotext', pdf, '-')).toContain('No acute intracranial abnormality.');
    const rendered = await consignment(signed, { kind: 'stow' }).pdf();
    expect(Buffer.from(rendered).equals(readFileSync(pdf))).toBe(true);
  });

  it('stays one object however often it is sent, and one for each study', async () => {
    const signed = sampleReport({ reportUuid: '0e8b4f0a-1111-4222-8333-444455556666', studyInstanceUids: studies });
    const uids = [0, 1].map((index) => dicomUidOf(signed.reportUuid, 'pdf', index));
    for (let time = 0; time < 2; time += 1) {
      const outcome = await stow().deliver(consignment(signed, { kind: 'stow' }));
      expect(outcome).toMatchObject({ kind: 'accepted', ackId: uids[0], answer: uids.join('\n') });
    }
    for (const [index, uid] of uids.entries()) {
      const stored = await fetchBack(uid);
      expect(valueIn(stored, '0010,0010')).toBe(valueIn(FILES[index] ?? '', '0010,0010'));
    }
    expect(valueIn(await fetchBack(uids[1] ?? ''), '0010,0010')).toMatch(/Διονυσιος/);
  });

  it('asks a person when the study is not in the archive', async () => {
    const signed = sampleReport({ studyInstanceUids: ['1.2.3.4.5' as StudyInstanceUid] });
    expect(await stow().deliver(consignment(signed, { kind: 'stow' }))).toMatchObject({
      kind: 'refused',
      code: 'study-not-found',
    });
  });

  it('knows that nothing was taken when the archive is not reached', async () => {
    const gone = createDicomwebArchive({ url: 'http://127.0.0.1:9/dicom-web' });
    const channel = createStowChannel({ archiveOf: () => gone, buildObjects: (input) => [encapsulatedPdf(input)] });
    const signed = sampleReport({ studyInstanceUids: [studies[0] as StudyInstanceUid] });
    expect(await channel.deliver(consignment(signed, { kind: 'stow' }))).toEqual({
      kind: 'not-taken',
      code: 'archive-unreachable',
    });
  });

  it('writes PDF, DICOM, HL7 and FHIR into a folder, readable by others and without the patient in a name', async () => {
    const { readdirSync } = await import('node:fs');
    const folder = join(tempFolder(), 'returned');
    const channel = createFolderChannel({
      writeReportFiles,
      archiveOf: () => archive,
      buildObjects: (input) => [encapsulatedPdf(input)],
    });
    const signed = sampleReport({ studyInstanceUids: studies });
    const stem = `report-${signed.reportUuid}-v1`;
    for (let time = 0; time < 2; time += 1) {
      expect(await channel.deliver(consignment(signed, { kind: 'folder', path: folder }))).toEqual({
        kind: 'accepted',
        ackId: `${stem}.json`,
      });
    }
    expect(readdirSync(folder).toSorted()).toEqual([
      `${stem}-2.dcm`,
      `${stem}.dcm`,
      `${stem}.hl7`,
      `${stem}.json`,
      `${stem}.pdf`,
    ]);
    expect(tool('pdftotext', join(folder, `${stem}.pdf`), '-')).toContain('No acute intracranial abnormality.');
    expect(valueIn(join(folder, `${stem}-2.dcm`), '0020,000d')).toBe(studies[1]);
    expect(readFileSync(join(folder, `${stem}.hl7`), 'utf8')).toMatch(/^MSH\|\^~\\&\|OVERREAD\|/);
    const fhir = JSON.parse(readFileSync(join(folder, `${stem}.json`), 'utf8')) as { resourceType: string };
    expect(fhir.resourceType).toBe('DiagnosticReport');
  });

  it('tries a folder again that cannot be written', async () => {
    const file = join(tempFolder(), 'a-file');
    writeFileSync(file, '');
    const channel = createFolderChannel({
      writeReportFiles,
      archiveOf: () => undefined,
      buildObjects: (input) => [encapsulatedPdf(input)],
    });
    const outcome = await channel.deliver(consignment(sampleReport(), { kind: 'folder', path: join(file, 'below') }));
    expect(outcome).toEqual({ kind: 'not-taken', code: 'folder-ENOTDIR' });
  });
});
