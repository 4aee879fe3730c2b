import type { Slab } from '#shared/domain/hanging-protocol.ts';
import type { GreyNode } from '../model/display.ts';
import { coverOf, hotIron, type Fusion } from '../model/fusion.ts';
import { greyAt } from '../model/grey-table.ts';
import type { PlaneView } from '../model/plane.ts';
import { rasterOf, sampleRows, slabCount, type Raster } from '../model/reslice.ts';
import { stepAlong, type Volume } from '../model/volume.ts';
import { createPace } from './pace.ts';

/** Of all planes together: samples a millisecond, to begin with. */
const pace = createPace(15_000);

export interface PlanePicture {
  readonly volume: Volume;
  /** Slices that were there when it was asked for. */
  readonly loaded: number;
  readonly view: PlaneView;
  readonly slab: Slab;
  /** The transfer function over stored values. */
  readonly nodes: readonly GreyNode[];
  /** In colour over it. */
  readonly laid: { readonly volume: Volume; readonly fusion: Fusion } | undefined;
}

interface Sampled {
  readonly raster: Raster;
  readonly values: Float32Array;
  readonly laid: Float32Array | undefined;
}
interface Work extends Sampled {
  /** Samples. */
  readonly costOfRow: number;
  row: number;
}

/** Two points make a straight line, which needs no search. */
function greyOf(nodes: readonly GreyNode[]): (value: number) => number {
  const [low, high] = nodes;
  if (nodes.length !== 2 || !low || !high) return (value) => greyAt(nodes, value) * 255;
  const slope = ((high[1] - low[1]) * 255) / (high[0] - low[0]);
  const [least, most] = [Math.min(low[1], high[1]) * 255, Math.max(low[1], high[1]) * 255];
  return (value) => {
    const grey = low[1] * 255 + (value - low[0]) * slope;
    return grey < least ? least : grey > most ? most : grey;
  };
}

/** Colour over grey: pixels are red, green, blue and alpha from the lowest byte on. */
function layOver(
  pixels: Uint32Array,
  values: Float32Array,
  { volume, fusion }: NonNullable<PlanePicture['laid']>,
): void {
  const { slope, intercept } = volume.rescale;
  const [from, to] = fusion.range;
  const palette = Array.from({ length: 256 }, (_, at) => hotIron(at / 255));
  for (let at = 0; at < pixels.length; at += 1) {
    const part = (values[at]! * slope + intercept - from) / (to - from);
    if (!(part > 0)) continue;
    const cover = coverOf(part, fusion.opacity);
    const [red, green, blue] = palette[Math.min(255, Math.round(part * 255))]!;
    const grey = (pixels[at]! & 0xff) * (1 - cover);
    const mixed = (colour: number) => Math.round(grey + colour * cover);
    pixels[at] = 0xff000000 | (mixed(blue) << 16) | (mixed(green) << 8) | mixed(red);
  }
}

/**
 * Paints planes through a volume onto one canvas, by the processor: nothing of it lies on a graphics card, so no card bounds
 * its size and no lost context takes it away.
 */
export function createPlanePainter(canvas: HTMLCanvasElement) {
  const source = new OffscreenCanvas(1, 1);
  let asked: PlanePicture | undefined;
  let sampled: (Sampled & { readonly of: PlanePicture }) | undefined;
  let frameRequest = 0;

  const isSampled = (picture: PlanePicture): boolean =>
    sampled !== undefined &&
    sampled.of.volume === picture.volume &&
    sampled.of.loaded === picture.loaded &&
    sampled.of.slab === picture.slab &&
    sampled.of.laid?.volume === picture.laid?.volume &&
    sampled.of.laid?.fusion.loaded === picture.laid?.fusion.loaded &&
    isSameView(sampled.of.view, picture.view);

  function put(picture: PlanePicture, { raster, values, laid }: Sampled): void {
    const { width, height, stepMm } = raster;
    const context = canvas.getContext('2d');
    const picturing = source.getContext('2d');
    if (!context || !picturing) return;
    const ratio = window.devicePixelRatio;
    const [across, down] = [Math.round(picture.view.width * ratio), Math.round(picture.view.height * ratio)];
    if (canvas.width !== across || canvas.height !== down) [canvas.width, canvas.height] = [across, down];
    if (source.width !== width || source.height !== height) [source.width, source.height] = [width, height];
    const image = new ImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    const grey = greyOf(picture.nodes);
    for (let at = 0; at < pixels.length; at += 1) {
      const value = values[at]!;
      const level = Number.isNaN(value) ? 0 : Math.round(grey(value));
      pixels[at] = 0xff000000 | (level << 16) | (level << 8) | level;
    }
    if (laid && picture.laid) layOver(pixels, laid, picture.laid);
    picturing.putImageData(image, 0, 0);
    const scale = (stepMm / picture.view.mmPerPixel) * ratio;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = '#000';
    context.fillRect(0, 0, across, down);
    context.imageSmoothingEnabled = true;
    const [left, top] = [(across - width * scale) / 2, (down - height * scale) / 2];
    context.drawImage(source, left, top, width * scale, height * scale);
  }

  function begin(picture: PlanePicture, coarseness: number): Work {
    const { volume, view, slab } = picture;
    const display = view.mmPerPixel / window.devicePixelRatio;
    const finest = Math.min(
      ...volume.spacingMm,
      stepAlong(volume, view.plane.right),
      stepAlong(volume, view.plane.down),
    );
    const raster = rasterOf(view, Math.max(display, finest) * coarseness);
    const planes = slabCount(volume, raster, slab);
    return {
      raster,
      values: new Float32Array(raster.width * raster.height),
      laid: picture.laid && new Float32Array(raster.width * raster.height),
      costOfRow: raster.width * planes * (picture.laid ? 2 : 1),
      row: 0,
    };
  }

  function sample(work: Work, picture: PlanePicture, from: number, to: number): void {
    sampleRows(picture.volume, work.raster, picture.slab, work.values, from, to);
    if (picture.laid && work.laid) sampleRows(picture.laid.volume, work.raster, picture.slab, work.laid, from, to);
  }

  /** True when it is done. */
  function goOn(work: Work, picture: PlanePicture): boolean {
    const { height } = work.raster;
    work.row = pace.workThrough(work.row, height, work.costOfRow, (from, to) => sample(work, picture, from, to));
    return work.row === height;
  }

  function finish(picture: PlanePicture, { raster, values, laid }: Work): void {
    sampled = { of: picture, raster, values, laid };
    put(picture, sampled);
    canvas.dataset['painted'] = 'fully';
  }

  function start(): void {
    const picture = asked;
    if (!picture) return;
    if (sampled && isSampled(picture)) {
      put(picture, sampled);
      canvas.dataset['painted'] = 'fully';
      return;
    }
    const work = begin(picture, 1);
    const shares = (work.raster.height * work.costOfRow) / pace.share();
    if (shares > 1) {
      canvas.dataset['painted'] = 'coarsely';
      const coarse = begin(picture, Math.ceil(Math.sqrt(shares)));
      sample(coarse, picture, 0, coarse.raster.height);
      put(picture, coarse);
    }
    const refine = () => {
      if (goOn(work, picture)) finish(picture, work);
      else frameRequest = requestAnimationFrame(refine);
    };
    if (shares > 1) frameRequest = requestAnimationFrame(refine);
    else refine();
  }

  return {
    /** With the next frame; of several asked for before it only the last. */
    paint(picture: PlanePicture): void {
      asked = picture;
      canvas.dataset['painted'] = 'not yet';
      cancelAnimationFrame(frameRequest);
      frameRequest = requestAnimationFrame(start);
    },
    close(): void {
      cancelAnimationFrame(frameRequest);
      [asked, sampled] = [undefined, undefined];
      [canvas.width, canvas.height] = [0, 0];
    },
  };
}

const isSameView = (one: PlaneView, other: PlaneView): boolean =>
  one.plane === other.plane &&
  one.width === other.width &&
  one.height === other.height &&
  one.mmPerPixel === other.mmPerPixel &&
  one.centre.every((value, axis) => value === other.centre[axis]);
