import type { ImageMemory } from './pixels/image-bank.ts';

const MEGABYTE = 1024 * 1024;
const LEAST_BYTES = 512 * MEGABYTE;
const MOST_BYTES = 1024 * MEGABYTE;
const USUAL_DEVICE_GB = 4;

/** The images of one window: an eighth of the machine's memory as far as the browser tells it, within bounds. */
function imageBudgetBytes(): number {
  const deviceGb = (navigator as { readonly deviceMemory?: number }).deviceMemory ?? USUAL_DEVICE_GB;
  return Math.min(MOST_BYTES, Math.max(LEAST_BYTES, (deviceGb / 8) * 1024 * MEGABYTE));
}

/** Half of it for what is on screen as samples, a quarter for its frames as received; the rest is the next case's. */
export const memoryOnScreen = (): ImageMemory => ({
  decodedBytes: imageBudgetBytes() / 2,
  heldBytes: imageBudgetBytes() / 4,
});

export const memoryAhead = (): ImageMemory => ({
  decodedBytes: imageBudgetBytes() / 5,
  heldBytes: imageBudgetBytes() / 20,
});
