import { displayLines, useDisplayTruth } from '../display-truth.ts';
import { readerSpacing } from '../model/calibration.ts';
import type { ImageFacts } from '../model/image-facts.ts';
import type { EdgeLetters } from '../model/orientation.ts';
import { overlayCorners, scaleBar, type OverlayLine } from '../model/overlay-lines.ts';
import type { ImageSeries } from '../model/series.ts';
import { lacksOverlayPlane } from '../others/read-file-marks.ts';
import { useViewer, type Pane, type SeriesProgress } from '../viewer-store.ts';
import styles from './overlay.module.css';

const LONGEST_BAR_PX = 120;

export function Corner({
  className,
  lines,
}: {
  readonly className: string | undefined;
  readonly lines: readonly OverlayLine[];
}) {
  return (
    <div className={`${styles.corner} ${className}`} data-corner>
      {lines.map(({ text, weight }) => (
        <div key={text} className={styles[weight]}>
          {text}
        </div>
      ))}
    </div>
  );
}

export function ScaleBar({ facts, mmPerPixel }: { readonly facts: ImageFacts; readonly mmPerPixel: number }) {
  const bar = scaleBar(facts, mmPerPixel, LONGEST_BAR_PX);
  if (!bar) return null;
  return (
    <div className={styles.scale} role="img" aria-label={`Scale ${bar.label}`}>
      <div className={styles.bar} style={{ width: bar.lengthPx }} />
      <span>{bar.label}</span>
    </div>
  );
}

export function EdgeLetterMarks({ edges }: { readonly edges: EdgeLetters }) {
  return (
    <div role="img" aria-label={`Top ${edges.top}, right ${edges.right}, bottom ${edges.bottom}, left ${edges.left}`}>
      <span className={`${styles.edge} ${styles.edgeTop}`} data-edge>
        {edges.top}
      </span>
      <span className={`${styles.edge} ${styles.edgeRight}`} data-edge>
        {edges.right}
      </span>
      <span className={`${styles.edge} ${styles.edgeBottom}`} data-edge>
        {edges.bottom}
      </span>
      <span className={`${styles.edge} ${styles.edgeLeft}`} data-edge>
        {edges.left}
      </span>
    </div>
  );
}

export interface OverlayProps {
  readonly pane: Pane;
  readonly series: ImageSeries;
  readonly progress: SeriesProgress | undefined;
}

/** What stands on the image painted now; always of that image, never of the one still on its way. */
export function Overlay({ pane, series, progress }: OverlayProps) {
  const calibrations = useViewer((state) => state.measurements.present);
  const truth = useDisplayTruth();
  const isOverlayMissing = useViewer((state) => lacksOverlayPlane(pane.painted?.facts.imageId ?? '', state));
  if (!pane.painted) return null;
  const { index } = pane.painted;
  const { spacing: ofFile } = pane.painted.facts;
  const byReader = readerSpacing(pane.painted.facts, calibrations);
  const facts = byReader ? { ...pane.painted.facts, spacing: byReader } : pane.painted.facts;
  const mmPerPixel = pane.mmPerPixel * (byReader ? byReader.rowMm / ofFile.rowMm : 1);
  const corners = overlayCorners({
    series,
    facts,
    index,
    scale: pane.scale,
    zoomPercent: pane.zoomPercent,
    isInverted: pane.isInverted,
    decoded: progress?.decoded ?? 0,
    linkOffsetMm: pane.linkOffsetMm,
    lacksOverlayPlane: isOverlayMissing,
  });
  const { edges } = pane;
  return (
    <div className={styles.overlay}>
      <Corner className={styles.topLeft} lines={corners.topLeft} />
      <Corner className={styles.topRight} lines={[...displayLines(truth, facts.isColour), ...corners.topRight]} />
      <Corner className={styles.bottomLeft} lines={corners.bottomLeft} />
      <Corner className={styles.bottomRight} lines={corners.bottomRight} />
      {edges && <EdgeLetterMarks edges={edges} />}
      <ScaleBar facts={facts} mmPerPixel={mmPerPixel} />
    </div>
  );
}
