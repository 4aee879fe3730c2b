import { seedFrom } from '../field/random.ts';
import { PORTAL_PHASE, UNENHANCED, type AbdomenFinding } from '../phantoms/abdomen-options.ts';
import { createAbdomen } from '../phantoms/abdomen.ts';
import { once, type StudyPlan } from '../study-plan.ts';
import { CT_WINDOWS, planCtSeries } from './ct-series.ts';

export interface CtAbdomenOptions {
  readonly patientSeed: number;
  readonly seed: number;
  readonly hasContrast: boolean;
  readonly findings: readonly AbdomenFinding[];
  readonly spacingMm: number;
}

export function planCtAbdomen(options: CtAbdomenOptions): StudyPlan {
  const { hasContrast, spacingMm } = options;
  const abdomen = once(() =>
    createAbdomen({
      seed: options.patientSeed,
      palette: hasContrast ? PORTAL_PHASE : UNENHANCED,
      findings: options.findings,
    }),
  );
  return [
    planCtSeries({
      number: 2,
      description: `Axial ${hasContrast ? 'portal venous' : 'unenhanced'} ${spacingMm.toFixed(1)} mm`,
      seed: seedFrom(options.seed, 'axial'),
      slice: (z, columns, spacing) => abdomen().slice(z, columns, spacing),
      fieldOfViewMm: 390,
      fromZMm: 138,
      toZMm: -288,
      spacingMm,
      thicknessMm: spacingMm,
      kernel: 'body',
      noiseHu: hasContrast ? 10 : 13,
      windows: [CT_WINDOWS.abdomen, CT_WINDOWS.liver, CT_WINDOWS.bone],
      coding: hasContrast ? 'jpeg-2000' : 'jpeg-ls',
      kvp: 120,
      tubeCurrentMa: hasContrast ? 240 : 110,
      bodyPart: 'ABDOMEN',
      protocol: hasContrast ? 'Abdomen pelvis portal venous' : 'Renal stone low dose',
      ...(hasContrast ? { contrast: { agent: 'Iohexol 300', volumeMl: 100, concentration: 300 } } : {}),
    }),
  ];
}
