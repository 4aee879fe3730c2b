import { describe, expect, it } from 'vitest';

import { hangFirst, isHung, type Hanging } from '#renderer/viewer/model/hanging.ts';
import { readSeries, seriesName, type Series } from '#renderer/viewer/model/series.ts';
import { shippedHangings } from '#renderer/viewer/shipped-hangings.ts';
import { BASE, dataOf } from './image-of.ts';

const series = (uid: string, count: number, values: Record<string, unknown>, role: 'current' | 'prior' = 'current') =>
  readSeries(
    Array.from({ length: count }, (_, index) =>
      dataOf({ ...BASE, '0020000E': uid, '00080018': `${uid}.${index + 1}`, '00200013': index + 1, ...values }),
    ),
    role,
    () => undefined,
  );
const hang = (all: readonly Series[], expected: readonly (string | undefined)[] = []) =>
  hangFirst(all, shippedHangings, expected);
const keys = ({ panes }: Hanging) => panes.map((pane) => (isHung(pane) ? pane.seriesKey : undefined));

describe('hanging', () => {
  it('puts the prior of the same name beside a CT', () => {
    const all = [
      ...series('1', 2, { '0008103E': 'Scout' }),
      ...series('2', 30, { '0008103E': 'ax 5mm' }),
      ...series('8', 30, { '0008103E': 'ax 1mm' }, 'prior'),
      ...series('9', 30, { '0008103E': 'ax 5mm' }, 'prior'),
    ];
    expect(hang(all)).toMatchObject({ layout: { rows: 1, columns: 2 } });
    expect(keys(hang(all))).toEqual(['2', '9']);
  });

  it('shows one CT series alone without a prior, from its middle', () => {
    expect(hang(series('2', 31, {}))).toMatchObject({
      layout: { rows: 1, columns: 1 },
      panes: [{ seriesKey: '2', index: 15 }],
      missing: [],
    });
  });

  it('keeps a pane free only for a prior that can stand beside the study', () => {
    const ct = series('2', 31, {});
    expect(hang(ct, ['CT'])).toMatchObject({ layout: { rows: 1, columns: 2 }, awaitsPrior: true });
    expect(hang(ct, ['DX'])).toMatchObject({ layout: { rows: 1, columns: 1 }, awaitsPrior: false });
    const [film] = series('9', 1, { '00080060': 'DX' }, 'prior');
    expect(hang([...ct, film!])).toMatchObject({ layout: { rows: 1, columns: 1 }, awaitsPrior: false, missing: [] });
  });

  it('lays mammograms chest wall to chest wall, right side on the left', () => {
    const view = (uid: string, side: string, name: string) =>
      series(uid, 1, { '00080060': 'MG', '00200062': side, '00185101': name });
    const hung = hang([
      ...view('a', 'L', 'MLO'),
      ...view('b', 'R', 'CC'),
      ...view('c', 'L', 'CC'),
      ...view('d', 'R', 'MLO'),
    ]);
    expect(keys(hung)).toEqual(['b', 'c', 'd', 'a']);
    expect(hung.panes.map((pane) => isHung(pane) && pane.push)).toEqual(['right', 'left', 'right', 'left']);
  });

  it('lays the frontal film left of the lateral one', () => {
    const film = (uid: string, view: string) => series(uid, 1, { '00080060': 'DX', '00185101': view });
    expect(keys(hang([...film('lat', 'LL'), ...film('pa', 'PA')]))).toEqual(['pa', 'lat']);
  });

  it('lays up to four MR sequences in a square and leaves the survey out', () => {
    const all = ['s', 'a', 'b', 'c'].flatMap((uid) => series(uid, uid === 's' ? 3 : 20, { '00080060': 'MR' }));
    expect(hang(all).layout).toEqual({ rows: 2, columns: 2 });
    expect(keys(hang(all))).toEqual(['a', 'b', 'c']);
  });

  it('hangs nothing where there are no images', () => {
    expect(hang([])).toMatchObject({ layout: { rows: 1, columns: 1 }, panes: [{ emptyWords: expect.any(String) }] });
  });
});

describe('a series list', () => {
  it('names reports and documents for what they are', () => {
    const [report] = series('1', 1, { '00080016': '1.2.840.10008.5.1.4.1.1.88.33', '0008103E': 'Findings' });
    expect(report).toMatchObject({ kind: 'other', what: 'Structured report' });
    expect(report && seriesName(report)).toBe('Series: Findings, Structured report, not an image');
  });

  it('names a series by number, description and count', () => {
    const [one] = series('1', 32, { '00200011': 3, '0008103E': 'ax 5mm' });
    expect(one && seriesName(one)).toBe('Series 3: ax 5mm, 32 images');
  });

  it('sorts by series number and counts frames as images', () => {
    const all = readSeries(
      [
        dataOf({ ...BASE, '0020000E': 'b', '00200011': 10 }),
        dataOf({ ...BASE, '0020000E': 'a', '00200011': 2, '00280008': 17 }),
      ],
      'current',
      () => undefined,
    );
    expect(all.map((one) => one.key)).toEqual(['a', 'b']);
    expect(all[0]).toMatchObject({ kind: 'images', images: { length: 17 } });
  });
});
