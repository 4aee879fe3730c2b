import type { Types } from '@cornerstonejs/core';

import { buildImage } from './engine/image.ts';
import type { ImageFacts } from './model/image-facts.ts';
import type { DisplayImage } from './pixels/worker-messages.ts';

type Samples = DisplayImage['samples'];

/** A typed array of this window over the very bytes of another window's: `instanceof` tells the windows' own apart. */
function ownView(samples: Samples): Samples {
  const { buffer, byteOffset, length } = samples;
  const bytes = buffer as ArrayBuffer;
  switch (samples.constructor.name) {
    case 'Uint8Array':
      return new Uint8Array(bytes, byteOffset, length);
    case 'Int8Array':
      return new Int8Array(bytes, byteOffset, length);
    case 'Uint16Array':
      return new Uint16Array(bytes, byteOffset, length);
    case 'Int16Array':
      return new Int16Array(bytes, byteOffset, length);
    case 'Float32Array':
      return new Float32Array(bytes, byteOffset, length);
    default:
      return samples;
  }
}

/** An image decoded for another window as this window's own; not one sample is copied. */
export function localImage(facts: ImageFacts, image: Types.IImage): Types.IImage {
  return buildImage(facts, {
    rows: image.rows,
    columns: image.columns,
    components: image.numberOfComponents as DisplayImage['components'],
    samples: ownView(image.getPixelData() as Samples),
    min: image.minPixelValue,
    max: image.maxPixelValue,
  });
}
