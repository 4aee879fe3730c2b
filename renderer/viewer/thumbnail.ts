import { defaultScale, greyNodes } from './model/display.ts';
import { greyAt } from './model/grey-table.ts';
import type { ImageFacts } from './model/image-facts.ts';
import type { DisplayImage } from './pixels/worker-messages.ts';

export const THUMBNAIL_PX = 56;

/** A small picture of one image with its own greys, whole and undistorted on black. */
export function drawThumbnail(facts: ImageFacts, display: DisplayImage): ImageData {
  const { rows, columns, components, samples, min, max } = display;
  const heightMm = rows * facts.spacing.rowMm;
  const widthMm = columns * facts.spacing.columnMm;
  const scale = THUMBNAIL_PX / Math.max(heightMm, widthMm);
  const left = (THUMBNAIL_PX - widthMm * scale) / 2;
  const top = (THUMBNAIL_PX - heightMm * scale) / 2;
  const isInverted = facts.photometricInterpretation === 'MONOCHROME1';
  const nodes = greyNodes(defaultScale(facts, min, max), facts.rescale, isInverted);
  const picture = new ImageData(THUMBNAIL_PX, THUMBNAIL_PX);
  for (let y = 0; y < THUMBNAIL_PX; y += 1) {
    for (let x = 0; x < THUMBNAIL_PX; x += 1) {
      const column = Math.floor((x - left + 0.5) / scale / facts.spacing.columnMm);
      const row = Math.floor((y - top + 0.5) / scale / facts.spacing.rowMm);
      const to = (y * THUMBNAIL_PX + x) * 4;
      picture.data[to + 3] = 255;
      if (row < 0 || column < 0 || row >= rows || column >= columns) continue;
      const from = (row * columns + column) * components;
      for (let channel = 0; channel < 3; channel += 1) {
        picture.data[to + channel] = components === 1 ? 255 * greyAt(nodes, samples[from]!) : samples[from + channel]!;
      }
    }
  }
  return picture;
}
