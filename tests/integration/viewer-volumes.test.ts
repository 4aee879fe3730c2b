import { existsSync } from 'node:fs';

import type { Page } from '@playwright/test';
import { describe, expect, it } from 'vitest';

import {
  AXIAL,
  LANDMARK,
  REVERSED,
  SAGITTAL,
  TILTED,
  writeVolume,
  type Ball,
  type WrittenVolume,
} from '#tests/support/volume-phantom.ts';
import {
  NAMES,
  plane,
  settled,
  openPlanes,
  at,
  mmPerPixel,
  brightSpot,
  expectedAt,
  clickPlace,
  expectLandmark,
} from '#tests/support/viewer-harness/planes-page.ts';
import type { Harness } from '#tests/support/viewer-harness/main.tsx';
import { viewerInBrowser } from '#tests/support/viewer-harness/viewer-in-browser.ts';

const isHere = existsSync('/usr/bin/chromium');
if (!isHere) process.stdout.write('volumes in a browser: skipped, chromium is not here\n');

const viewer = viewerInBrowser(isHere);

function openStudy(volumes: readonly WrittenVolume[], query?: string, initScript?: 'keep-contexts'): Promise<Page> {
  const paths = new Set(volumes.map((volume) => writeVolume(viewer.scratch(), volume)));
  return viewer.show([...paths], { ...(query !== undefined && { query }), ...(initScript && { initScript }) });
}

/** It has no size of its own. */
const HERE = { state: 'attached' } as const;

describe.skipIf(!isHere)('volumes on screen', () => {
  it('are a stage of the hanging for CT of the chest, left out where the series is no volume', async () => {
    const facts = { StudyDescription: 'CT chest', SeriesDescription: 'Soft tissue' };
    const page = await openStudy([{ study: '2.25.70101', acquisition: AXIAL, facts }]);
    await page.keyboard.press(',');
    await settled(page);
    expect(await page.locator('[data-plane]').count()).toBe(3);
    await page.keyboard.press('.');
    expect(await page.locator('[data-plane]').count()).toBe(0);
    await page.locator('[data-pane="pane-1"][data-sop-instance-uid]').waitFor();
    const tilted = await openStudy([{ study: '2.25.70102', acquisition: TILTED, facts }]);
    await tilted.keyboard.press(',');
    await tilted.locator('[data-pane="pane-1"][data-sop-instance-uid]').waitFor();
    expect(await tilted.locator('[data-plane]').count()).toBe(0);
  }, 60_000);

  it('too large for memory are made coarser and say so; landmarks stay where they are', async () => {
    const page = await openStudy([{ study: '2.25.70103', acquisition: AXIAL }], 'volume-limit=200000');
    await openPlanes(page);
    await plane(page, 'coronal').getByText('Coarser than the images: 2 × 2 pixels to one').waitFor();
    await clickPlace(page, 'coronal', LANDMARK.at);
    await clickPlace(page, 'axial', LANDMARK.at);
    for (const name of NAMES) await expectLandmark(page, name, LANDMARK, 180);
    await page.keyboard.press('y');
    await page.locator('[data-pane="pane-1"][data-sop-instance-uid]').waitFor();
  }, 60_000);

  it('outlive the loss of every graphics context, with the same view; the stacks come back behind them', async () => {
    const page = await openStudy([{ study: '2.25.70104', acquisition: AXIAL }], '', 'keep-contexts');
    await openPlanes(page);
    await clickPlace(page, 'coronal', LANDMARK.at);
    const before = await at(page);
    await page.evaluate(() => {
      const { keptContexts } = window as unknown as { keptContexts: WebGL2RenderingContext[] };
      for (const context of keptContexts) context.getExtension('WEBGL_lose_context')?.loseContext();
    });
    await page.keyboard.press('2');
    await settled(page);
    await page.keyboard.press('1');
    await settled(page);
    expect(await at(page)).toEqual(before);
    await expectLandmark(page, 'axial', LANDMARK, 200);
    await page.keyboard.press('Escape');
    await page.locator('[data-pane="pane-1"][data-index="20"]').waitFor();
  }, 60_000);

  it('in time are scrolled within a phase, played at one place, and cut into planes of the phase that is seen', async () => {
    const study = '2.25.70120';
    const FEW = { ...AXIAL, count: 5, first: [-47.5, -47.25, -4], step: [0, 0, 2] } as const;
    // A ball that grows from phase to phase, each phase a series of files under one series.
    const phases = [4, 8, 12].map((radiusMm, phase) => ({
      study,
      n: 1,
      acquisition: FEW,
      file: phase,
      balls: [{ at: [0, 0, 0], radiusMm, hu: 900 }] as const,
      facts: { StudyDescription: 'MR heart', Modality: 'MR', SOPClassUID: '1.2.840.10008.5.1.4.1.1.4' },
      each: (index: number) => ({
        SOPInstanceUID: `${study}.1.${phase + 1}.${index + 1}`,
        InstanceNumber: index * 3 + phase + 1,
        TemporalPositionIdentifier: phase + 1,
        NumberOfTemporalPositions: 3,
        TemporalResolution: 200,
      }),
    }));
    const page = await openStudy(phases);
    const pane = page.locator('[data-pane="pane-1"]');
    await pane.getByText('Phase 1/3: temporal position 1').waitFor();
    await pane.getByText('Im 3/5').waitFor();
    await page.keyboard.press('End');
    await pane.getByText('Im 5/5').waitFor();
    await pane.getByText('Phase 1/3').waitFor();
    await page.keyboard.press(']');
    await pane.getByText('Phase 2/3').waitFor();
    await pane.getByText('Im 5/5').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.locator('[data-pane="pane-1"][data-index="7"]').waitFor();
    await page.keyboard.press(' ');
    // Played at one place: every image it shows is the third of its phase.
    const played = await page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          const shown: string[] = [];
          const element = document.querySelector<HTMLElement>('[data-pane="pane-1"]')!;
          const observer = new MutationObserver(() => {
            shown.push(element.dataset['index'] ?? '');
            if (shown.length < 4) return;
            observer.disconnect();
            resolve(shown);
          });
          observer.observe(element, { attributeFilter: ['data-index'] });
        }),
    );
    expect(played).toEqual(['12', '2', '7', '12']);
    await page.keyboard.press(' ');
    await page.keyboard.press('Home');
    for (let turn = 0; turn < 3; turn += 1) {
      const index = await pane.getAttribute('data-index');
      if (index === '5') break;
      await page.keyboard.press(']');
      await page.locator(`[data-pane="pane-1"]:not([data-index="${index}"])`).waitFor();
    }
    await openPlanes(page);
    expect(await plane(page, 'axial').getAttribute('data-total')).toBe('5');

    // A distance belongs to its phase: its nearest image, its line, and the way back.
    await page.keyboard.press('m');
    const box = (await plane(page, 'axial').boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x - 30, y);
    await page.mouse.down();
    await page.mouse.move(x + 30, y, { steps: 3 });
    await page.mouse.up();
    const line = page.locator('[data-plane="axial"] [data-plane-length]');
    await line.waitFor(HERE);
    const bright = (await brightSpot(page, 'axial', 200))!;
    const reported = await page.evaluate(() =>
      (window as unknown as { harness: Harness }).harness.measurementForReport(),
    );
    expect(reported?.image.sopInstanceUid).toMatch(new RegExp(`^${study}\\.1\\.2\\.`));
    await page.keyboard.press('y');
    await page.keyboard.press(']');
    await pane.getByText('Phase 3/3').waitFor();
    await openPlanes(page);
    expect((await brightSpot(page, 'axial', 200))!.pixels).toBeGreaterThan(bright.pixels * 1.5);
    expect(await line.count()).toBe(0);
    await page.getByRole('button', { name: /^Length .*, axial plane$/ }).click();
    await line.waitFor(HERE);
    await settled(page);
    expect((await brightSpot(page, 'axial', 200))!.pixels).toBe(bright.pixels);
  }, 60_000);

  it('leave a reference line where the active stack cuts the other', async () => {
    const study = '2.25.70105';
    const facts = { StudyDescription: 'CT chest' };
    const page = await openStudy([
      { study, acquisition: AXIAL, facts },
      { study, n: 2, acquisition: SAGITTAL, facts },
    ]);
    await page.getByRole('combobox', { name: 'Layout' }).selectOption('1x2');
    await page.locator('[data-pane="pane-2"]').click();
    await page.getByRole('button', { name: /^Series 2/ }).click();
    await page.locator('[data-pane="pane-2"][data-index]').waitFor();
    await page.locator('[data-pane="pane-1"]').click();
    await page.keyboard.press('Home');
    // The first axial slice lies 79.25 of 81 mm below the upper edge of the sagittal image.
    const line = page.locator('[data-pane="pane-2"] [data-reference-line="pane-1"] line');
    await line.waitFor(HERE);
    await page.locator('[data-pane="pane-1"][data-index="0"]').waitFor();
    const y = async () => Number(await line.getAttribute('y1'));
    expect(await line.getAttribute('y2')).toBe(await line.getAttribute('y1'));
    const low = await y();
    await page.keyboard.press('End');
    await page.locator('[data-pane="pane-1"][data-index="40"]').waitFor();
    const high = await y();
    const [width, height] = await page
      .locator('[data-pane="pane-2"]')
      .evaluate((pane) => [pane.clientWidth, pane.clientHeight] as const);
    // 80 mm on an image of 96 × 81 mm that fits its pane.
    const mmPerPixelThere = Math.max(96 / width, 81 / height);
    expect((low - high) * mmPerPixelThere).toBeCloseTo(80, 0);
    await page.keyboard.press('Shift+G');
    expect(await line.count()).toBe(0);
  }, 60_000);

  it('are fused with PET of the same frame of reference: uptake by weight told, more or less of it by key', async () => {
    const study = '2.25.70106';
    const frame = { FrameOfReferenceUID: '2.25.70106.9' };
    const uptake: Ball = { at: [-24, 14, -16], radiusMm: 8, hu: 0 };
    const page = await openStudy([
      { study, acquisition: AXIAL, balls: [LANDMARK], facts: { ...frame, StudyDescription: 'CT chest' } },
      {
        study,
        n: 2,
        // Coarser, from the head down, every slice with a rescale of its own: 6 g/ml inside, nothing outside.
        acquisition: {
          ...REVERSED,
          first: [-46, -46, 40],
          step: [0, 0, -4],
          columns: 24,
          rows: 24,
          count: 21,
          columnMm: 4,
          rowMm: 4,
        },
        balls: [{ ...uptake, hu: 3000 - 1024 }],
        background: -1024,
        facts: {
          ...frame,
          Modality: 'PT',
          SOPClassUID: '1.2.840.10008.5.1.4.1.1.128',
          Units: 'GML',
          RescaleIntercept: 0,
        },
        each: (index) => ({ RescaleSlope: index % 2 === 0 ? 0.002 : 0.0020001 }),
      },
    ]);
    await page.getByRole('button', { name: /^Series 1/ }).click();
    await openPlanes(page);
    await clickPlace(page, 'coronal', uptake.at);
    await clickPlace(page, 'axial', uptake.at);
    expect(await brightSpot(page, 'axial', 60)).toBeUndefined();
    await page.keyboard.press('Shift+D');
    await plane(page, 'axial').getByText('PT: SUVbw 0 to 7, 50 %').waitFor();
    await settled(page);
    await plane(page, 'axial').getByText('At the cross 0 HU, SUVbw 6').waitFor();
    for (const name of NAMES) {
      const spot = await brightSpot(page, name, 60);
      const wanted = await expectedAt(page, name, uptake.at);
      const mm = await mmPerPixel(page, name);
      expect(Math.abs(spot!.x - wanted.x) * mm, `${name} across`).toBeLessThan(3);
      expect(Math.abs(spot!.y - wanted.y) * mm, `${name} down`).toBeLessThan(3);
    }
    // Red at 6 of 7 is full: half of it at 50 %, three quarters at 75 %.
    expect(await brightSpot(page, 'axial', 140)).toBeUndefined();
    for (let press = 0; press < 2; press += 1) await page.keyboard.press('Shift+W');
    await plane(page, 'axial').getByText('PT: SUVbw 0 to 7, 70 %').waitFor();
    await settled(page);
    expect(await brightSpot(page, 'axial', 140)).toBeDefined();
    await page.keyboard.press('Shift+D');
    await settled(page);
    expect(await brightSpot(page, 'axial', 60)).toBeUndefined();

    // As a stage of the hanging for PET-CT they are there at once.
    await page.keyboard.press('y');
    await page.getByRole('button', { name: 'Hanging: PET-CT', exact: true }).waitFor();
    await page.keyboard.press('.');
    await page.getByText('Fused planes').first().waitFor();
    await plane(page, 'coronal').getByText('PT: SUVbw 0 to 7, 50 %').waitFor();
    await settled(page);
    await clickPlace(page, 'coronal', uptake.at);
    expect(await brightSpot(page, 'axial', 60)).toBeDefined();
  }, 60_000);

  it('of MR are fused with diffusion of the same frame of reference, in values without a unit', async () => {
    const study = '2.25.70108';
    const bright: Ball = { at: [-24, 14, -16], radiusMm: 8, hu: 0 };
    const mr = {
      FrameOfReferenceUID: '2.25.70108.9',
      Modality: 'MR',
      SOPClassUID: '1.2.840.10008.5.1.4.1.1.4',
      RescaleIntercept: 0,
    };
    const page = await openStudy([
      { study, acquisition: AXIAL, balls: [], background: -1024, facts: { ...mr, StudyDescription: 'MR brain' } },
      {
        study,
        n: 2,
        acquisition: {
          ...AXIAL,
          first: [-46, -46, -40],
          step: [0, 0, 4],
          columns: 24,
          rows: 24,
          count: 21,
          columnMm: 4,
          rowMm: 4,
        },
        balls: [{ ...bright, hu: 3000 - 1024 }],
        background: -1024,
        facts: { ...mr, DiffusionBValue: 1000, WindowCenter: 1750, WindowWidth: 3500 },
      },
    ]);
    await page.getByRole('button', { name: /^Series 1/ }).click();
    await openPlanes(page);
    await clickPlace(page, 'coronal', bright.at);
    await clickPlace(page, 'axial', bright.at);
    expect(await brightSpot(page, 'axial', 60)).toBeUndefined();
    await page.keyboard.press('Shift+D');
    await plane(page, 'axial')
      .getByText(/^MR: .*0 to 3500, 50 %$/)
      .waitFor();
    await settled(page);
    for (const name of NAMES) {
      const spot = await brightSpot(page, name, 60);
      const wanted = await expectedAt(page, name, bright.at);
      const mm = await mmPerPixel(page, name);
      expect(Math.abs(spot!.x - wanted.x) * mm, `${name} across`).toBeLessThan(3);
      expect(Math.abs(spot!.y - wanted.y) * mm, `${name} down`).toBeLessThan(3);
    }
    await page.keyboard.press('Shift+D');
    await settled(page);
    expect(await brightSpot(page, 'axial', 60)).toBeUndefined();
  }, 60_000);

  it('are not fused with what lies in another frame of reference', async () => {
    const study = '2.25.70107';
    const page = await openStudy([
      { study, acquisition: AXIAL, facts: { StudyDescription: 'CT chest' } },
      { study, n: 2, acquisition: AXIAL, facts: { Modality: 'PT', Units: 'GML', FrameOfReferenceUID: '2.25.70107.8' } },
    ]);
    await page.getByRole('button', { name: /^Series 1/ }).click();
    await openPlanes(page);
    await page.keyboard.press('Shift+D');
    expect(await page.locator('html').getAttribute('data-problems')).toContain(
      'Nothing to fuse: this study has no PET or other MR in the same frame of reference.',
    );
  }, 60_000);

  it('have a rendering beside them: what lies in front hides what lies behind, from every side', async () => {
    // Two balls one behind the other as seen from the front, apart as seen from the left.
    const front: Ball = { at: [0, -30, 0], radiusMm: 8, hu: 1000 };
    const behind: Ball = { at: [0, 25, 20], radiusMm: 8, hu: 1000 };
    const page = await openStudy([{ study: '2.25.70108', acquisition: AXIAL, balls: [front, behind] }]);
    await openPlanes(page);
    await page.keyboard.press('Shift+Y');
    const rendering = page.locator('[data-rendering="Bone"]');
    await rendering.getByRole('img', { name: 'Top H, right L, bottom F, left R' }).waitFor(HERE);
    await settled(page);
    const spotOf = () =>
      rendering.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        let [left, right, top] = [canvas.width, 0, canvas.height];
        for (let at = 0; at < data.length; at += 4) {
          if (data[at]! < 60) continue;
          const x = (at / 4) % canvas.width;
          [left, right] = [Math.min(left, x), Math.max(right, x)];
          top = Math.min(top, Math.floor(at / 4 / canvas.width));
        }
        return { across: right - left, middle: (left + right) / 2 - canvas.width / 2, top: top - canvas.height / 2 };
      });
    const fromFront = await spotOf();
    expect(Math.abs(fromFront.middle)).toBeLessThan(3);
    // Turned to the right by a quarter: the right side of the patient comes to the front, the back to the left.
    for (let press = 0; press < 6; press += 1) await page.keyboard.press('Shift+A');
    await settled(page);
    await rendering.getByRole('img', { name: 'Top H, right A, bottom F, left P' }).waitFor(HERE);
    const fromSide = await spotOf();
    // 16 mm across become 16 + 55.
    expect(fromSide.across / fromFront.across).toBeCloseTo(71 / 16, 0);
    await page.keyboard.press('Shift+Y');
    await page.locator('[data-rendering="Soft tissue"]').waitFor();
    await page.keyboard.press('Shift+Y');
    await page.keyboard.press('Shift+Y');
    expect(await page.locator('[data-rendering]').count()).toBe(0);
  }, 60_000);
});
