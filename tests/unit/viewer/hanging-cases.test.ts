import { describe, expect, it } from 'vitest';

import { ELEMENTS, type Keyword } from '#electron/demo-site/studies/dicom/elements.ts';
import { fittingHangings, hangStage, isHung, type HungPane } from '#renderer/viewer/model/hanging.ts';
import { readSeries, type ImageSeries, type Series } from '#renderer/viewer/model/series.ts';
import { shippedHangings } from '#renderer/viewer/shipped-hangings.ts';
import { headerOf, hangingCases, type HeaderSeries, type HeaderStudy } from './hanging-table.ts';
import { dataOf } from './image-of.ts';

/** As the attributes stand in the metadata of an archive. */
function attributes(study: HeaderStudy, one: HeaderSeries, index: number, uid: string): Record<string, unknown> {
  const header = Object.entries(headerOf(study, one, index)) as [Keyword, unknown][];
  return {
    '0020000D': uid,
    '0020000E': `${uid}.${one.n}`,
    '00080018': `${uid}.${one.n}.${index + 1}`,
    '00280010': 4,
    '00280011': 4,
    '00280004': 'MONOCHROME2',
    ...Object.fromEntries(header.map(([keyword, value]) => [ELEMENTS[keyword][0], value])),
  };
}

const seriesOf = (study: HeaderStudy, role: 'current' | 'prior', uid: string): Series[] =>
  readSeries(
    study.series.flatMap((one) =>
      Array.from({ length: one.images ?? 1 }, (_, index) => dataOf(attributes(study, one, index, uid))),
    ),
    role,
    () => undefined,
  );

function paneWords(pane: HungPane, all: readonly Series[]): string {
  if (!isHung(pane)) return '-';
  const series = all.find((one): one is ImageSeries => one.kind === 'images' && one.key === pane.seriesKey);
  const number = `${series?.role === 'prior' ? 'p' : ''}${series?.seriesNumber}`;
  return series?.modality === 'US' ? `${number}.${pane.index + 1}` : number;
}

describe('a study as found in the wild', () => {
  it.each(hangingCases.map((one) => [one.what, one] as const))('hangs as its reader expects: %s', (_, one) => {
    const all = [
      ...seriesOf(one.study, 'current', '1.2.3'),
      ...(one.priors ?? []).flatMap((prior, at) => seriesOf(prior, 'prior', `1.2.4${at}`)),
    ];
    const [best] = fittingHangings(all, shippedHangings);
    const stage = best?.stages[0];
    if (!best || !stage) throw new Error('no hanging fits');
    const { layout, panes, missing } = hangStage(all, best.protocol, stage);
    expect({
      hanging: best.protocol.id,
      grid: `${layout.rows}x${layout.columns}`,
      panes: panes.map((pane) => paneWords(pane, all)).join(' '),
      missing,
    }).toEqual({ hanging: one.hanging, grid: one.grid, panes: one.panes, missing: one.missing ?? [] });
    expect(best.reasons.length).toBeGreaterThan(1);
  });

  it('keeps no pane free for a prior beside a view that the study does not have', () => {
    const one = hangingCases.find(({ what }) => what === 'portable chest with a prior of two views')!;
    const all = seriesOf(one.study, 'current', '1.2.3');
    const [best] = fittingHangings(all, shippedHangings, ['CR']);
    const hung = hangStage(all, best!.protocol, best!.stages[0]!, { expectedPriors: ['CR'] });
    expect(hung).toMatchObject({ layout: { rows: 1, columns: 2 }, awaitsPrior: true });
    const both = [...all, ...one.priors!.flatMap((prior) => seriesOf(prior, 'prior', '1.2.4'))];
    const then = hangStage(both, best!.protocol, best!.stages[0]!, { keepsShape: true });
    expect(then.panes.map((pane) => paneWords(pane, both)).join(' ')).toBe('1 p11');
  });

  it('is one of at least forty', () => {
    expect(hangingCases.length).toBeGreaterThanOrEqual(40);
  });
});
