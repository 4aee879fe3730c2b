import type { CaseImages, CaseImagesListener, CaseToLoad } from './case-images.ts';

/** One case as a window of images has it: all windows of images of one workstation have the same. */
export interface JoinedCase {
  readonly images: CaseImages;
  readonly listen: (listener: CaseImagesListener) => void;
  readonly loadAgain: CaseImages['loadAgain'];
  /** Once for all windows: they hear of the same late images. */
  readonly replace: CaseImages['bank']['replace'];
  /** The last window that leaves ends it. */
  readonly leave: () => void;
}

/**
 * What the main window is to the windows of images it opened: the one place where their images are fetched and decoded.
 * They run in one process and see one another's memory, so that nothing is copied (decision 0033).
 */
export interface ImagesHome {
  join(opened: CaseToLoad, windowId: string): JoinedCase;
  warm(next: (CaseToLoad & { readonly hasImages: boolean }) | undefined): void;
}

declare global {
  interface Window {
    overreadImages?: ImagesHome;
  }
}

/** That of the window that opened this one; undefined in the main window, and where that is in another process or gone. */
export function imagesHome(): ImagesHome | undefined {
  try {
    const opener = window.opener as Window | null;
    return opener === null || opener.closed ? undefined : opener.overreadImages;
  } catch {
    return undefined;
  }
}
