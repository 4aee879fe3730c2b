import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { buildHarnessPage } from '#tests/support/viewer-harness/build-page.ts';
import {
  differenceInside,
  launchChromium,
  openViewer,
  parsePnm,
  readCanvas,
  type Picture,
} from '#tests/support/viewer-harness/open-viewer.ts';

const TESTDATA = '../shared/testdata/dicom';
const hasPeers = existsSync(TESTDATA) && existsSync('/usr/bin/chromium') && existsSync('/usr/bin/dcmj2pnm');
if (!hasPeers) process.stdout.write('painted pixels: skipped, test data, chromium or dcmtk is not here\n');

let browser: Browser;
let withoutWebGl: Browser;
let scratch = '';

beforeAll(async () => {
  if (!hasPeers) return;
  scratch = mkdtempSync(join(tmpdir(), 'painted-'));
  await buildHarnessPage(join(scratch, 'page'));
  browser = await launchChromium();
  withoutWebGl = await launchChromium(['--disable-gpu', '--disable-3d-apis']);
});
afterAll(async () => {
  await browser?.close();
  await withoutWebGl?.close();
  if (scratch !== '') rmSync(scratch, { recursive: true, force: true });
});

/** dcmtk's own rendering; what its JPEG tools cannot read is unpacked by gdcm first. */
function renderByDcmtk(file: string, options: readonly string[], isUnpacked: boolean): Picture {
  const source = isUnpacked ? join(scratch, 'unpacked.dcm') : file;
  if (isUnpacked) execFileSync('gdcmconv', ['--raw', file, source]);
  const out = join(scratch, 'rendered.pnm');
  execFileSync('dcmj2pnm', ['--no-overlays', '+op', ...options, source, out], { stdio: 'ignore' });
  return parsePnm(new Uint8Array(readFileSync(out)));
}

interface Case {
  readonly file: string;
  /** How dcmtk is told which greys to use; the default asks for the window the viewer says it shows. */
  readonly greys?: 'window' | 'file-table' | 'colour';
  readonly isUnpacked?: boolean;
  /** Grey levels of 255; 1 where nothing is said. From luma and chroma two programs round each in their own way. */
  readonly within?: 2;
  /** By the graphics card's way, imitated or not; else as the viewer chooses for this machine. */
  readonly isByCard?: boolean;
  /** In a browser that has no WebGL at all. */
  readonly isWithoutWebGl?: boolean;
}

const CASES: readonly Case[] = [
  { file: 'ct-chest/ct-chest-031.dcm' },
  { file: 'ct-chest/ct-chest-031.dcm', isByCard: true },
  { file: 'ct-chest/ct-chest-031.dcm', isWithoutWebGl: true },
  { file: 'mr-brain/' },
  { file: 'pt-headneck/' },
  { file: 'wg04/ct1-jls-lossless.dcm', isUnpacked: true },
  { file: 'wg04/mr1-j2k-lossless.dcm', isUnpacked: true },
  { file: 'wg04/nm1-rle.dcm', isUnpacked: true },
  { file: 'syntax-ct/ct-jpegprocess14sv1.dcm' },
  { file: 'syntax-ct/ct-bigendianexplicit.dcm' },
  { file: 'syntax-ct/ct-deflatedexplicitvrlittleendian.dcm' },
  { file: 'single/cr-mono1-chest.dcm' },
  { file: 'single/cr-mono1-chest.dcm', isWithoutWebGl: true },
  { file: 'luts/vlut-04.dcm', greys: 'file-table' },
  { file: 'luts/vlut-04.dcm', greys: 'file-table', isByCard: true },
  { file: 'luts/mlut-18.dcm' },
  { file: 'color/examples-palette.dcm', greys: 'colour' },
  { file: 'color/examples-rgb-color.dcm', greys: 'colour' },
  { file: 'color/examples-rgb-color.dcm', greys: 'colour', isByCard: true },
  { file: 'color/examples-rgb-color.dcm', greys: 'colour', isWithoutWebGl: true },
  { file: 'color/obxxxx1a-rle.dcm', greys: 'colour', isUnpacked: true },
  { file: 'syntax-data/sc-ybr-full-uncompressed.dcm', greys: 'colour', within: 2 },
];

describe.skipIf(!hasPeers)('the painted image', () => {
  it.each(CASES)(
    'is what dcmtk makes of $file, within a grey level',
    async ({ file, greys = 'window', isUnpacked = false, isByCard = false, isWithoutWebGl = false, within = 1 }) => {
      const path = file.endsWith('/')
        ? join(TESTDATA, file, execFileSync('ls', [join(TESTDATA, file)], { encoding: 'utf8' }).split('\n')[20] ?? '')
        : join(TESTDATA, file);
      const by = isWithoutWebGl ? withoutWebGl : browser;
      const viewer = await openViewer(by, join(scratch, 'page'), [path], { width: 1366, height: 900, isByCard });
      try {
        const pane = viewer.page.locator('[data-pane="pane-1"]');
        await viewer.page.locator('[data-pane="pane-1"][data-sop-instance-uid]').waitFor();
        await viewer.page.getByRole('button', { name: 'One image pixel per display pixel' }).click();
        await viewer.page.getByText(/^Zoom 100 %/).waitFor({ state: 'attached' });
        const center = await pane.getAttribute('data-window-center');
        const width = await pane.getAttribute('data-window-width');
        const options = { window: ['+Ww', center ?? '', width ?? ''], 'file-table': ['+Wl', '1'], colour: [] }[greys];
        const canvas = await readCanvas(viewer.page);
        if (isWithoutWebGl)
          expect(await viewer.page.evaluate(() => document.createElement('canvas').getContext('webgl2'))).toBeNull();
        const difference = differenceInside(canvas, renderByDcmtk(path, options, isUnpacked));
        expect(difference.worst).toBeLessThanOrEqual(within);
        expect(viewer.complaints).toEqual([]);
      } finally {
        await viewer.close();
      }
    },
  );
});
