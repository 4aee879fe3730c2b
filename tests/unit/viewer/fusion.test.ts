import { describe, expect, it } from 'vitest';

import { coverOf, fusionOf, fusionPartner, hotIron } from '#renderer/viewer/model/fusion.ts';
import type { ImageFacts } from '#renderer/viewer/model/image-facts.ts';
import type { ImageSeries } from '#renderer/viewer/model/series.ts';

const series = (key: string, modality: string, more: Partial<ImageFacts> = {}, spreadMm = 2): ImageSeries =>
  ({
    kind: 'images',
    key,
    studyInstanceUid: '2.25.1',
    modality,
    images: [0, 1, 2].map((index) => ({
      position: [0, 0, index === 2 ? 2 * spreadMm : 2 * index],
      orientation: { row: [1, 0, 0], column: [0, 1, 0] },
      spacing: { kind: 'patient', rowMm: 1, columnMm: 1 },
      rows: 8,
      columns: 8,
      frameOfReferenceUid: '2.25.2',
      voiWindows: [],
      unit: undefined,
      suv: undefined,
      phase: {},
      ...more,
    })),
  }) as unknown as ImageSeries;

describe('fusion', () => {
  it('takes PET of the same study and frame of reference, uptake by weight before counts', () => {
    const ct = series('ct', 'CT');
    const counts = series('counts', 'PT');
    const uptake = series('uptake', 'PT', { unit: 'SUVbw' });
    expect(fusionPartner(ct, [ct, counts, uptake])).toEqual({ ok: true, series: uptake });
    expect(fusionPartner(ct, [ct, counts])).toEqual({ ok: true, series: counts });
    expect(fusionOf(uptake)).toMatchObject({ seriesKey: 'uptake', modality: 'PT', unit: 'SUVbw', range: [0, 7] });
  });

  it('lays MR of the same frame of reference over CT or other MR where there is no PET, diffusion first', () => {
    const anatomy = series('t2', 'MR');
    const other = series('t1', 'MR');
    const diffusion = series('dwi', 'MR', { phase: { bValue: 1000 } as never });
    expect(fusionPartner(anatomy, [anatomy, other, diffusion])).toEqual({ ok: true, series: diffusion });
    expect(fusionPartner(series('ct', 'CT'), [anatomy])).toEqual({ ok: true, series: anatomy });
    expect(fusionPartner(anatomy, [anatomy]).ok).toBe(false);
    const uptake = series('uptake', 'PT', { unit: 'SUVbw' });
    expect(fusionPartner(anatomy, [anatomy, diffusion, uptake])).toEqual({ ok: true, series: uptake });
  });

  it('is refused with the reason', () => {
    const ct = series('ct', 'CT');
    const elsewhere = series('pt', 'PT', { frameOfReferenceUid: '2.25.3' });
    expect(fusionPartner(ct, [ct, elsewhere])).toEqual({
      ok: false,
      reason: 'this study has no PET or other MR in the same frame of reference',
    });
    const unplaced = series('ct', 'CT', { frameOfReferenceUid: undefined });
    expect(fusionPartner(unplaced, [unplaced, series('pt', 'PT', { frameOfReferenceUid: undefined })]).ok).toBe(false);
    expect(fusionPartner(ct, [ct, series('pt', 'PT', {}, 5)])).toEqual({
      ok: false,
      reason: 'its slices are unevenly spaced, from 2 mm to 8 mm',
    });
    expect(fusionPartner(series('pt', 'PT'), [ct]).ok).toBe(false);
  });

  it('colours by the Hot Iron palette and leaves what has no uptake uncovered', () => {
    // PS3.6 B.1.1: red alone up to the middle, then green, blue in the last quarter.
    expect(hotIron(0)).toEqual([0, 0, 0]);
    expect(hotIron(0.5)).toEqual([255, 0, 0]);
    expect(hotIron(0.75)).toEqual([255, 128, 0]);
    expect(hotIron(1)).toEqual([255, 255, 255]);
    expect([coverOf(0, 0.5), coverOf(0.125, 0.5), coverOf(0.25, 0.5), coverOf(1, 0.5)]).toEqual([0, 0.25, 0.5, 0.5]);
  });
});
