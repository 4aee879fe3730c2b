import { seedFrom } from '../field/random.ts';
import { paintChestFilm } from '../phantoms/chest-film.ts';
import type { SeriesPlan, StudyPlan } from '../study-plan.ts';
import { planRadiograph } from './radiograph.ts';

export interface ChestFilmsOptions {
  readonly patientSeed: number;
  readonly seed: number;
  readonly female: boolean;
  readonly views: readonly ('PA' | 'LL' | 'AP')[];
  readonly hasPneumothorax?: boolean;
  readonly isIntensiveCare?: boolean;
  readonly spacingMm?: number;
}

const NAMES = { PA: 'PA upright', LL: 'Left lateral', AP: 'AP supine portable' } as const;

export function planChestFilms(options: ChestFilmsOptions): StudyPlan {
  return options.views.map((view, index): SeriesPlan => {
    const spacingMm = options.spacingMm ?? 0.2;
    const widthMm = view === 'LL' ? 330 : 390;
    const heightMm = 375;
    return planRadiograph({
      number: index + 1,
      description: `Chest ${NAMES[view]}`,
      seed: seedFrom(options.seed, view),
      modality: view === 'AP' ? 'CR' : 'DX',
      coding: view === 'AP' ? 'rle' : 'jpeg-2000',
      photometric: view === 'AP' ? 'MONOCHROME1' : 'MONOCHROME2',
      bodyPart: 'CHEST',
      view,
      orientation: view === 'LL' ? ['P', 'F'] : ['L', 'F'],
      imageLaterality: 'U',
      kvp: view === 'AP' ? 90 : 120,
      exposureMas: view === 'LL' ? 5 : 2,
      spacingMm,
      range: view === 'LL' ? [1.1, 5.6] : [1.0, 4.4],
      equalisation: 0.35,
      noise: 0.018,
      paint: () =>
        paintChestFilm({
          seed: options.patientSeed,
          view,
          female: options.female,
          columns: Math.round(widthMm / spacingMm),
          rows: Math.round(heightMm / spacingMm),
          spacingMm,
          hasPneumothorax: options.hasPneumothorax ?? false,
          isIntensiveCare: options.isIntensiveCare ?? false,
        }),
    });
  });
}
