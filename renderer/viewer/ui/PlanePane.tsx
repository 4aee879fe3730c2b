import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { SlicePlane } from '#shared/domain/hanging-protocol.ts';
import { openSession } from '../commands.ts';
import { createPlanePainter } from '../engine/plane-painter.ts';
import { greyNodes } from '../model/display.ts';
import { asOnPlane } from '../model/orientation.ts';
import { overlayCorners } from '../model/overlay-lines.ts';
import { PLANE_NAMES, planeCorners } from '../model/plane-words.ts';
import { planeView, scrollPlane, toggleEnlarged, zoomPlanes, type PlanesState } from '../model/planes-state.ts';
import { valueAt } from '../model/reslice.ts';
import type { Volume } from '../model/volume.ts';
import { seriesByKey, useViewer } from '../viewer-store.ts';
import { displayLines, useDisplayTruth } from '../display-truth.ts';
import { Corner, EdgeLetterMarks, ScaleBar } from './Overlay.tsx';
import overlayStyles from './overlay.module.css';
import { PlaneLines } from './PlaneLines.tsx';
import styles from './planes.module.css';
import { usePaneSize } from './use-pane-size.ts';
import { usePlanePointer } from './use-plane-pointer.ts';
import { useWheelSteps } from './use-wheel-steps.ts';

export interface PlanePaneProps {
  readonly name: SlicePlane;
  readonly state: PlanesState;
  readonly volume: Volume;
  readonly fused: Volume | undefined;
}

/** One plane's place on screen. The wheel goes through the volume, with Ctrl it magnifies. */
export function PlanePane({ name, state, volume, fused }: PlanePaneProps) {
  const truth = useDisplayTruth();
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<ReturnType<typeof createPlanePainter>>(undefined);
  const size = usePaneSize(host);
  const series = useViewer(seriesByKey(state.seriesKey));
  const { scale, isInverted, slab, loaded, fusion, at } = state;
  const view = useMemo(() => size && planeView(state, name, size.width, size.height), [size, state, name]);
  const images = series?.kind === 'images' ? series : undefined;
  const facts = images?.images[Math.floor(images.images.length / 2)];
  const isMonochrome1 = facts?.photometricInterpretation === 'MONOCHROME1';
  const nodes = useMemo(
    () => greyNodes(scale, volume.rescale, isInverted !== isMonochrome1),
    [scale, volume, isInverted, isMonochrome1],
  );

  const laid = useMemo(() => (fused && fusion ? { volume: fused, fusion } : undefined), [fused, fusion]);
  useLayoutEffect(() => {
    if (!canvas.current) return undefined;
    const made = createPlanePainter(canvas.current);
    painter.current = made;
    return () => made.close();
  }, []);
  useEffect(() => {
    if (view) painter.current?.paint({ volume, loaded, view, slab, nodes, laid });
  }, [volume, loaded, view, slab, nodes, laid]);

  const change = openSession()?.planes.change;
  useWheelSteps(host, {
    onSteps: (steps) => change?.((now) => ({ ...scrollPlane(now, name, steps), active: name })),
    onZoom: (factor) => change?.((now) => zoomPlanes(now, factor)),
  });
  const pointer = usePlanePointer(name, view);
  const upper = images && facts && overlayCorners({ ...UNUSED, series: images, facts, scale, isInverted });
  const values = { base: valueAt(volume, at), fused: fused && valueAt(fused, at) };
  const lower = facts && view && planeCorners(state, name, facts, view.mmPerPixel / window.devicePixelRatio, values);
  return (
    <div
      ref={host}
      className={styles.pane}
      role="group"
      aria-label={`${PLANE_NAMES[name]} plane`}
      aria-current={state.active === name}
      data-plane={name}
      data-at={state.at.map((value) => value.toFixed(3)).join(' ')}
      data-loaded={loaded + (fusion?.loaded ?? 0)}
      data-total={state.box.size[2] + (fusion?.total ?? 0)}
      data-mm-per-pixel={view?.mmPerPixel}
      data-window-center={scale.kind === 'window' ? scale.center : undefined}
      data-window-width={scale.kind === 'window' ? scale.width : undefined}
      data-tool={state.tool}
      onDoubleClick={() => change?.((now) => toggleEnlarged(now, name))}
      onContextMenu={(event) => event.preventDefault()}
      {...pointer}
    >
      <canvas ref={canvas} className={styles.canvas} />
      {view && <PlaneLines name={name} state={state} view={view} />}
      {upper && lower && view && (
        <div className={overlayStyles.overlay}>
          <Corner className={overlayStyles.topLeft} lines={upper.topLeft} />
          <Corner
            className={overlayStyles.topRight}
            lines={[...displayLines(truth, fusion !== undefined), ...upper.topRight]}
          />
          <Corner className={overlayStyles.bottomLeft} lines={lower.bottomLeft} />
          <Corner className={overlayStyles.bottomRight} lines={lower.bottomRight} />
          <EdgeLetterMarks edges={asOnPlane(view.plane)} />
          <ScaleBar facts={facts} mmPerPixel={view.mmPerPixel} />
        </div>
      )}
    </div>
  );
}

/** What the upper corners of an image do not depend on. */
const UNUSED = { index: 0, zoomPercent: 100, decoded: 0 };
