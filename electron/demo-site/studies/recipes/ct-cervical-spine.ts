import { seedFrom } from '../field/random.ts';
import { createNeck } from '../phantoms/neck.ts';
import { once, type StudyPlan } from '../study-plan.ts';
import { CT_WINDOWS, planCtSeries } from './ct-series.ts';

export function planCtCervicalSpine(options: { readonly patientSeed: number; readonly seed: number }): StudyPlan {
  const neck = once(() => createNeck({ seed: options.patientSeed }));
  return [
    planCtSeries({
      number: 2,
      description: 'Axial bone 2.0 mm',
      seed: seedFrom(options.seed, 'bone'),
      slice: (z, columns, spacing) => neck().slice(z, columns, spacing),
      fieldOfViewMm: 190,
      fromZMm: 26,
      toZMm: -146,
      spacingMm: 2,
      thicknessMm: 2,
      kernel: 'sharp',
      noiseHu: 26,
      windows: [CT_WINDOWS.bone, CT_WINDOWS.softTissue],
      coding: 'rle',
      kvp: 120,
      tubeCurrentMa: 260,
      bodyPart: 'CSPINE',
      protocol: 'Cervical spine without contrast',
    }),
  ];
}
