/** How long a CSS pixel is on this display, as the reader measured it once with a ruler. Holds no patient data. */
const keyOfDisplay = (): string =>
  `overread.mm-per-css-pixel.${window.screen.width}x${window.screen.height}@${window.devicePixelRatio}`;

export function mmPerCssPixelOfDisplay(): number | undefined {
  const kept = Number(localStorage.getItem(keyOfDisplay()) ?? Number.NaN);
  return Number.isFinite(kept) && kept > 0 ? kept : undefined;
}

export const keepMmPerCssPixel = (mm: number): void => localStorage.setItem(keyOfDisplay(), String(mm));
