import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { decodeFile } from '#electron/hosts/cli/decode.ts';
import { dicomPath, hasDicomTestdata } from '#tests/support/dicom-testdata.ts';

import { firstFrame } from './first-frame.ts';

const hasPeers = ['dcmcjpeg', 'dcmcjpls', 'dcmcrle', 'dcmconv', 'gdcmconv'].every((name) =>
  existsSync(`/usr/bin/${name}`),
);
if (!hasPeers)
  process.stderr.write('skipped: images written by other encoders; dcmtk and gdcm are not installed here\n');

const sources = [
  'wg04/ct1-raw.dcm',
  'wg04/us1-raw.dcm',
  'multiframe/nm-heart-13f.dcm',
  'syntax-small/sc-rgb-small-odd.dcm',
];

/** Ways to write the same pixels without loss: program and options before source and target. */
const lossless: Readonly<Record<string, readonly [program: string, ...options: string[]]>> = {
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 6, 7].map((n) => [`JPEG lossless, predictor ${n}`, ['dcmcjpeg', '+el', '+sv', `${n}`] as const]),
  ),
  'JPEG lossless in fragments': ['dcmcjpeg', '+el', '+fs', '1'],
  'JPEG-LS': ['dcmcjpls', '+el'],
  'JPEG-LS in fragments without offset table': ['dcmcjpls', '+el', '+fs', '1', '-ot'],
  RLE: ['dcmcrle'],
  'RLE in fragments without offset table': ['dcmcrle', '+fs', '1', '-ot'],
  'JPEG 2000': ['gdcmconv', '--j2k'],
  'planar colour': ['gdcmconv', '--raw', '--planar-configuration', '1'],
  deflated: ['dcmconv', '+td'],
  'big endian': ['dcmconv', '+tb'],
  'implicit little endian': ['dcmconv', '+ti'],
};

/** Lossy ways whose result another decoder (dcmdjpeg) gives us to compare with. */
const lossy: Readonly<Record<string, readonly [program: string, ...options: string[]]>> = {
  'JPEG baseline': ['dcmcjpeg', '+eb'],
  'JPEG baseline, chroma at half': ['dcmcjpeg', '+eb', '+s2'],
  'JPEG extended': ['dcmcjpeg', '+ee'],
  'JPEG spectral selection': ['dcmcjpeg', '+es'],
  'JPEG full progression': ['dcmcjpeg', '+ep'],
};

describe.skipIf(!hasDicomTestdata || !hasPeers)('images written by other encoders', () => {
  const dir = mkdtempSync(join(tmpdir(), 'overread-peers-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  function convert(way: readonly string[], source: string, nth: number): string | undefined {
    const target = join(dir, `${nth}-${way.join('')}-${basename(source)}`);
    const [program = '', ...options] = way;
    try {
      execFileSync(program, [...options, source, target], { stdio: 'ignore', timeout: 60_000 });
    } catch {
      // Not every encoder takes every image.
      return undefined;
    }
    return statSync(target).size > 0 ? target : undefined;
  }

  for (const [name, way] of Object.entries(lossless)) {
    it(`${name}: the samples are those of the original`, async () => {
      let compared = 0;
      for (const [nth, source] of sources.entries()) {
        const written = convert(way, dicomPath(source), nth);
        if (written === undefined) continue;
        const [original, report] = [await decodeFile(dicomPath(source)), await decodeFile(written)];
        expect({ source, reason: report.reason, sha256: report.sha256 }).toEqual({
          source,
          reason: undefined,
          sha256: original.sha256,
        });
        compared++;
      }
      expect(compared).toBeGreaterThan(2);
    });
  }

  for (const [name, way] of Object.entries(lossy)) {
    it(`${name}: the samples are those another decoder gives`, async () => {
      for (const [nth, source] of sources.entries()) {
        const written = convert(way, dicomPath(source), nth);
        const decoded = written === undefined ? undefined : convert(['dcmdjpeg'], written, nth);
        if (written === undefined || decoded === undefined) continue;
        const [report, expected] = [await decodeFile(written), await decodeFile(decoded)];
        expect({ source, sha256: report.sha256 }).toEqual({ source, sha256: expected.sha256 });
      }
    });
  }

  it('JPEG colour with reduced chroma is YCbCr, even where the header says RGB', async () => {
    const written = convert(['gdcmconv', '--jpeg', '--lossy', '-q', '95'], dicomPath('wg04/us1-raw.dcm'), 99);
    const report = await decodeFile(written ?? '');
    const { samples } = await firstFrame(written ?? '');
    // The corner of this ultrasound image is black.
    expect(report.photometricInterpretation).toBe('RGB');
    expect(Math.max(...samples.slice(0, 3))).toBeLessThanOrEqual(2);
  });
});
