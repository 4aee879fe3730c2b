import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { reportObjects, type ReportObject } from '#electron/adapters/dicom-objects/report-objects.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { RadiologistId, StudyInstanceUid } from '#shared/domain/identifiers.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { canonicalize } from '#shared/reporting/canonical-json.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { lacks } from '#tests/support/peers.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';
import { sampleBody, sampleReport } from '#tests/unit/reporting/sample-report.ts';

const STUDY = '1.2.826.0.1.3680043.10.1' as StudyInstanceUid;
const keyImage = {
  studyInstanceUid: STUDY,
  seriesInstanceUid: `${STUDY}.1`,
  sopInstanceUid: `${STUDY}.1.7`,
  sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
  label: 'Series 2, image 7',
};

function objectsOf(signed: SignedReport, study?: DicomJson): ReportObject[] {
  const pdf = new Uint8Array([0x25, 0x50, 0x44, 0x46]);
  const proof = { canonical: canonicalize(signed), signature: 'eyJh..c2ln' };
  return reportObjects({ signed, ...proof, pdf, studyInstanceUid: STUDY, studyIndex: 0, study });
}

const dump = (tool: 'dcmdump' | 'dsrdump', object: ReportObject, ...flags: string[]) => {
  const file = join(tempFolder(), 'object.dcm');
  writeFileSync(file, object.part10);
  const { stdout, stderr, status } = spawnSync(tool, [...flags, file], { encoding: 'utf8' });
  return { text: stdout, complaints: stderr.trim(), status };
};

const final = sampleReport({ body: { ...sampleBody, keyImages: [keyImage] } });
const corrected = sampleReport({
  reportUuid: '0b2c7b10-1111-4c0e-9f3a-0a1b2c3d4e5f',
  version: 2,
  state: 'corrected',
  reason: 'Wrong side',
  predecessor: {
    reportUuid: final.reportUuid,
    version: 1,
    state: 'final',
    signedBy: final.signedBy,
    signedAt: final.signedAt,
  },
  addenda: [
    {
      text: 'Compared with outside films.',
      signedBy: { id: 'dr-mora' as RadiologistId, name: 'Mora^Ana' },
      signedAt: 1_795_300_000_000 as EpochMs,
    },
  ],
});

/** Information, and what dcmtk says of itself: it knows no rules of TID 2010. */
const OF_NO_CONCERN = /^(I: .*|W: Check for template constraints not yet supported)$/gm;

const isWithout = lacks('dcmtk');

describe.skipIf(isWithout)('DICOM objects of a report, as dcmtk reads them', () => {
  it('are the print, the text, the measurements and the key images', () => {
    expect(objectsOf(final).map(({ kind }) => kind)).toEqual(['pdf', 'text-report', 'measurements', 'key-images']);
    expect(objectsOf({ ...corrected, body: { ...sampleBody, sections: [] } }).map(({ kind }) => kind)).toEqual([
      'pdf',
      'text-report',
    ]);
  });

  it.each(objectsOf(final).map((object) => [object.kind, object] as const))(
    '%s is read by dcmdump without a complaint',
    (_kind, object) => {
      const { complaints, status, text } = dump('dcmdump', object, '+L');
      expect([status, complaints]).toEqual([0, '']);
      expect(text).toContain(object.sopInstanceUid);
    },
  );

  it.each(
    [...objectsOf(final), ...objectsOf(corrected)]
      .filter(({ kind }) => kind !== 'pdf')
      .map((object) => [object.kind, object] as const),
  )('%s keeps the rules of its IOD and template as dsrdump checks them', (_kind, object) => {
    const { complaints, status } = dump('dsrdump', object, '-v', '+Pc');
    expect([status, complaints.replace(OF_NO_CONCERN, '').trim()]).toEqual([0, '']);
  });

  it('tell the text in the sections of TID 2000, with who verified it', () => {
    const report = objectsOf(final).find(({ kind }) => kind === 'text-report');
    if (report === undefined) throw new Error('no text');
    const { text } = dump('dsrdump', report, '+Pc', '+Pl');
    expect(text).toMatch(/Basic Text SR Document/);
    expect(text).toMatch(/Verification Flag\s+: VERIFIED/);
    expect(text).toContain('Lee^Dana^^Dr.^MD');
    expect(text).toMatch(/121070,DCM,"Findings"[\s\S]*Soft tissue swelling < 5 mm \| left\./);
    expect(text).toMatch(/121073,DCM,"Impression"[\s\S]*No acute intracranial abnormality\./);
    expect(text).toMatch(/Key Images[\s\S]*IMAGE/);
  });

  it('tell each number with its UCUM unit under TID 1500', () => {
    const report = objectsOf(final).find(({ kind }) => kind === 'measurements');
    if (report === undefined) throw new Error('no measurements');
    const { text } = dump('dsrdump', report, '+Pc', '+Pl', '+Pt');
    expect(text).toMatch(/Comprehensive SR Document/);
    expect(text).toMatch(/TID 1500 \(DCMR\)|1500/);
    expect(text).toMatch(/NUM:\(.*"Midline shift"\)="0" \(mm,UCUM,"mm"\)/);
  });

  it('name the version they replace', () => {
    const [pdf, report] = objectsOf(corrected);
    const [oldPdf, oldReport] = objectsOf(final);
    for (const [object, old] of [
      [pdf, oldPdf],
      [report, oldReport],
    ] as const) {
      if (object === undefined || old === undefined) throw new Error('no object');
      const { text } = dump('dcmdump', object, '+P', '0040,a360', '+L');
      expect(text).toContain(old.sopInstanceUid);
      expect(text).toContain(old.sopClassUid === '1.2.840.10008.5.1.4.1.1.104.1' ? 'EncapsulatedPDF' : 'BasicTextSR');
    }
  });

  it('mark a preliminary report as unverified and partial', () => {
    const report = objectsOf({ ...final, state: 'preliminary' })[1];
    if (report === undefined) throw new Error('no text');
    const { text } = dump('dcmdump', report, '+P', '0040,a491', '+P', '0040,a493', '+P', '0040,a073');
    expect(text).toMatch(/PARTIAL/);
    expect(text).toMatch(/UNVERIFIED/);
    expect(text).not.toMatch(/VerifyingObserver/);
  });

  it('write patient and study as the archive writes them', () => {
    const study: DicomJson = {
      '00100010': { vr: 'PN', Value: [{ Alphabetic: 'DOE^JANE', Ideographic: '山田^太郎' }] },
      '00100020': { vr: 'LO', Value: ['ARCHIVE-7'] },
      '00080201': { vr: 'SH', Value: ['+0100'] },
    };
    for (const object of objectsOf(final, study)) {
      const { text } = dump('dcmdump', object, '+P', '0010,0010', '+P', '0010,0020', '+P', '0008,0013');
      expect(text).toContain('DOE^JANE=山田^太郎');
      expect(text).toContain('ARCHIVE-7');
      // 23:30:05 UTC is half past midnight an hour east of it.
      expect(text).toContain('[003005]');
    }
  });

  it('are the same bytes every time', () => {
    const [first, second] = [objectsOf(final), objectsOf(final)];
    for (const [index, object] of first.entries()) {
      expect(Buffer.from(object.part10).equals(Buffer.from(second[index]?.part10 ?? []))).toBe(true);
    }
  });
});
