import { seedFrom } from '../field/random.ts';
import type { HeadLesion } from '../phantoms/head-lesions.ts';
import { CT_HEAD } from '../phantoms/head-palette.ts';
import { createHead } from '../phantoms/head.ts';
import { once, type StudyPlan } from '../study-plan.ts';
import { CT_WINDOWS, planCtSeries } from './ct-series.ts';

export interface CtHeadOptions {
  /** Patients keep their head from study to study. */
  readonly patientSeed: number;
  readonly seed: number;
  readonly atrophy: number;
  readonly lesions: readonly HeadLesion[];
  /** Older studies were thick and one kernel only. */
  readonly thin: boolean;
}

const FIELD_OF_VIEW_MM = 230;

export function planCtHead(options: CtHeadOptions): StudyPlan {
  const head = once(() =>
    createHead({ seed: options.patientSeed, palette: CT_HEAD, atrophy: options.atrophy, lesions: options.lesions }),
  );
  const common = {
    slice: (z: number, columns: number, spacing: number) => head().slice(z, columns, spacing),
    fieldOfViewMm: FIELD_OF_VIEW_MM,
    fromZMm: -30,
    kvp: 120,
    tubeCurrentMa: 320,
    bodyPart: 'HEAD',
    protocol: 'Head without contrast',
  };
  const axial = planCtSeries({
    ...common,
    number: 2,
    description: 'Axial brain 5.0 mm',
    seed: seedFrom(options.seed, 'axial'),
    toZMm: 115,
    spacingMm: 5,
    thicknessMm: 5,
    kernel: 'soft',
    noiseHu: 3.2,
    windows: [CT_WINDOWS.brain, CT_WINDOWS.subdural, CT_WINDOWS.bone],
    coding: options.thin ? 'native' : 'rle',
  });
  if (!options.thin) return [axial];
  return [
    axial,
    planCtSeries({
      ...common,
      number: 3,
      description: 'Axial bone 2.5 mm',
      seed: seedFrom(options.seed, 'bone'),
      toZMm: 115,
      spacingMm: 2.5,
      thicknessMm: 2.5,
      kernel: 'sharp',
      noiseHu: 22,
      windows: [CT_WINDOWS.bone, CT_WINDOWS.brain],
      coding: 'jpeg-ls',
    }),
  ];
}
