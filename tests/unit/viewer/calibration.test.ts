import { describe, expect, it } from 'vitest';

import { mayBeCalibrated, readMm, readerSpacing, spacingAt } from '#renderer/viewer/model/calibration.ts';
import type { ImagePoint, Measurement, MeasurementKind } from '#renderer/viewer/model/measurement.ts';
import { measurementLines, reportWords } from '#renderer/viewer/model/measurement-words.ts';
import { dataOf, imageOf } from './image-of.ts';

const drawn = (
  kind: MeasurementKind,
  points: readonly ImagePoint[],
  values: Readonly<Record<string, unknown>> = {},
  more: Partial<Measurement> = {},
): Measurement => ({ id: 'one', kind, facts: imageOf(values), points, text: '', pixels: undefined, ...more });
const lines = (measurement: Measurement, others: readonly Measurement[] = []) =>
  measurementLines(measurement, [...others, measurement]);

describe('ultrasound regions', () => {
  const region = (values: Record<string, unknown>) => dataOf({ '00186024': 3, '00186026': 3, ...values });
  const bounds = (left: number, top: number, right: number, bottom: number) => ({
    '00186018': left,
    '0018601A': top,
    '0018601C': right,
    '0018601E': bottom,
  });
  const image = imageOf({
    '00080060': 'US',
    '00186011': [
      region({ ...bounds(0, 0, 99, 99), '0018602C': 0.02, '0018602E': 0.02 }),
      region({ ...bounds(100, 0, 199, 99), '0018602C': 0.05, '0018602E': 0.05 }),
      // A Doppler spectrum: seconds across, cm/s down.
      region({ ...bounds(0, 100, 199, 199), '00186024': 4, '00186026': 7, '0018602C': 0.01, '0018602E': 1 }),
    ],
  });

  it('give each distance the scale of the region it lies in', () => {
    expect(
      spacingAt(
        image,
        [
          [10, 10],
          [20, 10],
        ],
        [],
      ),
    ).toEqual({ kind: 'patient', rowMm: 0.2, columnMm: 0.2 });
    expect(
      spacingAt(
        image,
        [
          [110, 10],
          [120, 10],
        ],
        [],
      ),
    ).toEqual({ kind: 'patient', rowMm: 0.5, columnMm: 0.5 });
  });

  it('leave a distance uncalibrated across two of them, in a spectrum, and outside', () => {
    expect(
      spacingAt(
        image,
        [
          [90, 10],
          [120, 10],
        ],
        [],
      ).kind,
    ).toBe('unknown');
    expect(
      spacingAt(
        image,
        [
          [10, 110],
          [20, 110],
        ],
        [],
      ).kind,
    ).toBe('unknown');
    expect(
      spacingAt(
        image,
        [
          [10, 250],
          [20, 250],
        ],
        [],
      ).kind,
    ).toBe('unknown');
  });
});

describe('a calibration line', () => {
  const line = drawn(
    'calibration',
    [
      [0, 0],
      [50, 0],
    ],
    { '00080060': 'DX', '00181164': [0.2, 0.2] },
    { knownMm: 8 },
  );

  it('scales every measurement of its image, and says who did', () => {
    // 50 px are 8 mm: 0.16 mm each.
    const measured = drawn(
      'length',
      [
        [0, 0],
        [0, 100],
      ],
      { '00080060': 'DX', '00181164': [0.2, 0.2] },
    );
    expect(lines(measured, [line])).toEqual(['16.0 mm, calibrated by reader']);
    expect(
      lines(
        drawn(
          'rectangle',
          [
            [0, 0],
            [10, 10],
          ],
          { '00080060': 'DX', '00181164': [0.2, 0.2] },
        ),
        [line],
      ),
    ).toEqual(['2.6 mm², calibrated by reader']);
  });

  it('leaves other images alone', () => {
    const other = drawn(
      'length',
      [
        [0, 0],
        [0, 100],
      ],
      { '00080060': 'DX', '00181164': [0.2, 0.2], '00080018': '9.9' },
    );
    expect(lines(other, [line])).toEqual(['20.0 mm at detector']);
  });

  it('is for images whose distances in the patient are not known', () => {
    expect(mayBeCalibrated(imageOf({ '00080060': 'DX', '00181164': [0.2, 0.2] }))).toBe(true);
    expect(mayBeCalibrated(imageOf({ '00280030': [0.5, 0.5] }))).toBe(false);
  });
});

describe('in the report', () => {
  const ct = { '00280030': [1, 1] };
  const said = (measurement: Measurement) => reportWords(measurement, [measurement], () => 'series 4, image 56');

  it('stands a size with its place, the longer diameter first', () => {
    const nodule = drawn(
      'bidirectional',
      [
        [0, 0],
        [0, 9.2],
        [-5, 4],
        [7.3, 4],
      ],
      ct,
    );
    expect(said(nodule)).toBe('12 × 9 mm (series 4, image 56)');
    expect(
      said(
        drawn(
          'length',
          [
            [0, 0],
            [3.4, 0],
          ],
          ct,
        ),
      ),
    ).toBe('3.4 mm (series 4, image 56)');
    expect(said({ ...nodule, text: 'Target 1' })).toBe('Target 1: 12 × 9 mm (series 4, image 56)');
  });

  it('stands nothing that is not known', () => {
    expect(
      said(
        drawn('length', [
          [0, 0],
          [30, 40],
        ]),
      ),
    ).toBe('50 px, uncalibrated (series 4, image 56)');
    expect(
      said(
        drawn('arrow', [
          [0, 0],
          [3, 4],
        ]),
      ),
    ).toBeUndefined();
    expect(
      said(
        drawn(
          'calibration',
          [
            [0, 0],
            [3, 4],
          ],
          {},
          { knownMm: 8 },
        ),
      ),
    ).toBeUndefined();
    expect(
      said(
        drawn(
          'arrow',
          [
            [0, 0],
            [3, 4],
          ],
          {},
          { text: 'Fracture' },
        ),
      ),
    ).toBe('Fracture (series 4, image 56)');
  });
});

describe('millimetres', () => {
  it('are read with comma, point and unit, and nothing else is a length', () => {
    expect(['25', '25,4', '25.4 mm', ' 8mm '].map(readMm)).toEqual([25, 25.4, 25.4, 8]);
    expect(['', ' ', '0', '-3', 'long', '1e999'].map(readMm)).toEqual(Array(6).fill(undefined));
  });

  it('of a line without length scale nothing', () => {
    const dot = drawn(
      'calibration',
      [
        [3, 3],
        [3, 3],
      ],
      {},
      { knownMm: 8 },
    );
    expect(readerSpacing(dot.facts, [dot])).toBeUndefined();
  });
});
