import type { ImageFacts, VoiFunction, VoiWindow } from './image-facts.ts';
import type { LookupTable } from './lookup-table.ts';
import { SUV_UNIT } from './suv.ts';

/** How values become greys: a window, or the file's own VOI table. */
export type GreyScale =
  | { readonly kind: 'window'; readonly center: number; readonly width: number; readonly function: VoiFunction }
  | { readonly kind: 'table'; readonly table: LookupTable };

/** A point of a transfer function: stored value to grey 0..1. */
export type GreyNode = readonly [stored: number, grey: number];

const SIGMOID_REACH = 2; // widths either side of the centre: 1/(1+e^-8), under a tenth of a grey level from the end
const SIGMOID_NODES = 256;
const TABLE_NODES = 1024;

function windowNodes(center: number, width: number, voiFunction: VoiFunction): GreyNode[] {
  switch (voiFunction) {
    case 'LINEAR': {
      // PS3.3 C.11.2.1.2.1; a width of 1 is a threshold at center - 0.5.
      const lower = center - 0.5 - (width - 1) / 2;
      return [
        [lower, 0],
        [Math.max(lower + Math.max(width - 1, 0), lower + 1e-3), 1],
      ];
    }
    case 'LINEAR_EXACT':
      return [
        [center - width / 2, 0],
        [center + width / 2, 1],
      ];
    case 'SIGMOID':
      return Array.from({ length: SIGMOID_NODES + 1 }, (_, index): GreyNode => {
        const value = center + ((index / SIGMOID_NODES) * 2 - 1) * SIGMOID_REACH * width;
        return [value, 1 / (1 + Math.exp((-4 * (value - center)) / width))]; // C.11.2.1.3.1
      });
  }
}

function tableNodes({ firstMapped, bits, data }: LookupTable): GreyNode[] {
  const top = 2 ** bits - 1;
  const step = Math.max(1, Math.ceil(data.length / TABLE_NODES));
  const nodes: GreyNode[] = [];
  for (let index = 0; index < data.length; index += step)
    nodes.push([firstMapped + index, Math.min(1, data[index]! / top)]);
  const last = data.length - 1;
  if (nodes.at(-1)?.[0] !== firstMapped + last) nodes.push([firstMapped + last, Math.min(1, data[last]! / top)]);
  return nodes;
}

/** The transfer function over *stored* values of this image: modality rescale undone, inversion applied, ascending. */
export function greyNodes(scale: GreyScale, rescale: ImageFacts['rescale'], isInverted: boolean): GreyNode[] {
  const nodes =
    scale.kind === 'window' ? windowNodes(scale.center, scale.width, scale.function) : tableNodes(scale.table);
  const stored = nodes.map(([value, grey]): GreyNode => [
    (value - rescale.intercept) / rescale.slope,
    isInverted ? 1 - grey : grey,
  ]);
  return rescale.slope < 0 ? stored.reverse() : stored;
}

/** Where the file states no window: all values of this frame, padding left out. */
export function fullRange(min: number, max: number, { slope, intercept }: ImageFacts['rescale']): VoiWindow {
  const ends = [min * slope + intercept, max * slope + intercept];
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  return { center: (low + high + 1) / 2, width: Math.max(1, high - low + 1) };
}

/** A window chosen by numbers: the half units of LINEAR are meant for values that count in ones. */
export const windowFunctionFor = (unit: string | undefined): VoiFunction =>
  unit === SUV_UNIT ? 'LINEAR_EXACT' : 'LINEAR';

/** From black at `min` to white at `max`, in modality units. */
export function scaleOver(min: number, max: number, unit: string | undefined): GreyScale & { readonly kind: 'window' } {
  return unit === SUV_UNIT
    ? { kind: 'window', center: (min + max) / 2, width: Math.max(max - min, 1e-3), function: 'LINEAR_EXACT' }
    : { kind: 'window', ...fullRange(min, max, { slope: 1, intercept: 0 }), function: 'LINEAR' };
}

/** Colours as they are in the file. */
const OWN_COLOURS = { kind: 'window', center: 128, width: 256, function: 'LINEAR' } as const;
export const isOwnColours = (scale: GreyScale): boolean =>
  scale.kind === 'window' && scale.center === OWN_COLOURS.center && scale.width === OWN_COLOURS.width;

/** What an image is first shown with: its VOI table, else its first window, else its full range. */
export function defaultScale(facts: ImageFacts, min: number, max: number): GreyScale {
  if (facts.isColour) return OWN_COLOURS;
  const stated = facts.voiWindows[0];
  if (stated) return { kind: 'window', center: stated.center, width: stated.width, function: facts.voiFunction };
  if (facts.voiLut) return { kind: 'table', table: facts.voiLut };
  const { slope, intercept } = facts.rescale;
  const ends = [min * slope + intercept, max * slope + intercept];
  return scaleOver(Math.min(...ends), Math.max(...ends), facts.unit);
}

/** After a drag of so many pixels: to the right wider, downwards brighter. */
export function draggedScale(scale: GreyScale, deltaX: number, deltaY: number, isColour: boolean): GreyScale {
  const { center, width } = asWindow(scale);
  const step = Math.max(width / 300, 0.002);
  return {
    kind: 'window',
    center: center + deltaY * step,
    width: Math.max(width + deltaX * step, isColour ? 2 : step),
    function: scale.kind === 'window' ? scale.function : 'LINEAR',
  };
}

/** The window nearest to what is shown, to start dragging from. */
export function asWindow(scale: GreyScale): { center: number; width: number } {
  if (scale.kind === 'window') return { center: scale.center, width: scale.width };
  const { firstMapped, data } = scale.table;
  return { center: firstMapped + data.length / 2, width: data.length };
}
