import { seedFrom } from '../field/random.ts';
import { paintLimb } from '../phantoms/limb.ts';
import { KNEE_AP, KNEE_LATERAL, WRIST_LATERAL, WRIST_PA } from '../phantoms/wrist-and-knee.ts';
import type { SeriesPlan, StudyPlan } from '../study-plan.ts';
import { planRadiograph } from './radiograph.ts';

const FILMS = {
  wrist: {
    bodyPart: 'WRIST',
    side: 'R',
    spacingMm: 0.125,
    widthMm: 150,
    heightMm: 240,
    kvp: 55,
    range: [0.25, 2.1],
    views: [
      { name: 'Right wrist PA', view: 'PA', film: WRIST_PA, orientation: ['L', 'F'] },
      { name: 'Right wrist lateral', view: 'LL', film: WRIST_LATERAL, orientation: ['P', 'F'] },
    ],
  },
  knee: {
    bodyPart: 'KNEE',
    side: 'L',
    spacingMm: 0.15,
    widthMm: 190,
    heightMm: 290,
    kvp: 63,
    range: [0.35, 2.9],
    views: [
      { name: 'Left knee AP', view: 'AP', film: KNEE_AP, orientation: ['L', 'F'] },
      { name: 'Left knee lateral', view: 'LL', film: KNEE_LATERAL, orientation: ['P', 'F'] },
    ],
  },
} as const;

export function planLimbFilms(joint: keyof typeof FILMS, seed: number): StudyPlan {
  const plan = FILMS[joint];
  return plan.views.map(({ name, view, film, orientation }, index): SeriesPlan =>
    planRadiograph({
      number: index + 1,
      description: name,
      seed: seedFrom(seed, view),
      modality: 'DX',
      coding: joint === 'wrist' ? 'jpeg-ls' : 'native',
      photometric: 'MONOCHROME2',
      bodyPart: plan.bodyPart,
      view,
      orientation,
      imageLaterality: plan.side,
      kvp: plan.kvp,
      exposureMas: 3,
      spacingMm: plan.spacingMm,
      range: plan.range,
      equalisation: 0.15,
      noise: 0.012,
      paint: () =>
        paintLimb({
          ...film,
          columns: Math.round(plan.widthMm / plan.spacingMm),
          rows: Math.round(plan.heightMm / plan.spacingMm),
          spacingMm: plan.spacingMm,
          seed: seedFrom(seed, view),
          marker: plan.side,
          markerAt: [plan.widthMm / 2 - 22, plan.heightMm / 2 - 30],
        }),
    }),
  );
}
