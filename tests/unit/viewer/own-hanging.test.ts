import { describe, expect, it } from 'vitest';

import { hangingProtocolSchema } from '#shared/contract/hanging-calls.ts';
import { fitsWords, withFits } from '#renderer/viewer/model/hanging-edit.ts';
import { hangingFromScreen, type SeenPane } from '#renderer/viewer/model/hanging-from-screen.ts';
import { fittingHangings, hangStage, isHung } from '#renderer/viewer/model/hanging.ts';
import { readSeries, type ImageSeries } from '#renderer/viewer/model/series.ts';
import { shippedHangings } from '#renderer/viewer/shipped-hangings.ts';
import { BASE, dataOf } from './image-of.ts';

function stack(uid: string, says: string, role: 'current' | 'prior' = 'current', more = {}): ImageSeries {
  const [series] = readSeries(
    Array.from({ length: 8 }, (_, index) =>
      dataOf({
        ...BASE,
        '0020000D': role === 'prior' ? '1.9' : '1.2.3',
        '0020000E': uid,
        '00080018': `${uid}.${index}`,
        '00081030': 'CT HEAD',
        '0008103E': says,
        '00180015': 'HEAD',
        '00200037': [1, 0, 0, 0, 1, 0],
        '00200032': [0, 0, index],
        ...more,
      }),
    ),
    role,
    () => undefined,
  );
  if (series?.kind !== 'images') throw new Error('images');
  return series;
}
const seen = (series: ImageSeries, window?: { center: number; width: number }): SeenPane => ({
  series,
  facts: series.images[0]!,
  window: window && { kind: 'window', ...window, function: 'LINEAR' },
  isInverted: false,
});
const layout = { rows: 1, columns: 3 };
const [thick, bone, old] = [stack('1', 'AX 5MM'), stack('2', 'BONE'), stack('8', 'AX 5MM', 'prior')];
const panes = [seen(thick), seen(bone, { center: 480, width: 2500 }), seen(old)];
const saved = hangingFromScreen('Head, bone & prior', { layout, panes, isLinked: true, fits: undefined }, []);

describe('a hanging saved from the screen', () => {
  it('is one as they are stored, under an id of its own', () => {
    expect(hangingProtocolSchema.parse(structuredClone(saved))).toEqual(saved);
    expect(saved.id).toBe('own-head-bone-prior');
    const again = hangingFromScreen(saved.name, { layout, panes, isLinked: true, fits: undefined }, [saved.id]);
    expect(again.id).toBe('own-head-bone-prior-2');
  });

  it('keeps planes with the series they go through, its window, their slab and which of them is large', () => {
    const planes = hangingFromScreen(
      'Bone planes',
      {
        layout: { rows: 1, columns: 1 },
        panes: [seen(bone, { center: 480, width: 2500 })],
        isLinked: false,
        planesLook: { slab: { kind: 'minip', thicknessMm: 10 }, enlarged: 'coronal', isFused: true },
        fits: undefined,
      },
      [],
    );
    expect(hangingProtocolSchema.parse(structuredClone(planes))).toEqual(planes);
    const hung = hangStage([thick, bone], planes, planes.stages[0]!);
    expect(hung).toMatchObject({
      isPlanes: true,
      planesLook: { slab: { kind: 'minip', thicknessMm: 10 }, enlarged: 'coronal', isFused: true },
    });
    expect(hung.panes).toEqual([
      { seriesKey: '2', index: expect.any(Number), window: { center: 480, width: 2500, unit: 'HU' } },
    ]);
  });

  it('hangs the very same again, and stands before what comes with the program', () => {
    const all = [bone, thick, old];
    const [best] = fittingHangings(all, [{ ...saved, isOwn: true }, ...shippedHangings]);
    expect(best?.protocol.id).toBe(saved.id);
    const hung = hangStage(all, saved, saved.stages[0]!);
    expect(hung.panes.map((pane) => isHung(pane) && pane.seriesKey)).toEqual(['1', '2', '8']);
    expect(hung.panes[1]).toMatchObject({ window: { center: 480, width: 2500, unit: 'HU' } });
    expect(hung.isLinked).toBe(true);
  });

  it('finds the like of it in a study of other names', () => {
    const [other] = fittingHangings([stack('5', 'Kopf nativ')], [saved]);
    expect(other?.protocol.id).toBe(saved.id);
    expect(hangStage([stack('5', 'Kopf nativ')], saved, saved.stages[0]!).missing).toEqual(['BONE']);
  });

  it('fits what the hanging it grew out of fits', () => {
    const head = shippedHangings.find(({ id }) => id === 'ct-head');
    const grown = hangingFromScreen('Mine', { layout, panes, isLinked: false, fits: head?.fits }, []);
    expect(grown.fits).toEqual(head?.fits);
  });
});

describe('a hanging whose match is changed', () => {
  it('fits by the words typed', () => {
    const changed = withFits(saved, undefined, 'knee, knie*, , *');
    expect(fitsWords(changed)).toBe('knee, knie*');
    expect(fittingHangings([thick], [changed])).toEqual([]);
    expect(hangingProtocolSchema.safeParse(structuredClone(changed)).success).toBe(true);
  });

  it('fits the same studies as another', () => {
    const chest = shippedHangings.find(({ id }) => id === 'ct-chest')!;
    expect(withFits(saved, chest, fitsWords(chest)).fits).toEqual(chest.fits);
  });

  it('fits any region without words', () => {
    const changed = withFits(saved, undefined, '');
    expect(changed.fits).toEqual([{ modalities: ['CT'] }]);
  });
});

describe('a stored hanging', () => {
  it.each([
    ['more places than panes', { stages: [{ ...saved.stages[0], columns: 1 }] }],
    ['a pattern of many stars', { fits: [{ about: [['a*b*c*d*e']] }] }],
    ['an unknown key', { colour: 'red' }],
    ['no stage', { stages: [] }],
  ])('is refused with %s', (_, change) => {
    expect(hangingProtocolSchema.safeParse({ ...structuredClone(saved), ...change }).success).toBe(false);
  });
});
