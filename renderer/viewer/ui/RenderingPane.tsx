import { useEffect, useLayoutEffect, useRef, type PointerEvent } from 'react';
import { openSession } from '../commands.ts';
import { createRenderingPainter, renderingView } from '../engine/rendering-painter.ts';
import { asOnPlane } from '../model/orientation.ts';
import { overlayCorners } from '../model/overlay-lines.ts';
import { turnRendering, type PlanesState, type RenderingState } from '../model/planes-state.ts';
import type { Volume } from '../model/volume.ts';
import { seriesByKey, useViewer } from '../viewer-store.ts';
import { displayLines, useDisplayTruth } from '../display-truth.ts';
import { Corner, EdgeLetterMarks, ScaleBar } from './Overlay.tsx';
import overlayStyles from './overlay.module.css';
import styles from './planes.module.css';
import { usePaneSize } from './use-pane-size.ts';

const DEGREES_PER_PX = 0.5;

export interface RenderingPaneProps {
  readonly state: PlanesState;
  readonly rendering: RenderingState;
  readonly volume: Volume;
}

/** The volume from outside; a drag turns it. */
export function RenderingPane({ state, rendering, volume }: RenderingPaneProps) {
  const truth = useDisplayTruth();
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<ReturnType<typeof createRenderingPainter>>(undefined);
  const size = usePaneSize(host);
  const series = useViewer(seriesByKey(state.seriesKey));
  const { loaded, zoom, scale } = state;
  const { plane, preset } = rendering;
  useLayoutEffect(() => {
    if (!canvas.current) return undefined;
    const made = createRenderingPainter(canvas.current);
    painter.current = made;
    return () => made.close();
  }, []);
  useEffect(() => {
    if (size) painter.current?.paint({ volume, loaded, plane, preset, zoom, ...size });
  }, [volume, loaded, plane, preset, zoom, size]);
  const images = series?.kind === 'images' ? series : undefined;
  const facts = images?.images[Math.floor(images.images.length / 2)];
  const upper =
    images &&
    facts &&
    overlayCorners({ series: images, facts, index: 0, scale, zoomPercent: 100, isInverted: false, decoded: 0 });
  const turn = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    openSession()?.planes.change((now) =>
      turnRendering(now, event.movementX * DEGREES_PER_PX, event.movementY * DEGREES_PER_PX),
    );
  };
  const lower = [
    { text: `Rendering: ${preset.name}`, weight: 'essential' },
    { text: 'Not for measuring', weight: 'useful' },
  ] as const;
  return (
    <div
      ref={host}
      className={styles.pane}
      role="group"
      aria-label={`Volume rendering, ${preset.name}`}
      data-rendering={preset.name}
      data-loaded={loaded}
      data-total={state.box.size[2]}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={turn}
      onContextMenu={(event) => event.preventDefault()}
    >
      <canvas ref={canvas} className={styles.canvas} />
      {upper && facts && size && (
        <div className={overlayStyles.overlay}>
          <Corner className={overlayStyles.topLeft} lines={[...displayLines(truth, false), ...upper.topLeft]} />
          <Corner className={overlayStyles.topRight} lines={upper.topRight} />
          <Corner className={overlayStyles.bottomLeft} lines={lower} />
          <EdgeLetterMarks edges={asOnPlane(plane)} />
          <ScaleBar
            facts={facts}
            mmPerPixel={renderingView({ volume, loaded, plane, preset, zoom, ...size }).mmPerPixel}
          />
        </div>
      )}
    </div>
  );
}
