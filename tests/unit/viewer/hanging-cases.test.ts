import { describe, expect, it } from 'vitest';

import { fittingHangings, hangStage, isHung, type HungPane } from '#renderer/viewer/model/hanging.ts';
import { readSeries, type ImageSeries, type Series } from '#renderer/viewer/model/series.ts';
import { shippedHangings } from '#renderer/viewer/shipped-hangings.ts';
import { hangingCases, type HeaderSeries, type HeaderStudy } from './hanging-table.ts';
import { dataOf } from './image-of.ts';

const DIRECTIONS = { ax: [1, 0, 0, 0, 1, 0], cor: [1, 0, 0, 0, 0, -1], sag: [0, 1, 0, 0, 0, -1] } as const;
const AXIS = { ax: 2, cor: 1, sag: 0 } as const;

/** As the attributes stand in the metadata of an archive. */
function attributes(study: HeaderStudy, one: HeaderSeries, index: number, uid: string): Record<string, unknown> {
  const { n, images = 1, thick, plane } = one;
  const position = [0, 0, 0];
  if (plane) position[AXIS[plane]] = index * (thick ?? 4);
  const values: Record<string, unknown> = {
    '0020000D': uid,
    '0020000E': `${uid}.${n}`,
    '00080018': `${uid}.${n}.${index + 1}`,
    '00080016': one.sopClass ?? '1.2.840.10008.5.1.4.1.1.2',
    '00080060': one.modality ?? study.modality,
    '00080008': one.type,
    '00081030': study.says,
    '0008103E': one.says,
    '00180015': one.part ?? study.part,
    '00181030': one.protocol,
    '00181210': one.kernel,
    '00180010': one.agent,
    '00180050': thick,
    '00185101': one.view,
    '00200062': one.side,
    '00200011': n,
    '00200013': index + 1,
    '00200037': plane && DIRECTIONS[plane],
    '00200032': plane && position,
    '00280010': 4,
    '00280011': 4,
    '00280004': 'MONOCHROME2',
    '00280008': images > 0 ? undefined : 1,
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
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

  it('is one of at least forty', () => {
    expect(hangingCases.length).toBeGreaterThanOrEqual(40);
  });
});
