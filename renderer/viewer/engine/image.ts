import { Enums, utilities, type Types } from '@cornerstonejs/core';
import { defaultScale, asWindow } from '../model/display.ts';
import type { ImageFacts } from '../model/image-facts.ts';
import type { DisplayImage } from '../pixels/worker-messages.ts';

function colourCanvas({ columns, rows, samples }: DisplayImage): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = columns;
  canvas.height = rows;
  const bytes = new Uint8ClampedArray(samples.buffer as ArrayBuffer, samples.byteOffset, samples.byteLength);
  canvas.getContext('2d')?.putImageData(new ImageData(bytes, columns, rows), 0, 0);
  return canvas;
}

/** What cornerstone draws. Grey samples are stored values as decoded; slope and intercept stand beside them. */
export function buildImage(facts: ImageFacts, display: DisplayImage): Types.IImage {
  const { rows, columns, components, min, max } = display;
  const samples = display.samples as Types.PixelDataTypedArray;
  const isColour = components > 1;
  const { center, width } = asWindow(defaultScale(facts, min, max));
  return {
    imageId: facts.imageId,
    minPixelValue: min,
    maxPixelValue: max,
    slope: isColour ? 1 : facts.rescale.slope,
    intercept: isColour ? 0 : facts.rescale.intercept,
    windowCenter: center,
    windowWidth: width,
    voiLUTFunction: Enums.VOILUTFunctionType.LINEAR,
    getPixelData: () => samples,
    getCanvas: () => colourCanvas(display),
    rows,
    columns,
    height: rows,
    width: columns,
    color: isColour,
    rgba: components === 4,
    numberOfComponents: components,
    columnPixelSpacing: facts.spacing.columnMm,
    rowPixelSpacing: facts.spacing.rowMm,
    invert: false,
    photometricInterpretation: isColour ? 'RGB' : 'MONOCHROME2',
    sizeInBytes: samples.byteLength,
    dataType: samples.constructor.name as Types.PixelDataTypedArrayString,
    voxelManager: utilities.VoxelManager.createImageVoxelManager({
      scalarData: samples,
      width: columns,
      height: rows,
      numberOfComponents: components,
    }),
  } as Types.IImage;
}
