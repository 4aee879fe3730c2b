import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { reportObjects, type ReportObject } from '#electron/adapters/dicom-objects/report-objects.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { RadiologistId, StudyInstanceUid } from '#shared/domain/identifiers.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { canonicalize } from '#shared/reporting/canonical-json.ts';
import type { KeyImage, ReportMeasurement } from '#shared/reporting/report.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { lacks } from '#tests/support/peers.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';
import { attestedReport } from '#tests/unit/reporting/attested-report.ts';
import { fillField, twoNodules } from '#tests/unit/reporting/nodule-report.ts';
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

const dump = (tool: 'dcmdump' | 'dsrdump' | 'dcmpschk', object: ReportObject, ...flags: string[]) => {
  const file = join(tempFolder(), 'object.dcm');
  writeFileSync(file, object.part10);
  const { stdout, stderr, status } = spawnSync(tool, [...flags, file], { encoding: 'utf8' });
  return { text: stdout, complaints: stderr.trim(), status };
};

/** By pydicom and Little CMS. */
function factsOfProfile(object: ReportObject): unknown {
  const file = join(tempFolder(), 'object.dcm');
  writeFileSync(file, object.part10);
  const { stdout, stderr } = spawnSync('/usr/bin/python3', ['tests/support/icc_facts.py', file], { encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout);
}

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

const { label: _label, ...imageAt } = keyImage;
const measured: readonly ReportMeasurement[] = [
  {
    trackingUuid: '11111111-2222-4333-8444-555555555555',
    image: { ...imageAt, label: 'Series 2, image 7' },
    words: 'Nodule: 12 × 9 mm (series 2, image 7)',
    shape: 'POLYLINE',
    points: [
      [10.5, 20.5],
      [22.5, 20.5],
    ],
    numbers: [
      { quantity: 'long-axis', value: 12, unit: 'mm' },
      {
        quantity: 'short-axis',
        value: 9,
        unit: 'mm',
        points: [
          [16.5, 16],
          [16.5, 25],
        ],
      },
    ],
  },
  {
    trackingUuid: '21111111-2222-4333-8444-555555555555',
    image: { ...imageAt, label: 'Series 2, image 7' },
    words: '2.50 cm², mean 41.3 HU, SD 5.2 (series 2, image 7)',
    shape: 'ELLIPSE',
    points: [
      [10, 20],
      [30, 20],
      [20, 15],
      [20, 25],
    ],
    numbers: [
      { quantity: 'area', value: 250.1234, unit: 'mm2' },
      { quantity: 'mean', value: 41.3, unit: "[hnsf'U]" },
      { quantity: 'standard-deviation', value: 5.2, unit: "[hnsf'U]" },
    ],
  },
];
const seen: KeyImage = {
  ...keyImage,
  frame: 3,
  note: 'Größe wächst: see the nodule',
  presentation: {
    window: { center: -600, width: 1500, function: 'LINEAR' },
    rescale: { slope: 1, intercept: -1024, unit: 'HU' },
    isInverted: true,
    rotationDegrees: 90,
    isFlipped: true,
    topLeft: [401, 101],
    bottomRight: [101, 401],
    pixelSize: [0.78125, 0.78125],
    isMillimetres: true,
    marks: measured.map(({ shape, points, words }) => ({ shape, points, text: words })),
  },
};
const drawn = sampleReport({ body: { ...sampleBody, keyImages: [keyImage, seen], measurements: measured } });

const structured = sampleReport({ body: fillField('compared', '2023-11-02')(twoNodules) });

/** Information, and what dcmtk says of itself: it knows no rules of TID 2010, and its value checker no UTF-8. */
const OF_NO_CONCERN =
  /^(I: .*|W: Check for template constraints not yet supported|W: The VR checker does not support this .*)$/gm;

const isWithout = lacks('dcmtk', 'python3-pydicom');

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
    [...objectsOf(final), ...objectsOf(corrected), ...objectsOf(drawn), ...objectsOf(structured)]
      .filter(({ kind }) => kind !== 'pdf' && kind !== 'presentation')
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

  it('tell dates, sides and codes as such in their section, and the entries of a group each in a container', () => {
    const report = objectsOf(structured).find(({ kind }) => kind === 'text-report');
    if (report === undefined) throw new Error('no text');
    const { text } = dump('dsrdump', report, '+Pc', '+Pl', '-Ei');
    expect(text).toMatch(/DATE:\(\w{16},99OVERREAD,"Compared with"\)="20231102"/);
    const entries = text.split(/(?=CONTAINER:\(\w{16},99OVERREAD,"Nodule"\))/).slice(1);
    expect(entries).toHaveLength(2);
    expect(entries[0]?.match(/(?:TEXT|CODE|DATE):.*(?=>)/g)).toEqual([
      'TEXT:(112039,DCM,"Tracking Identifier")="Nodule 1"',
      'TEXT:(410668003,SCT,"Length")="12 mm"',
      'CODE:(272741003,SCT,"Laterality")=(7771000,SCT,"Left")',
      expect.stringMatching(/^CODE:\(\w{16},99OVERREAD,"Type"\)=\(RID5741,RADLEX,"solid"\)$/),
      expect.stringMatching(/^TEXT:\(\w{16},99OVERREAD,"Known since"\)="2023-11"$/),
    ]);
  });

  it('tell the number of an entry under the code of its template, by the name of the entry', () => {
    const report = objectsOf(structured).find(({ kind }) => kind === 'measurements');
    if (report === undefined) throw new Error('no measurements');
    const { text } = dump('dsrdump', report, '+Pc', '+Pl');
    expect(text).toMatch(
      /"Tracking Identifier"\)="Nodule 2 Size">[\s\S]*NUM:\(410668003,SCT,"Length"\)="4" \(mm,UCUM,"mm"\)/,
    );
  });

  it('tell what was drawn with its place, its image and a UID to follow it by', () => {
    const report = objectsOf(drawn).find(({ kind }) => kind === 'measurements');
    if (report === undefined) throw new Error('no measurements');
    const { text } = dump('dsrdump', report, '+Pc', '+Pl', '+Pu', '-Ei');
    expect(text).toMatch(/UIDREF:\(.*"Tracking Unique Identifier"\)="2\.25\.22685491133344597890602450946295682389"/);
    expect(text).toMatch(
      /NUM:\(.*"Long axis"\)="12" \(mm,UCUM,"mm"\)>\s+<inferred from SCOORD:=\(POLYLINE,10\.5\/20\.5,22\.5\/20\.5\)>\s+<selected from IMAGE/,
    );
    expect(text).toMatch(/NUM:\(.*"Short axis"\)="9"[\s\S]*POLYLINE,16\.5\/16,16\.5\/25/);
    expect(text).toMatch(/SCOORD:\(111030,DCM,"Image Region"\)=\(ELLIPSE,10\/20,30\/20,20\/15,20\/25\)/);
    expect(text).toMatch(
      /"Attenuation Coefficient"\)="41\.3" \(\[hnsf'U\],UCUM,"Hounsfield unit"\)>\s+<has concept mod CODE:\(121401,DCM,"Derivation"\)=\(373098007,SCT,"Mean"\)>/,
    );
    const evidence = dump('dcmdump', report, '+P', '0040,a375').text;
    expect(evidence).toContain(keyImage.sopInstanceUid);
  });

  it('tell a distance on a plane by its places in the patient, in a document that may hold them', () => {
    const onPlane: ReportMeasurement = {
      ...measured[0]!,
      words: 'Length 25 mm (series 2, coronal plane)',
      numbers: [{ quantity: 'length', value: 25, unit: 'mm' }],
      inSpace: {
        frameOfReferenceUid: '1.2.3.99',
        points: [
          [10.5, -20, 30],
          [10.5, -20, 55],
        ],
      },
    };
    const signed = sampleReport({ body: { ...sampleBody, measurements: [onPlane] } });
    const report = objectsOf(signed).find(({ kind }) => kind === 'measurements');
    if (report === undefined) throw new Error('no measurements');
    const { text, complaints, status } = dump('dsrdump', report, '-v', '+Pc', '+Pl');
    expect([status, complaints.replace(OF_NO_CONCERN, '').trim()]).toEqual([0, '']);
    expect(text).toMatch(/Comprehensive 3D SR Document/);
    expect(text).toMatch(
      /NUM:\(.*"Length"\)="25" \(mm,UCUM,"mm"\)>\s+<inferred from SCOORD3D:=\(POLYLINE,.*10\.5\/-20\/30,10\.5\/-20\/55/,
    );
  });

  it('put images under the note the reader wrote on them', () => {
    const selections = objectsOf(drawn).filter(({ kind }) => kind === 'key-images');
    expect(new Set(selections.map(({ sopInstanceUid }) => sopInstanceUid)).size).toBe(2);
    const texts = selections.map((object) => dump('dsrdump', object, '+Pc', '+Pl', '+U8').text);
    expect(texts[0]).toContain(`Key images of the report ${drawn.reportUuid}`);
    expect(texts[1]).toContain('Größe wächst: see the nodule');
    expect(texts[1]).toMatch(/IMAGE:=\(CT image,[^)]*3\)/);
  });

  it('keep how the reader saw a key image, as dcmpschk finds it right', () => {
    const plain = { ...drawn, body: { ...drawn.body, keyImages: [keyImage, { ...seen, note: 'see the nodule' }] } };
    const [state, ...others] = objectsOf(plain).filter(({ kind }) => kind === 'presentation');
    if (state === undefined) throw new Error('no presentation');
    expect(others).toEqual([]);
    const { complaints, text } = dump('dcmpschk', state, '-v');
    expect(`${text}${complaints}`).not.toMatch(/^(E|F): |error|violat/im);
    expect(`${text}${complaints}`).toMatch(/Test passed/);
  });

  it('keep how the reader saw a colour image, in colours that Little CMS reads as sRGB', () => {
    const { window: _window, rescale: _rescale, ...kept } = seen.presentation!;
    const photograph = { ...seen, note: 'see the wound', presentation: { ...kept, isInverted: false } };
    const body = { ...drawn.body, keyImages: [photograph] };
    const [state] = objectsOf({ ...drawn, body }).filter(({ kind }) => kind === 'presentation');
    if (state === undefined) throw new Error('no presentation');
    expect(state.sopClassUid).toBe('1.2.840.10008.5.1.4.1.1.11.2');
    const { complaints, text } = dump('dcmdump', state, '+L');
    expect(complaints).toBe('');
    expect(text).toMatch(/\(0008,0016\) UI =ColorSoftcopyPresentationStateStorage/);
    expect(text).toMatch(/\(0028,2002\) CS \[SRGB\]/);
    for (const tag of ['0070,005a', '0070,0001', '0070,0060', '0070,0042']) expect(text).toContain(`(${tag})`);
    // Modality and VOI LUT, and the shape of greys, are no part of it (PS3.3 A.33.2.3).
    for (const tag of ['0028,1052', '0028,3110', '2050,0020']) expect(text).not.toContain(`(${tag})`);
    expect(factsOfProfile(state)).toEqual({
      version: 4.2,
      class: 'scnr',
      space: 'RGB ',
      connection: 'XYZ ',
      intent: 0,
      isMatrix: true,
      colours: 1331,
      farthest: 0,
    });
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

  it('say who attested what another wrote first', () => {
    const report = objectsOf(attestedReport)[1];
    if (report === undefined) throw new Error('no text report');
    const { text } = dump('dsrdump', report, '+Pl');
    expect(text.replaceAll(/\s+/g, ' ')).toContain(attestedReport.attestation?.text);
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
