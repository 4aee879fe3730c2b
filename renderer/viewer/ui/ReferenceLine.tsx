import { toPane } from '../model/place.ts';
import { referenceLine } from '../model/reference-line.ts';
import { activePane, useViewer, type Pane } from '../viewer-store.ts';
import measuring from './measurement-layer.module.css';
import styles from './planes.module.css';

/** Where the image of the active pane cuts this one. */
export function ReferenceLine({ pane }: { readonly pane: Pane }) {
  const active = useViewer((state) => (state.hasReferenceLines ? activePane(state) : undefined));
  const { painted, place } = pane;
  if (!active?.painted || active.id === pane.id || !painted || !place) return null;
  const line = referenceLine(painted.facts, active.painted.facts);
  if (!line) return null;
  const [[x1, y1], [x2, y2]] = [toPane(place, line[0]), toPane(place, line[1])];
  return (
    <svg className={measuring.layer} aria-hidden="true" data-reference-line={active.id}>
      <line className={styles.reference} x1={x1} y1={y1} x2={x2} y2={y2} />
    </svg>
  );
}
