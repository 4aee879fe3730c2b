import type { Page } from '@playwright/test';
import { expect } from 'vitest';

import type { Ball, Place } from '#tests/support/volume-phantom.ts';

export type PlaneName = 'axial' | 'coronal' | 'sagittal';
/** What right and down on the screen are in the patient, by radiological convention. */
const ON_SCREEN: Record<PlaneName, { right: Place; down: Place }> = {
  axial: { right: [1, 0, 0], down: [0, 1, 0] },
  coronal: { right: [1, 0, 0], down: [0, 0, -1] },
  sagittal: { right: [0, 1, 0], down: [0, 0, -1] },
};
export const NAMES = Object.keys(ON_SCREEN) as PlaneName[];

export const plane = (page: Page, name: PlaneName) => page.locator(`[data-plane="${name}"]`);

/** All slices are here and every plane on screen is painted in its final resolution. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const panes = [...document.querySelectorAll<HTMLElement>('[data-plane], [data-rendering]')];
    return (
      panes.length > 0 &&
      panes.every((pane) => pane.dataset['loaded'] === pane.dataset['total']) &&
      panes.every((pane) => pane.querySelector('canvas')?.dataset['painted'] === 'fully')
    );
  });
}
export async function openPlanes(page: Page): Promise<void> {
  await page.keyboard.press('y');
  await settled(page);
}

const dot = (a: Place, b: Place): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const at = async (page: Page): Promise<Place> => {
  const [x = 0, y = 0, z = 0] = ((await plane(page, 'axial').getAttribute('data-at')) ?? '').split(' ').map(Number);
  return [x, y, z];
};
export const mmPerPixel = async (page: Page, name: PlaneName) =>
  Number(await plane(page, name).getAttribute('data-mm-per-pixel'));

export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly pixels: number;
}
/** The middle of what is at least so bright on a plane, from the middle of its pane; CSS pixels. */
export const brightSpot = (page: Page, name: PlaneName, least: number): Promise<Spot | undefined> =>
  page.evaluate(
    ([id, from]) => {
      const canvas = document.querySelector<HTMLCanvasElement>(`[data-plane="${id}"] canvas`);
      const context = canvas?.getContext('2d');
      if (!canvas || !context) throw new Error('no canvas');
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let [x, y, pixels] = [0, 0, 0];
      for (let index = 0; index < data.length; index += 4) {
        if (data[index]! < from) continue;
        x += (index / 4) % canvas.width;
        y += Math.floor(index / 4 / canvas.width);
        pixels += 1;
      }
      if (pixels === 0) return undefined;
      return { x: x / pixels + 0.5 - canvas.width / 2, y: y / pixels + 0.5 - canvas.height / 2, pixels };
    },
    [name, least] as const,
  );

/** Where a place of the patient lies on a plane, from the middle of the pane: there the middle of the phantom is. */
export async function expectedAt(page: Page, name: PlaneName, [x, y, z]: Place): Promise<{ x: number; y: number }> {
  const { right, down } = ON_SCREEN[name];
  const mm = await mmPerPixel(page, name);
  return { x: dot([x, y, z], right) / mm, y: dot([x, y, z], down) / mm };
}

export async function clickPlace(page: Page, name: PlaneName, place: Place): Promise<void> {
  const box = await plane(page, name).boundingBox();
  if (!box) throw new Error('no plane');
  const spot = await expectedAt(page, name, place);
  await page.mouse.click(box.x + box.width / 2 + spot.x, box.y + box.height / 2 + spot.y);
  await settled(page);
}

/** A pixel or two: a click is a whole pixel, a ball has voxels of up to two millimetres. */
export const NEAR_MM = 1.2;

export async function expectLandmark(page: Page, name: PlaneName, { at: place }: Ball, least: number): Promise<void> {
  const spot = await brightSpot(page, name, least);
  const wanted = await expectedAt(page, name, place);
  const mm = await mmPerPixel(page, name);
  expect(spot, `${name} shows it`).toBeDefined();
  expect(Math.abs(spot!.x - wanted.x) * mm, `${name} across`).toBeLessThan(NEAR_MM);
  expect(Math.abs(spot!.y - wanted.y) * mm, `${name} down`).toBeLessThan(NEAR_MM);
}
