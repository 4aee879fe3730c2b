import { seedFrom } from '../field/random.ts';
import { createChest } from '../phantoms/chest.ts';
import { once, type StudyPlan } from '../study-plan.ts';
import { CT_WINDOWS, planCtSeries } from './ct-series.ts';

/** CT angiogram of the lung arteries: thin soft tissue slices and a lung series. */
export function planCtChest(options: {
  readonly patientSeed: number;
  readonly seed: number;
  readonly female: boolean;
}): StudyPlan {
  const chest = once(() =>
    createChest({
      seed: options.patientSeed,
      female: options.female,
      enhancement: { arteries: 360, veins: 255, cava: 620 },
      hasEmbolism: true,
    }),
  );
  const common = {
    slice: (z: number, columns: number, spacing: number) => chest().slice(z, columns, spacing),
    fieldOfViewMm: 380,
    fromZMm: 124,
    toZMm: -150,
    kvp: 100,
    tubeCurrentMa: 280,
    bodyPart: 'CHEST',
    protocol: 'CTA pulmonary embolism',
    contrast: { agent: 'Iohexol 350', volumeMl: 70, concentration: 350 },
    coding: 'jpeg-ls' as const,
  };
  return [
    planCtSeries({
      ...common,
      number: 2,
      description: 'CTA chest axial 2.0 mm',
      seed: seedFrom(options.seed, 'angio'),
      spacingMm: 2,
      thicknessMm: 2,
      kernel: 'body',
      noiseHu: 14,
      windows: [CT_WINDOWS.angiogram, CT_WINDOWS.mediastinum, CT_WINDOWS.lung],
    }),
    planCtSeries({
      ...common,
      number: 3,
      description: 'Lung axial 4.0 mm',
      seed: seedFrom(options.seed, 'lung'),
      spacingMm: 4,
      thicknessMm: 4,
      kernel: 'lung',
      noiseHu: 24,
      windows: [CT_WINDOWS.lung, CT_WINDOWS.mediastinum],
    }),
  ];
}
