import {
  LONGEST_HANGING_NAME,
  type HangingPlace,
  type HangingProtocol,
  type PlanesLook,
  type SeriesWish,
  type StudyWish,
} from '#shared/domain/hanging-protocol.ts';
import type { GreyScale } from './display.ts';
import type { Layout } from './hanging.ts';
import { foldWords } from './header-words.ts';
import type { ImageFacts } from './image-facts.ts';
import type { ImageSeries } from './series.ts';
import { contrastOf, isProjection, planeOf, sideOf } from './series-traits.ts';

/** One pane as it stands on screen; undefined: nothing is in it. */
export type SeenPane =
  | {
      readonly series: ImageSeries;
      readonly facts: ImageFacts;
      /** Chosen by hand or by a hanging; undefined: as in the file. */
      readonly window: (GreyScale & { readonly kind: 'window' }) | undefined;
      readonly isInverted: boolean;
    }
  | undefined;

const LONGEST_PATTERN = 80;

/** From the closest likeness to the loosest: the same words, then the same kind, then the same modality. */
function wishesFor(series: ImageSeries, facts: ImageFacts): SeriesWish[] {
  const modalities = [series.modality];
  if (isProjection(series)) {
    const said = sideOf(facts, series)?.[0];
    const side: Pick<SeriesWish, 'laterality'> = said === 'R' || said === 'L' ? { laterality: said } : {};
    const view = facts.viewPosition;
    return [
      ...(view === undefined ? [] : [{ modalities, views: [view], ...side }]),
      { modalities, ...side },
      { modalities },
    ];
  }
  const plane = planeOf(series);
  const contrast = contrastOf(series);
  const words = foldWords(series.description).slice(0, LONGEST_PATTERN);
  const inPlane = { modalities, ...(plane && { plane }) };
  return [
    ...(words === '' ? [] : [{ ...inPlane, says: [words] }]),
    ...(contrast === undefined ? [] : [{ ...inPlane, contrast }]),
    inPlane,
    { modalities },
  ];
}

function placeOf(pane: SeenPane, before: readonly SeenPane[]): HangingPlace {
  if (!pane) return { label: 'Free pane', role: 'current', wishes: [] };
  const { series, facts, window, isInverted } = pane;
  const partner =
    series.role === 'prior'
      ? before.findIndex(
          (one) =>
            one?.series.role === 'current' && one.series.modality === series.modality && isAlike(one.series, series),
        )
      : -1;
  const said = series.description === '' ? series.modality : series.description;
  return {
    label: `${series.role === 'prior' ? 'Prior ' : ''}${said}`.slice(0, LONGEST_PATTERN),
    role: series.role,
    wishes: partner >= 0 ? [] : wishesFor(series, facts),
    ...(partner >= 0 && { like: partner }),
    ...(before.some((one) => one?.series === series) && { isRepeat: true }),
    ...(window && { window: { center: window.center, width: window.width, unit: facts.unit ?? '' } }),
    ...(isInverted && { isInverted }),
  };
}

const isAlike = (one: ImageSeries, other: ImageSeries): boolean =>
  isProjection(one) ? one.images[0]?.viewPosition === other.images[0]?.viewPosition : planeOf(one) === planeOf(other);

/** What fits a study like this one when no hanging says so: its modality and its body part. */
function fitsFor(panes: readonly SeenPane[]): StudyWish[] {
  const first = panes.find((pane) => pane?.series.role === 'current') ?? panes.find((pane) => pane !== undefined);
  const bodyPart = foldWords(first?.series.header.bodyPart ?? '').slice(0, LONGEST_PATTERN);
  return [
    {
      ...(first && { modalities: [first.series.modality] }),
      ...(bodyPart !== '' && { about: [[bodyPart]] }),
    },
  ];
}

/** A name as an id that no other hanging has. */
function hangingId(name: string, taken: readonly string[]): string {
  const base = `own-${foldWords(name)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 40)}`;
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? base : `${base}-${count}`;
    if (!taken.includes(id)) return id;
  }
}

export interface SeenScreen {
  readonly layout: Layout;
  readonly panes: readonly SeenPane[];
  readonly isLinked: boolean;
  /** Planes through what is in the one pane. */
  readonly planesLook?: PlanesLook;
  /** The hanging this grew out of: what it fits, the new one fits too. */
  readonly fits: readonly StudyWish[] | undefined;
}

/** What stands on screen as a hanging of the reader's own. */
export function hangingFromScreen(name: string, screen: SeenScreen, taken: readonly string[]): HangingProtocol {
  const { layout, panes, isLinked, planesLook, fits } = screen;
  return {
    id: hangingId(name, taken),
    name: name.slice(0, LONGEST_HANGING_NAME),
    fits: fits ?? fitsFor(panes),
    stages: [
      {
        name: 'As saved',
        ...layout,
        places: panes.map((pane, at) => placeOf(pane, panes.slice(0, at))),
        ...(isLinked && { isLinked }),
        ...(planesLook && { isPlanes: true, planesLook }),
      },
    ],
  };
}
