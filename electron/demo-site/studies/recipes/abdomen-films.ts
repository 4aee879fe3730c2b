import { seedFrom } from '../field/random.ts';
import { paintAbdomenFilm } from '../phantoms/abdomen-film.ts';
import type { SeriesPlan, StudyPlan } from '../study-plan.ts';
import { planRadiograph } from './radiograph.ts';

const SPACING_MM = 0.2;

export function planAbdomenFilms(seed: number): StudyPlan {
  return (['supine', 'upright'] as const).map((view, index): SeriesPlan =>
    planRadiograph({
      number: index + 1,
      description: `Abdomen AP ${view}`,
      seed: seedFrom(seed, view),
      modality: 'DX',
      coding: 'jpeg-2000',
      photometric: 'MONOCHROME2',
      bodyPart: 'ABDOMEN',
      view: 'AP',
      orientation: ['L', 'F'],
      imageLaterality: 'U',
      kvp: 80,
      exposureMas: 25,
      spacingMm: SPACING_MM,
      range: [2.2, 5.6],
      equalisation: 0.25,
      noise: 0.02,
      paint: () =>
        paintAbdomenFilm({
          seed,
          view,
          columns: Math.round(360 / SPACING_MM),
          rows: Math.round(430 / SPACING_MM),
          spacingMm: SPACING_MM,
        }),
    }),
  );
}
