import { defaultScale, greyNodes } from './model/display.ts';
import { greyTable } from './model/grey-table.ts';
import type { ImageFacts } from './model/image-facts.ts';
import type { DisplayImage } from './pixels/worker-messages.ts';
import { updatePane, useViewer, type Pane } from './viewer-store.ts';

/** Only integers of sixteen bits go through the table of greys; others wait for the image itself. */
const isTabled = ({ samples }: DisplayImage): boolean => samples.BYTES_PER_ELEMENT <= 2;

function picture(facts: ImageFacts, display: DisplayImage, pane: Pane): ImageData {
  const { rows, columns, components, samples, min, max } = display;
  const drawn = new ImageData(columns, rows);
  if (components === 4) {
    drawn.data.set(samples);
    return drawn;
  }
  const scale = pane.isScaleChosen ? pane.scale : defaultScale(facts, min, max);
  const isInverted = pane.isInverted !== (facts.photometricInterpretation === 'MONOCHROME1');
  const { greys, offset } = greyTable(greyNodes(scale, facts.rescale, isInverted));
  const pixels = new Uint32Array(drawn.data.buffer);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = greys[samples[at]! + offset]!;
  return drawn;
}

/**
 * Shows an image that is still coming in a lower resolution, in the panes that wait for it. Nothing is painted there as far
 * as the rest of the viewer knows: it is neither measured nor windowed, not seen, and no key image.
 */
export function showPreview(facts: ImageFacts, display: DisplayImage): void {
  if (display.components !== 4 && !isTabled(display)) return;
  const { series, panes } = useViewer.getState();
  for (const pane of panes) {
    const shown = series.find(({ key }) => key === pane.seriesKey);
    if (shown?.kind !== 'images' || shown.images[pane.index] !== facts || pane.painted?.facts === facts) continue;
    updatePane(pane.id, { painted: undefined, preview: { facts, picture: picture(facts, display, pane) } });
  }
}
