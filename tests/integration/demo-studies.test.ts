import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createImageEncoders } from '#electron/adapters/dicom-encode/create-image-encoders.ts';
import { demoCatalogue, generateImage } from '#electron/demo-site/studies/index.ts';
import { writePart10 } from '#electron/demo-site/studies/dicom/part10.ts';
import { planStudy } from '#electron/demo-site/studies/recipes/plan-study.ts';
import type { RawFrame } from '#electron/ports/image-encoders.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';

interface ParsedDataSet {
  readonly byteArray: Uint8Array;
  string(tag: string): string | undefined;
  readonly elements: Readonly<Record<string, { readonly dataOffset: number; readonly length: number }>>;
}
const { parseDicom } = createRequire(import.meta.url)('dicom-parser') as {
  parseDicom(bytes: Uint8Array): ParsedDataSet;
};

const SEED = 7;
const encoders = createImageEncoders();
const studies = demoCatalogue(SEED, Date.parse('2026-11-21T23:00:00Z') as EpochMs);
const hasPeers = ['dcmdump', 'gdcmconv', 'gdcminfo', 'dcmdjpeg'].every(
  (program) => spawnSync('which', [program]).status === 0,
);
if (!hasPeers && process.env.CI !== 'true')
  process.stderr.write('demo-studies: skipped, dcmtk and gdcm are not installed\n');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-studies-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A gradient with structure: constant rows for runs, ramps for predictors. */
function testFrame(samplesPerPixel: 1 | 3): RawFrame {
  const columns = 64;
  const rows = 48;
  if (samplesPerPixel === 3) {
    const bytes = new Uint8Array(columns * rows * 3);
    for (let index = 0; index < columns * rows; index += 1)
      bytes.set([(index % columns) * 3, Math.floor(index / columns) * 4, 90], index * 3);
    return { columns, rows, bitsAllocated: 8, bitsStored: 8, signed: false, samplesPerPixel, bytes };
  }
  const samples = Uint16Array.from({ length: columns * rows }, (_, index) =>
    index % 7 === 0 ? 4095 : (index * 37) % 3001,
  );
  samples.fill(1024, 0, columns * 4);
  return {
    columns,
    rows,
    bitsAllocated: 16,
    bitsStored: 12,
    signed: false,
    samplesPerPixel,
    bytes: new Uint8Array(samples.buffer),
  };
}

const imageOf = (frame: RawFrame, photometric: string) => ({
  SOPClassUID: '1.2.840.10008.5.1.4.1.1.7',
  SOPInstanceUID: '2.25.41',
  StudyInstanceUID: '2.25.42',
  SeriesInstanceUID: '2.25.43',
  Modality: 'OT',
  Rows: frame.rows,
  Columns: frame.columns,
  SamplesPerPixel: frame.samplesPerPixel,
  BitsAllocated: frame.bitsAllocated,
  BitsStored: frame.bitsStored,
  HighBit: frame.bitsStored - 1,
  PixelRepresentation: 0,
  PhotometricInterpretation: photometric,
  ...(frame.samplesPerPixel === 3 ? { PlanarConfiguration: 0 } : {}),
});

function pixelsOf(path: string): Uint8Array {
  const read = parseDicom(new Uint8Array(readFileSync(path)));
  const element = read.elements.x7fe00010!;
  return read.byteArray.slice(element.dataOffset, element.dataOffset + element.length);
}

describe.skipIf(!hasPeers && process.env.CI !== 'true')('demo studies, read by other programs', () => {
  it.each([
    ['jpeg-ls', '1.2.840.10008.1.2.4.80'],
    ['jpeg-2000', '1.2.840.10008.1.2.4.90'],
    ['rle', '1.2.840.10008.1.2.5'],
  ] as const)('%s decodes in gdcm to the very samples that went in', async (coding, transferSyntaxUid) => {
    const frame = testFrame(1);
    const frames = [await encoders.encode(coding, frame)];
    const path = join(folder, `${coding}.dcm`);
    writeFileSync(
      path,
      writePart10(imageOf(frame, 'MONOCHROME2'), { kind: 'encapsulated', frames, transferSyntaxUid }),
    );
    execFileSync('gdcmconv', ['--raw', path, `${path}.raw`]);
    expect(Buffer.from(pixelsOf(`${path}.raw`)).equals(Buffer.from(frame.bytes))).toBe(true);
  });

  it('jpeg-baseline decodes in dcmtk to nearly the colours that went in', async () => {
    const frame = testFrame(3);
    const path = join(folder, 'jpeg.dcm');
    const frames = [await encoders.encode('jpeg-baseline', frame)];
    writeFileSync(
      path,
      writePart10(imageOf(frame, 'YBR_FULL_422'), {
        kind: 'encapsulated',
        frames,
        transferSyntaxUid: '1.2.840.10008.1.2.4.50',
      }),
    );
    execFileSync('dcmdjpeg', ['+cl', '+px', path, `${path}.rgb`], { stdio: 'pipe' });
    const colours = pixelsOf(`${path}.rgb`);
    expect(colours.length).toBe(frame.bytes.length);
    const error =
      frame.bytes.reduce((sum, value, index) => sum + Math.abs(value - colours[index]!), 0) / frame.bytes.length;
    expect(error).toBeLessThan(4);
  });

  /** Type 1 attributes that viewers use, by IOD (PS3.3 A.3, A.4, A.26, A.27, A.6/A.7). */
  const GENERAL = [
    'x00080016',
    'x00080018',
    'x00080020',
    'x00080030',
    'x00080060',
    'x00100010',
    'x00100020',
    'x00100030',
    'x00100040',
    'x0020000d',
    'x0020000e',
    'x00200011',
    'x00200013',
    'x00280004',
    'x00280010',
    'x00280011',
    'x00280100',
    'x00280101',
    'x00280102',
    'x00280103',
  ];
  const PLANE = ['x00200032', 'x00200037', 'x00280030', 'x00180050', 'x00200052', 'x00185100'];
  const SHOWN = ['x00281050', 'x00281051'];
  const DX = [
    'x00080068',
    'x00181164',
    'x00200020',
    'x00281040',
    'x00281041',
    'x00281052',
    'x00281053',
    'x00281054',
    'x20500020',
    'x00282110',
    'x00185101',
    'x00187004',
  ];
  it.each([
    ['head-stroke', 0, [...PLANE, ...SHOWN, 'x00281052', 'x00281053', 'x00180060', 'x00281055']],
    ['chest-pe', 0, [...PLANE, ...SHOWN, 'x00180010', 'x00181041']],
    ['mr-stroke', 0, [...PLANE, 'x00180020', 'x00180021', 'x00180023', 'x00180080', 'x00180081', 'x00189087']],
    ['wrist', 0, [...DX, ...SHOWN, 'x00200062']],
    ['chest-icu', 0, [...SHOWN, 'x00185101', 'x00280030']],
    ['breast', 1, [...DX, 'x00200062', 'x00540220', 'x00082218', 'x00400318', 'x00181508']],
    ['us-liver', 2, ['x00186011', 'x00181063', 'x00280008', 'x00280009', 'x00282110', 'x00282114']],
  ] as const)(
    'an image of %s is clean for dcmdump and gdcminfo and has the attributes of its IOD',
    async (key, seriesIndex, required) => {
      const study = studies.find((candidate) => candidate.key === key)!;
      const series = planStudy(key, SEED)[seriesIndex]!;
      const file = await generateImage(study, series, Math.floor(series.count / 2), SEED, encoders);
      const path = join(folder, `${key}.dcm`);
      writeFileSync(path, file.part10);
      const dump = spawnSync('dcmdump', ['-q', path], { encoding: 'utf8', maxBuffer: 1 << 26 });
      expect(dump.status).toBe(0);
      expect(dump.stderr).toBe('');
      expect(execFileSync('gdcminfo', [path], { encoding: 'utf8' })).toContain('TransferSyntax is');
      const read = parseDicom(file.part10);
      const missing = [...GENERAL, ...required].filter(
        (tag) => read.elements[tag] === undefined || (read.elements[tag].length === 0 && tag !== 'x00540222'),
      );
      expect(missing).toEqual([]);
      expect(read.string('x0020000d')).toBe(study.studyInstanceUid);
      expect(read.string('x00080050')).toBe(study.accessionNumber);
      expect(read.string('x00100020')).toBe(study.patient.mrn);
    },
  );

  it('shows one radiograph as MONOCHROME1, whose stored values fall with attenuation', () => {
    const photometric = studies.flatMap((study) =>
      planStudy(study.key, SEED).map((series) => series.attributes.PhotometricInterpretation),
    );
    expect(photometric.filter((value) => value === 'MONOCHROME1')).toHaveLength(1);
  });
});
