import { seedFrom } from '../field/random.ts';
import type { StudyPlan } from '../study-plan.ts';
import { planAbdomenFilms } from './abdomen-films.ts';
import { planChestFilms } from './chest-films.ts';
import { planCtAbdomen } from './ct-abdomen.ts';
import { planCtCervicalSpine } from './ct-cervical-spine.ts';
import { planCtChest } from './ct-chest.ts';
import { planCtHead } from './ct-head.ts';
import { planLimbFilms } from './limb-films.ts';
import { planMammogram } from './mammogram.ts';
import { planMrBrain } from './mr-brain.ts';
import { planUltrasound } from './ultrasound.ts';

/** How the images of each study of the catalogue are made. A patient's seed is the same in all their studies. */
const RECIPES: Readonly<Record<string, (seed: number) => StudyPlan>> = {
  'head-stroke': (seed) =>
    planCtHead({
      patientSeed: seedFrom(seed, 'hollis'),
      seed: seedFrom(seed, 'head-stroke'),
      atrophy: 1.25,
      lesions: [{ kind: 'haematoma', x: -26, y: -4, z: 24, radiusMm: 16, shiftMm: 4.5 }],
      thin: true,
    }),
  'head-stroke-prior': (seed) =>
    planCtHead({
      patientSeed: seedFrom(seed, 'hollis'),
      seed: seedFrom(seed, 'head-stroke-prior'),
      atrophy: 1.2,
      lesions: [],
      thin: false,
    }),
  'head-fall': (seed) =>
    planCtHead({
      patientSeed: seedFrom(seed, 'okafor'),
      seed: seedFrom(seed, 'head-fall'),
      atrophy: 1.45,
      lesions: [{ kind: 'subdural', x: 60, y: -5, z: 45, thicknessMm: 11, shiftMm: -6 }],
      thin: true,
    }),
  'head-headache': (seed) =>
    planCtHead({
      patientSeed: seedFrom(seed, 'abernathy'),
      seed: seedFrom(seed, 'head-headache'),
      atrophy: 0.75,
      lesions: [],
      thin: true,
    }),
  'chest-pe': (seed) =>
    planCtChest({ patientSeed: seedFrom(seed, 'vance'), seed: seedFrom(seed, 'chest-pe'), female: true }),
  'chest-pe-prior-film': (seed) =>
    planChestFilms({
      patientSeed: seedFrom(seed, 'vance'),
      seed: seedFrom(seed, 'chest-pe-prior-film'),
      female: true,
      views: ['PA', 'LL'],
    }),
  'chest-pneumothorax': (seed) =>
    planChestFilms({
      patientSeed: seedFrom(seed, 'strand'),
      seed: seedFrom(seed, 'chest-pneumothorax'),
      female: false,
      views: ['PA'],
      hasPneumothorax: true,
    }),
  'chest-icu': (seed) =>
    planChestFilms({
      patientSeed: seedFrom(seed, 'fairweather'),
      seed: seedFrom(seed, 'chest-icu'),
      female: true,
      views: ['AP'],
      isIntensiveCare: true,
    }),
  'chest-preop': (seed) =>
    planChestFilms({
      patientSeed: seedFrom(seed, 'achterberg'),
      seed: seedFrom(seed, 'chest-preop'),
      female: true,
      views: ['PA', 'LL'],
    }),
  'chest-preop-prior': (seed) =>
    planChestFilms({
      patientSeed: seedFrom(seed, 'achterberg'),
      seed: seedFrom(seed, 'chest-preop-prior'),
      female: true,
      views: ['PA', 'LL'],
    }),
  'mr-stroke': (seed) =>
    planMrBrain({
      patientSeed: seedFrom(seed, 'castellan'),
      seed: seedFrom(seed, 'mr-stroke'),
      lesions: [{ kind: 'infarct', x: 42, y: -18, z: 30, radiusMm: 17, shiftMm: 0 }],
    }),
  breast: (seed) =>
    planMammogram({
      patientSeed: seedFrom(seed, 'brandvold'),
      seed: seedFrom(seed, 'breast'),
      massRadiusMm: 7.5,
      coding: 'jpeg-ls',
    }),
  'breast-prior': (seed) =>
    planMammogram({
      patientSeed: seedFrom(seed, 'brandvold'),
      seed: seedFrom(seed, 'breast-prior'),
      coding: 'jpeg-2000',
    }),
  'abdomen-appendix': (seed) =>
    planCtAbdomen({
      patientSeed: seedFrom(seed, 'bellamy'),
      seed: seedFrom(seed, 'abdomen-appendix'),
      hasContrast: true,
      findings: ['appendicitis'],
      spacingMm: 3,
    }),
  'abdomen-stone': (seed) =>
    planCtAbdomen({
      patientSeed: seedFrom(seed, 'reyes'),
      seed: seedFrom(seed, 'abdomen-stone'),
      hasContrast: false,
      findings: ['left-ureteral-stone'],
      spacingMm: 4,
    }),
  'abdomen-stone-prior': (seed) =>
    planCtAbdomen({
      patientSeed: seedFrom(seed, 'reyes'),
      seed: seedFrom(seed, 'abdomen-stone-prior'),
      hasContrast: false,
      findings: ['left-renal-stone'],
      spacingMm: 5,
    }),
  'us-liver': (seed) => planUltrasound({ seed: seedFrom(seed, 'us-liver') }),
  wrist: (seed) => planLimbFilms('wrist', seedFrom(seed, 'wrist')),
  knee: (seed) => planLimbFilms('knee', seedFrom(seed, 'knee')),
  'abdomen-film': (seed) => planAbdomenFilms(seedFrom(seed, 'abdomen-film')),
  'cspine-fall': (seed) =>
    planCtCervicalSpine({ patientSeed: seedFrom(seed, 'okafor'), seed: seedFrom(seed, 'cspine-fall') }),
};

export function planStudy(key: string, seed: number): StudyPlan {
  const recipe = RECIPES[key];
  if (recipe === undefined) throw new Error(`no recipe for the study ${key}`);
  return recipe(seed);
}
