import { cache, imageLoader, type Types } from '@cornerstonejs/core';

const IMAGE_SCHEME = 'overread';

type Load = (imageId: string) => Promise<Types.IImage>;

let load: Load | undefined;

/** Cornerstone asks for images by id; only those of the case on screen are answered. Returns how to stop. */
export function serveImages(ofCase: Load): () => void {
  load = ofCase;
  imageLoader.registerImageLoader(IMAGE_SCHEME, (imageId) => ({
    promise: load === undefined ? Promise.reject(new Error('no case is open')) : load(imageId),
  }));
  return () => {
    if (load === ofCase) load = undefined;
  };
}

/** Cornerstone's own hold on an image ends here; what is kept is the bank's business alone. */
export function forgetImage(imageId: string): void {
  if (cache.getImageLoadObject(imageId)) cache.removeImageLoadObject(imageId, { force: true });
}
