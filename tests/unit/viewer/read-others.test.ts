import { describe, expect, it } from 'vitest';

import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { readSeries } from '#renderer/viewer/model/series.ts';
import { lacksOverlayPlane } from '#renderer/viewer/others/read-file-marks.ts';
import { readOthers } from '#renderer/viewer/others/read-others.ts';
import { BASE, dataOf } from './image-of.ts';

const CLASS = '1.2.840.10008.5.1.4.1.1.';
const SOP = '1.2.3.4.5';
const IMAGE_ID = `overread:1.2.3.4/${SOP}/1`;
const image = (values: Readonly<Record<string, unknown>> = {}): DicomJson =>
  dataOf({
    ...BASE,
    '00280010': 100,
    '00280011': 200,
    '00280030': [2, 1],
    '00200052': '1.9',
    '00200032': [-10, 20, 5],
    '00200037': [1, 0, 0, 0, 1, 0],
    ...values,
  });
const object = (kind: string, values: Readonly<Record<string, unknown>>): DicomJson =>
  dataOf({
    '0020000D': '1.2.3',
    '0020000E': `1.2.3.${kind}`,
    '00080018': `9.${kind}`,
    '00080016': CLASS + kind,
    ...values,
  });
const read = (...instances: readonly DicomJson[]) =>
  readOthers(readSeries(instances, 'current', () => undefined)).works;
const reference = dataOf({ '00081150': `${CLASS}2`, '00081155': SOP });
const code = (value: string, meaning: string) => [dataOf({ '00080100': value, '00080104': meaning })];
const linesOn = (works: ReturnType<typeof read>) =>
  works.flatMap((work) => work.marksOn(IMAGE_ID).map(({ lines }) => lines));

describe('a presentation state of others', () => {
  const state = (values: Readonly<Record<string, unknown>>) =>
    object('11.1', {
      '00081115': [dataOf({ '00081140': [reference] })],
      '00700084': 'Mora^Ana',
      '00700080': 'ARROWS',
      '00700082': '20261120',
      ...values,
    });
  const graphic = (type: string, data: readonly number[], units = 'PIXEL') =>
    dataOf({ '00700005': units, '00700022': data, '00700023': type });

  it('of a colour image shows its own colours, and says where a colour profile is not applied', () => {
    const colour = (values: Readonly<Record<string, unknown>>) =>
      object('11.2', {
        '00081115': [dataOf({ '00081140': [reference] })],
        '0070005A': [dataOf({ '00700052': [11, 21], '00700053': [60, 80] })],
        '00282000': 'ICC',
        ...values,
      });
    const rgb = image({ '00280002': 3, '00280004': 'RGB' });
    const [ours] = read(rgb, colour({ '00282002': 'SRGB' }));
    expect(ours).toMatchObject({ what: 'Presentation state', reason: undefined });
    expect(ours?.viewOf?.(IMAGE_ID)).toMatchObject({
      scale: { kind: 'window', center: 128, width: 256 },
      isInverted: false,
      // From the corner of pixel 11, 21 to that of 60, 80, of which the first is 1.
      area: [
        [9.5, 19.5],
        [59.5, 79.5],
      ],
    });
    expect(read(rgb, colour({ '00282002': 'ADOBERGB' }))[0]?.reason).toBe('its colour profile is not applied');
  });

  it('draws its graphics where the standard counts from the corner of the first pixel', () => {
    const works = read(
      image(),
      state({ '00700001': [dataOf({ '00700009': [graphic('POLYLINE', [0.5, 0.5, 3.5, 4.5])] })] }),
    );
    expect(works).toMatchObject([{ title: 'ARROWS', source: 'MORA, Ana', date: '2026-11-20', reason: undefined }]);
    expect(linesOn(works)).toEqual([
      [
        [
          [0, 0],
          [3, 4],
        ],
      ],
    ]);
  });

  it('draws a circle by its middle and a point on it, an ellipse by the ends of its axes', () => {
    const works = read(
      image(),
      state({
        '00700001': [
          dataOf({
            '00700009': [
              graphic('CIRCLE', [10.5, 10.5, 10.5, 15.5]),
              graphic('ELLIPSE', [0.5, 5.5, 20.5, 5.5, 10.5, 2.5, 10.5, 8.5]),
            ],
          }),
        ],
      }),
    );
    const [circle, ellipse] = linesOn(works).map(([line]) => line ?? []);
    for (const [x, y] of circle ?? []) expect(Math.hypot(x - 10, y - 10)).toBeCloseTo(5, 9);
    for (const [x, y] of ellipse ?? []) expect(((x - 10) / 10) ** 2 + ((y - 5) / 3) ** 2).toBeCloseTo(1, 9);
  });

  it('places what counts in parts of the displayed area', () => {
    const area = dataOf({ '00700052': [51, 1], '00700053': [150, 100] });
    const works = read(
      image(),
      state({ '0070005A': [area], '00700001': [dataOf({ '00700009': [graphic('POINT', [0.5, 0.25], 'DISPLAY')] })] }),
    );
    expect(linesOn(works)).toEqual([[[[99.5, 24.5]]]]);
  });

  it('says how the image was shown', () => {
    const area = dataOf({ '00700052': [150, 100], '00700053': [51, 1] });
    const voi = dataOf({ '00281050': 40, '00281051': 400 });
    const [work] = read(
      image(),
      state({ '0070005A': [area], '00283110': [voi], '00700042': 180, '00700041': 'N', '20500020': 'INVERSE' }),
    );
    expect(work?.viewOf?.(IMAGE_ID)).toMatchObject({
      scale: { kind: 'window', center: 40, width: 400 },
      quarterTurns: 2,
      isInverted: true,
      area: [
        [149.5, 99.5],
        [49.5, -0.5],
      ],
    });
  });

  it('names what it could not draw', () => {
    const works = read(image(), state({ '00700001': [dataOf({ '00700009': [graphic('SPIRAL', [1, 1])] })] }));
    expect(works[0]?.reason).toBe('1 of its graphics cannot be read');
    expect(read(state({}))[0]?.reason).toBe('the images it speaks of are not in this case');
  });
});

describe('a structured report of others', () => {
  const item = (
    type: string,
    values: Readonly<Record<string, unknown>>,
    children: readonly DicomJson[] = [],
  ): DicomJson => dataOf({ '0040A040': type, ...values, '0040A730': children });
  const selected = item('IMAGE', { '00081199': [reference] });
  const place = (...children: readonly DicomJson[]) =>
    item('SCOORD', { '00700022': [10.5, 10.5, 20.5, 10.5], '00700023': 'POLYLINE' }, children);
  const number = (meaning: string, value: number, children: readonly DicomJson[] = []) =>
    item(
      'NUM',
      { '0040A043': code('1', meaning), '0040A300': [dataOf({ '0040A30A': value, '004008EA': code('mm', 'mm') })] },
      children,
    );
  const text = (concept: string, said: string) =>
    item('TEXT', { '0040A043': code(concept, concept), '0040A160': said });
  const finding = item('CODE', { '0040A043': code('121071', 'Finding'), '0040A168': code('27925004', 'Nodule') });
  const report = (...children: readonly DicomJson[]) =>
    object('88.33', { '0040A043': code('126000', 'Imaging Measurement Report'), '0040A730': children });

  it('stands on its image with what was found and measured, by which algorithm in which version', () => {
    const group = item('CONTAINER', {}, [finding, number('Long axis', 12.5, [place(selected)])]);
    const works = read(image(), report(text('111001', 'Lung Scout'), text('111003', '2.1'), group));
    expect(works).toMatchObject([{ algorithm: 'Lung Scout', version: '2.1', reason: undefined }]);
    expect(works[0]?.marksOn(IMAGE_ID)).toEqual([
      {
        kind: 'line',
        lines: [
          [
            [10, 10],
            [20, 10],
          ],
        ],
        text: 'Nodule\nLong axis 12.5 mm',
      },
    ]);
  });

  it('finds an image that is named by its place in the document', () => {
    const byPlace = dataOf({ '0040DB73': [1, 1, 1], '0040A010': 'SELECTED FROM' });
    const library = item('CONTAINER', {}, [selected]);
    const works = read(image(), report(library, item('CONTAINER', {}, [finding, place(byPlace)])));
    expect(works[0]?.imageIds).toEqual([IMAGE_ID]);
  });

  it('puts a place in the patient on the image whose plane holds it', () => {
    const inSpace = item('SCOORD3D', { '00700022': [0, 40, 5], '00700023': 'POINT', '30060024': '1.9' });
    const works = read(image(), report(item('CONTAINER', {}, [finding, inSpace])));
    // Columns of 1 mm from −10, rows of 2 mm from 20.
    expect(linesOn(works)).toEqual([[[[10, 10]]]]);
    const beside = item('SCOORD3D', { '00700022': [0, 40, 9], '00700023': 'POINT', '30060024': '1.9' });
    expect(linesOn(read(image(), report(item('CONTAINER', {}, [finding, beside]))))).toEqual([]);
  });
});

describe('other objects of others', () => {
  it('mark their key images with their author and note', () => {
    const selection = object('88.59', {
      '0040A043': code('113000', 'Of Interest'),
      '0040A730': [
        dataOf({ '0040A040': 'TEXT', '0040A043': code('113012', 'Key Object Description'), '0040A160': 'See margin' }),
        dataOf({ '0040A040': 'IMAGE', '00081199': [reference] }),
      ],
      '00080070': 'Northlight',
    });
    const [work] = read(image(), selection);
    expect(work?.title).toBe('Of Interest: See margin');
    expect(work?.marksOn(IMAGE_ID)[0]?.text).toBe('Key image of Northlight: See margin');
  });

  it('draw each region of a structure set in its colour, on the images in its planes', () => {
    const contour = dataOf({ '30060042': 'CLOSED_PLANAR', '30060050': [-10, 20, 5, 0, 20, 5, 0, 40, 5] });
    const works = read(
      image(),
      object('481.3', {
        '30060020': [
          dataOf({ '30060022': 1, '30060024': '1.9', '30060026': 'Liver' }),
          dataOf({ '30060022': 2, '30060026': 'Empty' }),
        ],
        '30060039': [dataOf({ '30060084': 1, '3006002A': [255, 0, 0], '30060040': [contour] })],
      }),
    );
    expect(works).toMatchObject([
      { title: 'Liver', colour: 'rgb(255 0 0)', reason: undefined },
      { title: 'Empty', reason: 'it has no contours' },
    ]);
    expect(linesOn(works)).toEqual([
      [
        [
          [0, 0],
          [10, 0],
          [10, 10],
          [0, 0],
        ],
      ],
    ]);
  });

  it('cover what a shutter leaves out, in rows and columns from 1', () => {
    const works = read(
      image({ '00181600': 'RECTANGULAR', '00181602': 3, '00181604': 10, '00181606': 5, '00181608': 20 }),
    );
    expect(works).toMatchObject([{ what: 'Display shutter of the files' }]);
    expect(works[0]?.marksOn(IMAGE_ID)).toMatchObject([
      {
        kind: 'shutter',
        lines: [
          [
            [1.5, 3.5],
            [9.5, 3.5],
            [9.5, 19.5],
            [1.5, 19.5],
            [1.5, 3.5],
          ],
        ],
      },
    ]);
  });

  it('draw an overlay plane only where its image is', () => {
    const plane = {
      ...image({ '60000010': 2, '60000011': 8, '60000050': [100, 199], '60000040': 'G' }),
      // Both rows full; the origin is two columns and one row from the last corner.
      '60003000': { vr: 'OW', InlineBinary: btoa('\xff\xff') },
    };
    const works = read(plane);
    expect(works[0]?.marksOn(IMAGE_ID)).toMatchObject([
      {
        kind: 'plane',
        lines: [
          [
            [197.5, 98.5],
            [199.5, 98.5],
            [199.5, 99.5],
            [197.5, 99.5],
            [197.5, 98.5],
          ],
        ],
      },
    ]);
    const { '60003000': _given, ...bare } = plane;
    const undrawn = read(bare);
    expect(undrawn[0]?.reason).toBe('the pixels of an overlay plane were not given');
    // The image says so where it is not on screen, and only there.
    const shown = { others: works, hiddenOthers: new Set<string>(), areOthersHidden: false };
    expect(lacksOverlayPlane(IMAGE_ID, shown)).toBe(false);
    expect(lacksOverlayPlane(IMAGE_ID, { ...shown, others: undrawn })).toBe(true);
    expect(lacksOverlayPlane(IMAGE_ID, { ...shown, hiddenOthers: new Set([works[0]!.id]) })).toBe(true);
    expect(lacksOverlayPlane(IMAGE_ID, { ...shown, areOthersHidden: true })).toBe(true);
    expect(lacksOverlayPlane('another', { ...shown, areOthersHidden: true })).toBe(false);
  });

  it('name a capture an algorithm made, with the algorithm', () => {
    const capture = image({ '00080016': `${CLASS}7`, '00081090': 'Stroke AI 3', '0008103E': 'LVO suspected' });
    expect(read(capture)).toMatchObject([
      { what: 'Secondary capture', title: 'LVO suspected', algorithm: 'Stroke AI 3', imageIds: [IMAGE_ID] },
    ]);
  });

  it('stand in the list with a reason when they are broken, and never stop the rest', () => {
    const broken = [
      { ...object('88.33', {}), '0040A730': { vr: 'SQ', Value: 7 } },
      { ...object('11.1', {}), '00081115': { vr: 'SQ', Value: 'x' } },
      { ...object('66.4', { '00280008': 1e9 }), '00620002': { vr: 'SQ', Value: [null, 3] } },
      { ...object('481.3', {}), '30060020': { vr: 'SQ', Value: [{}] } },
      object('88.59', {}),
    ] as unknown as DicomJson[];
    let deep: DicomJson = dataOf({ '0040A040': 'CONTAINER' });
    for (let level = 0; level < 5000; level += 1) deep = dataOf({ '0040A040': 'CONTAINER', '0040A730': [deep] });
    const works = read(image(), ...broken, object('88.34', { '0040A730': [deep] }));
    expect(works.length).toBeGreaterThanOrEqual(broken.length);
    for (const work of works) expect(work.reason, work.what).not.toBeUndefined();
  });

  it('are at most as many as anybody reads', () => {
    const many = Array.from({ length: 400 }, (_, at) => object('88.59', { '00080018': `9.9.${at}` }));
    expect(read(image(), ...many)).toHaveLength(300);
  });
});
