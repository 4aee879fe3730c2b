import { fitMmPerPixel, type Plane, type PlaneView } from '../model/plane.ts';
import { castRows, matterOf, type Matter, type RenderingPreset } from '../model/ray-cast.ts';
import { rasterOf, type Raster } from '../model/reslice.ts';
import { extentAlong, middleOf, type Volume } from '../model/volume.ts';
import { cross } from '../model/read-image-facts.ts';
import { createPace } from './pace.ts';

/** Steps of rays a millisecond, to begin with. */
const pace = createPace(20_000);
/** While it is turned the first picture may take so many shares. */
const COARSE_SHARES = 2;

export interface Rendering {
  readonly volume: Volume;
  readonly loaded: number;
  readonly plane: Plane;
  readonly preset: RenderingPreset;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
}

interface Work {
  readonly raster: Raster;
  readonly matter: Matter;
  readonly stepMm: number;
  readonly pixels: Uint32Array;
  readonly image: ImageData;
  /** Steps of its rays. */
  readonly costOfRow: number;
  row: number;
}

const depthOfBox = (volume: Volume, { right, down }: Plane): number => extentAlong(volume, cross(right, down));

/** The whole box stays in the pane however it is turned. */
export function renderingView({ volume, plane, zoom, width, height }: Rendering): PlaneView {
  const sizes = volume.axes.map((axis) => extentAlong(volume, axis));
  const across = Math.hypot(...sizes) / Math.max(1, Math.min(width, height));
  const mmPerPixel = Math.min(across, fitMmPerPixel(volume, plane, width, height) * 1.5) / zoom;
  return { plane, centre: middleOf(volume), mmPerPixel, width, height };
}

/** Paints a rendering onto one canvas by the processor: coarsely with the next frame, then finer over the following ones. */
export function createRenderingPainter(canvas: HTMLCanvasElement) {
  const source = new OffscreenCanvas(1, 1);
  let asked: Rendering | undefined;
  let frameRequest = 0;

  function begin(rendering: Rendering, coarseness: number): Work {
    const { volume, plane, preset } = rendering;
    const view = renderingView(rendering);
    const finest = Math.min(...volume.spacingMm);
    const raster = rasterOf(view, Math.max(view.mmPerPixel, finest) * coarseness);
    const stepMm = finest * Math.max(1, coarseness / 2);
    const image = new ImageData(raster.width, raster.height);
    const steps = raster.width * (depthOfBox(volume, plane) / stepMm);
    return {
      raster,
      stepMm,
      matter: matterOf(preset, volume.rescale, stepMm),
      pixels: new Uint32Array(image.data.buffer),
      image,
      costOfRow: steps,
      row: 0,
    };
  }

  const cast = ({ raster, matter, stepMm, pixels }: Work, { volume }: Rendering, from: number, to: number) =>
    castRows(volume, raster, matter, stepMm, pixels, from, to);

  /** True when it is done. */
  function goOn(work: Work, rendering: Rendering): boolean {
    const { height } = work.raster;
    work.row = pace.workThrough(work.row, height, work.costOfRow, (from, to) => cast(work, rendering, from, to));
    return work.row === height;
  }

  function put(rendering: Rendering, { raster, image }: Work): void {
    const context = canvas.getContext('2d');
    const picturing = source.getContext('2d');
    if (!context || !picturing) return;
    const ratio = window.devicePixelRatio;
    const [across, down] = [Math.round(rendering.width * ratio), Math.round(rendering.height * ratio)];
    if (canvas.width !== across || canvas.height !== down) [canvas.width, canvas.height] = [across, down];
    [source.width, source.height] = [raster.width, raster.height];
    picturing.putImageData(image, 0, 0);
    const scale = (raster.stepMm / renderingView(rendering).mmPerPixel) * ratio;
    context.fillStyle = '#000';
    context.fillRect(0, 0, across, down);
    const [left, top] = [(across - raster.width * scale) / 2, (down - raster.height * scale) / 2];
    context.drawImage(source, left, top, raster.width * scale, raster.height * scale);
  }

  function start(): void {
    const rendering = asked;
    if (!rendering) return;
    const work = begin(rendering, 1);
    const shares = (work.raster.height * work.costOfRow) / pace.share();
    if (shares > COARSE_SHARES) {
      // Half as many points a side and steps half as long each are an eighth of the work.
      const coarse = begin(rendering, Math.ceil(Math.cbrt(shares / COARSE_SHARES) * 1.3));
      cast(coarse, rendering, 0, coarse.raster.height);
      put(rendering, coarse);
      canvas.dataset['painted'] = 'coarsely';
    }
    const refine = () => {
      if (goOn(work, rendering)) {
        put(rendering, work);
        canvas.dataset['painted'] = 'fully';
      } else frameRequest = requestAnimationFrame(refine);
    };
    frameRequest = requestAnimationFrame(refine);
  }

  return {
    paint(rendering: Rendering): void {
      asked = rendering;
      canvas.dataset['painted'] = 'not yet';
      cancelAnimationFrame(frameRequest);
      frameRequest = requestAnimationFrame(start);
    },
    close(): void {
      cancelAnimationFrame(frameRequest);
      asked = undefined;
      [canvas.width, canvas.height] = [0, 0];
    },
  };
}
