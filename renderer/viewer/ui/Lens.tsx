import { useEffect, useRef } from 'react';
import { magnify } from '../engine/magnifier.ts';
import { theStage } from '../stage.ts';
import { useViewer, type Pane } from '../viewer-store.ts';
import styles from './lens.module.css';

const SIZE_PX = 240;

/** The image around the pointer, larger, from its own pixels. */
export function Lens({ pane }: { readonly pane: Pane }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const lens = useViewer((state) => (state.lens?.paneId === pane.id ? state.lens : undefined));
  const { place, painted, scale, isInverted } = pane;
  useEffect(() => {
    const image = theStage().view(pane.id)?.getCornerstoneImage();
    if (!lens || !place || !painted || !canvas.current || image?.imageId !== painted.facts.imageId) return;
    magnify(canvas.current, { image, facts: painted.facts, scale, isInverted, place, at: lens.at });
  }, [lens, place, painted, scale, isInverted, pane.id]);
  if (!lens) return null;
  return (
    <canvas
      ref={canvas}
      className={styles.lens}
      aria-label="Magnifier"
      role="img"
      width={Math.round(SIZE_PX * window.devicePixelRatio)}
      height={Math.round(SIZE_PX * window.devicePixelRatio)}
      style={{ width: SIZE_PX, height: SIZE_PX, left: lens.at[0] - SIZE_PX / 2, top: lens.at[1] - SIZE_PX / 2 }}
    />
  );
}
