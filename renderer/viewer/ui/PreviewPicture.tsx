import { useLayoutEffect, useRef, type CSSProperties } from 'react';
import type { Pane } from '../viewer-store.ts';
import styles from './pane.module.css';

/** Where the last image of the pane lay, there the next one will; where there was none, as large as the pane allows. */
function lie({ place, preview }: Pane): CSSProperties {
  if (!preview) return {};
  const { facts, picture } = preview;
  if (!place) {
    const ratio = (facts.columns * facts.spacing.columnMm) / (facts.rows * facts.spacing.rowMm);
    return {
      inset: 0,
      margin: 'auto',
      width: `min(100cqw, ${100 * ratio}cqh)`,
      height: `min(100cqh, ${100 / ratio}cqw)`,
    };
  }
  const { origin, along, down } = place;
  const [across, below] = [facts.columns / picture.width, facts.rows / picture.height];
  // A place tells of the middle of the first pixel.
  const corner = ([0, 1] as const).map((axis) => origin[axis] - (along[axis] + down[axis]) / 2);
  const turned = [along[0] * across, along[1] * across, down[0] * below, down[1] * below];
  return {
    left: 0,
    top: 0,
    width: picture.width,
    height: picture.height,
    transformOrigin: '0 0',
    transform: `matrix(${[...turned, ...corner].join(', ')})`,
  };
}

/** An image in a lower resolution, until it is there itself. Nothing can be done with it. */
export function PreviewPicture({ pane, words }: { readonly pane: Pane; readonly words: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = pane.preview?.picture;
  useLayoutEffect(() => {
    if (picture) canvas.current?.getContext('2d')?.putImageData(picture, 0, 0);
  }, [picture]);
  if (!picture) return null;
  return (
    <>
      <canvas
        ref={canvas}
        className={styles.preview}
        style={lie(pane)}
        width={picture.width}
        height={picture.height}
        role="img"
        aria-label="The same image in a lower resolution"
        data-preview-columns={picture.width}
      />
      <p className={styles.previewWords} role="status">
        {words}
      </p>
    </>
  );
}
