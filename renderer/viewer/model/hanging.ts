import type { ImageFacts } from './image-facts.ts';
import type { ImageSeries, Series } from './series.ts';

export interface Layout {
  readonly rows: number;
  readonly columns: number;
}
/** What a pane is given: a series, and the image in it to begin with. */
export interface Hung {
  readonly seriesKey: string;
  readonly index: number;
  /** Towards which edge the image is pushed: the two chest walls of a mammogram meet. */
  readonly push?: 'left' | 'right';
}
export interface Hanging {
  readonly layout: Layout;
  readonly panes: readonly (Hung | undefined)[];
}

export const LAYOUTS: readonly Layout[] = [
  { rows: 1, columns: 1 },
  { rows: 1, columns: 2 },
  { rows: 2, columns: 1 },
  { rows: 2, columns: 2 },
  { rows: 2, columns: 3 },
];

const isScout = (series: ImageSeries): boolean =>
  series.images.length < 4 || /scout|topogram|localizer|survey|dose|screen save/i.test(series.description);

/** The image a series is opened at: its middle, but a film from its beginning. */
export const startIndex = ({ modality, images }: ImageSeries): number =>
  modality === 'US' || images[0]?.frameTimeMs !== undefined ? 0 : Math.floor((images.length - 1) / 2);
const start = (series: ImageSeries): Hung => ({ seriesKey: series.key, index: startIndex(series) });

function comparable(prior: ImageSeries, current: ImageSeries): boolean {
  if (prior.modality !== current.modality) return false;
  return prior.description.toLowerCase() === current.description.toLowerCase() || !isScout(prior);
}

interface Placed extends Hung {
  readonly image: ImageFacts;
}
const projections = (all: readonly ImageSeries[]): Placed[] =>
  all.flatMap((series) => series.images.map((image, index) => ({ seriesKey: series.key, index, image })));

/** Four views, each side's pair under the other, chest walls together: R | L. */
function hangMammogram(all: readonly ImageSeries[]): Hanging | undefined {
  const placed = projections(all.filter((series) => series.modality === 'MG'));
  const view = (side: string, name: string): Hung | undefined => {
    const found = placed.find(
      ({ image }) => image.laterality === side && (image.viewPosition ?? '').toUpperCase().startsWith(name),
    );
    return found && { seriesKey: found.seriesKey, index: found.index, push: side === 'R' ? 'right' : 'left' };
  };
  const panes = [view('R', 'CC'), view('L', 'CC'), view('R', 'MLO'), view('L', 'MLO')];
  return panes.filter((pane) => pane !== undefined).length < 2 ? undefined : { layout: { rows: 2, columns: 2 }, panes };
}

function hangFilms(current: readonly ImageSeries[]): Hanging {
  const rank = (view: string | undefined) =>
    /^(PA|AP)/i.test(view ?? '') ? 0 : /^(LL|RL|LAT)/i.test(view ?? '') ? 1 : 2;
  const placed = projections(current).sort((a, b) => rank(a.image.viewPosition) - rank(b.image.viewPosition));
  const panes = placed.slice(0, 4).map(({ seriesKey, index }) => ({ seriesKey, index }));
  return panes.length > 2
    ? { layout: { rows: 2, columns: 2 }, panes }
    : { layout: { rows: 1, columns: Math.max(1, panes.length) }, panes };
}

/**
 * How a study is first hung, by modality; everything can be changed by hand after. `expectedPriors` are the modalities of
 * priors still on their way (undefined where nobody said): their place is kept, so that nothing moves when they come.
 */
export function hang(series: readonly Series[], expectedPriors: readonly (string | undefined)[] = []): Hanging {
  const images = series.filter((one): one is ImageSeries => one.kind === 'images');
  const current = images.filter((one) => one.role === 'current');
  const priors = images.filter((one) => one.role === 'prior');
  const shown = current.length > 0 ? current : images;
  const [first] = shown;
  if (!first) return { layout: { rows: 1, columns: 1 }, panes: [undefined] };
  const modalities = new Set(shown.map((one) => one.modality));
  if (modalities.has('MG')) {
    const hanging = hangMammogram(shown);
    if (hanging) return hanging;
  }
  if (['CR', 'DX', 'RG', 'MG', 'PX', 'IO'].includes(first.modality)) return hangFilms(shown);
  const real = shown.filter((one) => !isScout(one));
  const main = real[0] ?? first;
  if (first.modality === 'MR' && real.length > 1) {
    const panes = real.slice(0, 4).map(start);
    return panes.length === 2 ? { layout: { rows: 1, columns: 2 }, panes } : { layout: { rows: 2, columns: 2 }, panes };
  }
  const prior =
    priors.find((one) => one.modality === main.modality && one.description === main.description) ??
    priors.find((one) => comparable(one, main));
  const isPriorExpected = expectedPriors.some((modality) => modality === undefined || modality === main.modality);
  if (!prior && isPriorExpected) return { layout: { rows: 1, columns: 2 }, panes: [start(main), undefined] };
  return prior
    ? { layout: { rows: 1, columns: 2 }, panes: [start(main), start(prior)] }
    : { layout: { rows: 1, columns: 1 }, panes: [start(main)] };
}
