import { useLayoutEffect, useRef, type DragEvent, type MouseEvent, type PointerEvent } from 'react';
import { openSession, toggleMaximised } from '../commands.ts';
import { drawnWith, type ImagePoint } from '../model/measurement.ts';
import { seriesName } from '../model/series.ts';
import { windowInFile } from '../model/suv.ts';
import { theStage } from '../stage.ts';
import { seriesByKey, useViewer, type Pane } from '../viewer-store.ts';
import { PreviewPicture } from './PreviewPicture.tsx';
import { Lens } from './Lens.tsx';
import { MeasurementLayer } from './MeasurementLayer.tsx';
import { OthersLayer } from './OthersLayer.tsx';
import { Overlay } from './Overlay.tsx';
import { ReferenceLine } from './ReferenceLine.tsx';
import { useCine } from './use-cine.ts';
import { SERIES_DRAG_TYPE } from './SeriesList.tsx';
import { SliceBar } from './SliceBar.tsx';
import { useWheelSteps } from './use-wheel-steps.ts';
import styles from './pane.module.css';

/** In the unit of the file's modality LUT, whatever unit the screen states. */
function windowData({ scale, painted }: Pane) {
  if (scale.kind !== 'window') return {};
  const { center, width } = windowInFile(scale, painted?.facts.suv);
  return { 'data-window-center': center, 'data-window-width': width };
}

const pointIn = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>): ImagePoint => {
  const { left, top } = currentTarget.getBoundingClientRect();
  return [clientX - left, clientY - top];
};

/** The left button, where it measures or magnifies: the library's tools then do not hear of it. */
function usePointer(paneId: string) {
  const isOurs = useRef(false);
  const end = () => {
    if (isOurs.current) openSession()?.measuring.release(paneId);
    isOurs.current = false;
  };
  return {
    onPointerDownCapture(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      isOurs.current = openSession()?.measuring.press(paneId, pointIn(event)) ?? false;
      if (isOurs.current) event.currentTarget.setPointerCapture(event.pointerId);
    },
    onMouseDownCapture(event: MouseEvent<HTMLElement>) {
      if (event.button === 0 && isOurs.current) event.stopPropagation();
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      openSession()?.measuring.move(paneId, pointIn(event), isOurs.current);
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}

/** One image's place on screen. The wheel scrolls, with Ctrl it magnifies. */
export function PaneView({ pane, isActive }: { readonly pane: Pane; readonly isActive: boolean }) {
  const surface = useRef<HTMLDivElement>(null);
  const element = useRef<HTMLDivElement>(null);
  const series = useViewer(seriesByKey(pane.seriesKey));
  const progress = useViewer((state) => (pane.seriesKey === undefined ? undefined : state.progress[pane.seriesKey]));
  const notice = useViewer((state) => (pane.seriesKey === undefined ? undefined : state.notices[pane.seriesKey]));
  const phase = useViewer((state) => state.phase);
  const measures = useViewer(({ tool }) => drawnWith(tool) !== undefined);
  const pointer = usePointer(pane.id);
  useCine(pane.id, pane.isPlaying);

  useLayoutEffect(() => {
    const host = element.current;
    if (!host) return undefined;
    theStage().attach(pane.id, host);
    return () => {
      openSession()?.forgetPane(pane.id);
      theStage().detach(pane.id);
    };
  }, [pane.id]);

  useWheelSteps(surface, {
    onSteps(steps) {
      useViewer.setState({ activePaneId: pane.id });
      if (steps !== 0) openSession()?.scrollBy(pane.id, steps);
    },
    onZoom(factor) {
      const view = openSession()?.view(pane.id);
      useViewer.setState({ activePaneId: pane.id });
      if (!view) return;
      view.setZoom(view.getZoom() * factor);
      view.render();
    },
  });

  const images = series?.kind === 'images' ? series : undefined;
  const isWaiting = images !== undefined && pane.problem === undefined && pane.painted?.index !== pane.index;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    const key = event.dataTransfer.getData(SERIES_DRAG_TYPE);
    if (key !== '') openSession()?.showSeries(pane.id, key);
  };
  return (
    <div
      className={styles.pane}
      role="group"
      aria-label={images ? `Pane, ${seriesName(images)}` : 'Empty pane'}
      aria-current={isActive}
      id={pane.id}
      data-pane={pane.id}
      data-sop-instance-uid={pane.painted?.facts.sopInstanceUid}
      data-frame={pane.painted?.facts.frame}
      data-index={pane.painted?.index}
      data-mm-per-pixel={pane.mmPerPixel}
      data-loaded={progress?.decoded ?? 0}
      data-total={images?.images.length ?? 0}
      {...windowData(pane)}
      onPointerDownCapture={() => useViewer.setState({ activePaneId: pane.id })}
      onDoubleClick={() => {
        // Two quick clicks of a measuring tool are two points.
        if (drawnWith(useViewer.getState().tool) === undefined) toggleMaximised(pane.id);
      }}
      onContextMenu={(event) => event.preventDefault()}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      <div ref={surface} className={styles.canvas} data-measures={measures} {...pointer}>
        <div ref={element} className={styles.canvas} data-hidden={pane.problem !== undefined || !pane.painted} />
      </div>
      {images && pane.problem === undefined && <OthersLayer pane={pane} />}
      {images && pane.problem === undefined && <MeasurementLayer pane={pane} />}
      {images && pane.problem === undefined && <ReferenceLine pane={pane} />}
      <Lens pane={pane} />
      {images && pane.problem === undefined && <Overlay pane={pane} series={images} progress={progress} />}
      {images && images.images.length > 1 && <SliceBar pane={pane} series={images} />}
      {isWaiting && pane.preview && (
        <PreviewPicture
          pane={pane}
          words={`Lower resolution: image ${pane.index + 1} of ${images.images.length} is still coming in full${notice === undefined ? '' : `. ${notice}`}`}
        />
      )}
      {isWaiting && !pane.preview && (
        <p className={styles.waiting}>
          Image {pane.index + 1} of {images.images.length} is on its way{notice !== undefined && `. ${notice}`}
        </p>
      )}
      {pane.problem !== undefined && (
        <div className={styles.problem} role="alert">
          <strong>
            Image {pane.index + 1} of {images?.images.length} cannot be shown
          </strong>
          <span>{pane.problem}</span>
        </div>
      )}
      {!images && phase === 'ready' && (
        <p className={styles.empty}>{pane.emptyWords ?? 'Choose a series for this pane'}</p>
      )}
    </div>
  );
}
