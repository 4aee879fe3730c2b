import { createCaseImages, type CaseImages, type CaseToLoad } from './case-images.ts';
import { memoryAhead } from './image-memory.ts';
import { imagesHome } from './images-home.ts';

export type NextCase = CaseToLoad & { readonly hasImages: boolean };

/** The very case with the very studies: a prior that was found meanwhile makes it another. */
export const caseKey = ({ contextKey, studies }: CaseToLoad): string =>
  [contextKey, ...studies.map(({ role, studyInstanceUid }) => `${role} ${studyInstanceUid}`)].join('|');

/** The one case that is made ready ahead of the reader. */
export function createWarmCase() {
  let warm: { readonly key: string; readonly images: CaseImages } | undefined;
  return {
    make(next: NextCase | undefined): void {
      const key = next && caseKey(next);
      if (warm?.key !== key) {
        warm?.images.close();
        warm = next && key !== undefined ? { key, images: createCaseImages(next, memoryAhead()) } : undefined;
      }
      if (next?.hasImages === true) void warm?.images.makeReady();
    },
    /** Given out once; anything else that was made ready stays. */
    take(opened: CaseToLoad): CaseImages | undefined {
      if (warm?.key !== caseKey(opened)) return undefined;
      const { images } = warm;
      warm = undefined;
      return images;
    },
  };
}

const ofThisWindow = createWarmCase();

/**
 * Has the first hanging of the case that is likely opened next fetched and decoded, so that opening it paints from
 * memory; undefined lets go of what was made ready. With `hasImages` false only its metadata is fetched. Nothing of it is
 * shown before the reading screen asks for that very case.
 */
export function warmCase(next: NextCase | undefined): void {
  const home = imagesHome();
  if (home) home.warm(next);
  else ofThisWindow.make(next);
}

/** The images made ready for this case, given out once. */
export const takeWarmCase = (opened: CaseToLoad): CaseImages | undefined => ofThisWindow.take(opened);
