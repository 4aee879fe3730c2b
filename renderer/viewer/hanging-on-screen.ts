import type { HangingProtocol } from '#shared/domain/hanging-protocol.ts';
import { allHangings } from './hangings.ts';
import { hangingFromScreen, type SeenPane } from './model/hanging-from-screen.ts';
import { seriesByKey, useViewer, type Pane } from './viewer-store.ts';

function seenPane({ seriesKey, painted, scale, isScaleChosen, isInverted }: Pane): SeenPane {
  const series = seriesByKey(seriesKey)(useViewer.getState());
  if (series?.kind !== 'images' || !painted) return undefined;
  const window = isScaleChosen && scale.kind === 'window' ? scale : undefined;
  return { series, facts: painted.facts, window, isInverted };
}

/** What stands on screen as a hanging of that name; undefined while nothing does. */
export function hangingOnScreen(name: string): HangingProtocol | undefined {
  const { layout, panes, isLinked, hanging } = useViewer.getState();
  const seen = panes.map(seenPane);
  if (seen.every((pane) => pane === undefined)) return undefined;
  const known = allHangings();
  const fits = known.find(({ id }) => id === hanging?.protocolId)?.fits;
  return hangingFromScreen(
    name,
    { layout, panes: seen, isLinked, fits },
    known.map(({ id }) => id),
  );
}
