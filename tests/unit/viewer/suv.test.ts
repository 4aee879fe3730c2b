import { describe, expect, it } from 'vitest';

import { greyNodes, defaultScale } from '#renderer/viewer/model/display.ts';
import { presetsFor } from '#renderer/viewer/model/presets.ts';
import { readSuv, windowInFile } from '#renderer/viewer/model/suv.ts';
import { dataOf, imageOf } from './image-of.ts';

/** 66.2 kg, 381.47 MBq, 5024.678 s after injection, half-life 6586.2 s; worked out by natural logarithms. */
const FACTOR = 0.0002944804047131298;
const isotope = { '00181074': 381470000, '00181075': 6586.2, '00181072': '113900.000000' };
/** A whole-body FDG scan, corrected to the beginning of its series. */
const PET = {
  '00080060': 'PT',
  '00541001': 'BQML',
  '00541102': 'START',
  '00280051': ['NORM', 'ATTN', 'SCAT', 'DECY'],
  '00101030': 66.2,
  '00080021': '19860810',
  '00080031': '130244.678000',
  '00080022': '19860810',
  '00080032': '132410.647000',
  '00540016': dataOf(isotope),
};
const suvOf = (changes: Record<string, unknown>) => {
  const values = Object.fromEntries(Object.entries({ ...PET, ...changes }).filter(([, value]) => value !== undefined));
  return readSuv(dataOf(values));
};
const factorOf = (changes: Record<string, unknown>) => {
  const suv = suvOf(changes);
  return suv.kind === 'factor' ? suv.factor : undefined;
};

describe('standardised uptake', () => {
  it('is activity by weight and by the dose left at the scan', () => {
    expect(factorOf({})).toBeCloseTo(FACTOR, 12);
  });

  it('takes the whole dose where decay was corrected to the injection', () => {
    expect(factorOf({ '00541102': 'ADMIN' })).toBeCloseTo(66_200 / 381_470_000, 12);
  });

  it('knows an injection before midnight', () => {
    const late = { ...isotope, '00181074': 3.7e8, '00181072': '233000' };
    const scan = { '00101030': 70, '00080031': '003000', '00080032': '003000', '00540016': dataOf(late) };
    expect(factorOf(scan)).toBeCloseTo(0.00027633668171764324, 12);
  });

  it('prefers the injection’s own date to the day of the scan', () => {
    const dated = { ...isotope, '00181078': '19860810113900', '00181072': '090000' };
    expect(factorOf({ '00540016': dataOf(dated) })).toBeCloseTo(FACTOR, 12);
  });

  it('is what the file holds where it says so', () => {
    expect(factorOf({ '00541001': 'GML' })).toBe(1);
    expect(suvOf({ '00541001': 'GML', '00541006': 'LBM' })).toMatchObject({ kind: 'refused' });
  });

  it.each([
    ['the patient’s weight is missing', { '00101030': undefined }],
    ['the injected dose is missing', { '00540016': undefined }],
    ['the half-life of the radionuclide is missing', { '00540016': dataOf({ ...isotope, '00181075': 0 }) }],
    ['the time of injection is missing', { '00540016': dataOf({ '00181074': 1e8, '00181075': 6586.2 }) }],
    ['the images are not corrected for attenuation', { '00280051': ['DECY'] }],
    ['the images are not corrected for decay', { '00280051': ['ATTN'] }],
    ['the file does not say to which moment decay was corrected', { '00541102': 'NONE' }],
    ['the series time is later than its images', { '00080031': '140000' }],
    ['date or time of the series is missing', { '00080031': undefined }],
    ['the values are in CNTS', { '00541001': 'CNTS' }],
    ['the unit is missing', { '00541001': undefined }],
  ])('is refused because %s', (reason, changes) => {
    expect(suvOf(changes)).toEqual({ kind: 'refused', reason });
  });

  it('counts in rescale, unit and windows, and shows the very greys the file’s window asks for', () => {
    const window = { '00281050': 8431, '00281051': 16863, '00281053': 2, '00281052': 0 };
    const plain = imageOf({ ...PET, ...window, '00541001': 'PROPCNTS' });
    const uptake = imageOf({ ...PET, ...window });
    expect(plain.unit).toBe('PROPCNTS');
    expect(uptake).toMatchObject({ unit: 'SUVbw', rescale: { slope: expect.closeTo(2 * FACTOR, 10), intercept: 0 } });
    const [greys, same] = [plain, uptake].map((facts) => greyNodes(defaultScale(facts, 0, 9000), facts.rescale, false));
    for (const [at, [stored, grey]] of (greys ?? []).entries()) {
      expect(same?.[at]?.[0]).toBeCloseTo(stored, 6);
      expect(same?.[at]?.[1]).toBe(grey);
    }
    const [stated] = uptake.voiWindows;
    const inFile = windowInFile(stated!, uptake.suv);
    expect(inFile.center).toBeCloseTo(8431, 6);
    expect(inFile.width).toBeCloseTo(16863, 6);
  });
});

describe('window presets', () => {
  const named = (modality: string, unit: string | undefined, voiWindows: { center: number; width: number }[] = []) =>
    presetsFor({ modality, unit, voiWindows }).map(({ key, name }) => `${key} ${name}`);

  it('stand on the number keys by modality', () => {
    expect(named('CT', 'HU').slice(0, 2)).toEqual(['2 Brain', '3 Subdural']);
    expect(named('PT', 'SUVbw')[0]).toBe('2 SUV 0 to 5');
    expect(named('MR', undefined, [{ center: 500, width: 1000 }])).toEqual([
      '2 Harder',
      '3 Softer',
      '4 Lighter',
      '5 Darker',
    ]);
  });

  it('of a file with several windows come first where the modality has none of its own', () => {
    const windows = [
      { center: 1, width: 2 },
      { center: 3, width: 4, explanation: 'BONE' },
    ];
    expect(presetsFor({ modality: 'DX', unit: undefined, voiWindows: windows })[0]).toMatchObject({
      key: '2',
      name: 'BONE',
      center: 3,
    });
  });

  it('leave what has neither unit nor window alone', () => {
    expect(named('MR', undefined)).toEqual([]);
  });
});
