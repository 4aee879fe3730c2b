const PROBE = 48;

/** Whether the canvas shows anything but one flat colour. */
function showsPixels(canvas: HTMLCanvasElement): boolean {
  const probe = document.createElement('canvas');
  probe.width = PROBE;
  probe.height = PROBE;
  const context = probe.getContext('2d', { willReadFrequently: true });
  if (!context || canvas.width === 0 || canvas.height === 0) return false;
  context.drawImage(canvas, 0, 0, PROBE, PROBE);
  const { data } = context.getImageData(0, 0, PROBE, PROBE);
  for (let at = 4; at < data.length; at += 4) {
    if (data[at] !== data[0] || data[at + 1] !== data[1] || data[at + 2] !== data[2]) return true;
  }
  return false;
}

export interface TimingMarks {
  painted(canvas: HTMLCanvasElement, studyInstanceUid: string): void;
  seriesComplete(seriesKey: string, studyInstanceUid: string): void;
  graphicsLost(): void;
  /** Every pane shows again what it showed. */
  graphicsBack(): void;
}

/** The User Timing marks others measure by; each is set once a case, `series-complete` once a series, those of lost graphics each time. */
export function createTimingMarks(): TimingMarks {
  let isMarked = false;
  const complete = new Set<string>();
  return {
    painted(canvas, studyInstanceUid) {
      if (isMarked || !showsPixels(canvas)) return;
      isMarked = true;
      // The canvas holds the image; the frame that brings it to the screen is the next one.
      requestAnimationFrame(() => performance.mark('overread:first-image', { detail: { studyInstanceUid } }));
    },
    graphicsLost: () => void performance.mark('overread:graphics-lost'),
    graphicsBack: () => void requestAnimationFrame(() => performance.mark('overread:graphics-back')),
    seriesComplete(seriesKey, studyInstanceUid) {
      if (complete.has(seriesKey)) return;
      complete.add(seriesKey);
      performance.mark('overread:series-complete', { detail: { studyInstanceUid } });
    },
  };
}
