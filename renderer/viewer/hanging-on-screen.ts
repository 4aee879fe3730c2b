import type { HangingProtocol, PlanesLook } from '#shared/domain/hanging-protocol.ts';
import { allHangings } from './hangings.ts';
import { hangingFromScreen, type SeenPane } from './model/hanging-from-screen.ts';
import type { PlanesState } from './model/planes-state.ts';
import { seriesByKey, useViewer, type Pane } from './viewer-store.ts';

function seenPane({ seriesKey, painted, scale, isScaleChosen, isInverted }: Pane): SeenPane {
  const series = seriesByKey(seriesKey)(useViewer.getState());
  if (series?.kind !== 'images' || !painted) return undefined;
  const window = isScaleChosen && scale.kind === 'window' ? scale : undefined;
  return { series, facts: painted.facts, window, isInverted };
}

/** Planes through a series are kept by that series and its window. */
function seenPlanes({ seriesKey, scale, isInverted }: PlanesState): SeenPane {
  const series = seriesByKey(seriesKey)(useViewer.getState());
  const facts = series?.kind === 'images' ? series.images[0] : undefined;
  if (series?.kind !== 'images' || !facts) return undefined;
  return { series, facts, window: scale.kind === 'window' ? scale : undefined, isInverted };
}

/** Where they cross and how they are turned belong to one patient and are not kept. */
const planesLook = ({ slab, enlarged, fusion }: PlanesState): PlanesLook => ({
  slab,
  ...(enlarged && { enlarged }),
  ...(fusion && { isFused: true }),
});

/** What stands on screen as a hanging of that name; undefined while nothing does. */
export function hangingOnScreen(name: string): HangingProtocol | undefined {
  const { layout, panes, isLinked, hanging, planes } = useViewer.getState();
  const seen = planes ? [seenPlanes(planes)] : panes.map(seenPane);
  if (seen.every((pane) => pane === undefined)) return undefined;
  const known = allHangings();
  const fits = known.find(({ id }) => id === hanging?.protocolId)?.fits;
  return hangingFromScreen(
    name,
    {
      layout: planes ? { rows: 1, columns: 1 } : layout,
      panes: seen,
      isLinked: isLinked && !planes,
      ...(planes && { planesLook: planesLook(planes) }),
      fits,
    },
    known.map(({ id }) => id),
  );
}
