import { createCaseImages, type CaseImages, type CaseToLoad } from './case-images.ts';
import { memoryAhead } from './image-memory.ts';

let warm: { readonly key: string; readonly images: CaseImages } | undefined;

/** The very case with the very studies: a prior that was found meanwhile makes it another. */
const keyOf = ({ contextKey, studies }: CaseToLoad): string =>
  [contextKey, ...studies.map(({ role, studyInstanceUid }) => `${role} ${studyInstanceUid}`)].join('|');

/**
 * Has the first hanging of the case that is likely opened next fetched and decoded, so that opening it paints from
 * memory; undefined lets go of what was made ready. With `hasImages` false only its metadata is fetched. Nothing of it is
 * shown before the reading screen asks for that very case.
 */
export function warmCase(next: (CaseToLoad & { readonly hasImages: boolean }) | undefined): void {
  const key = next && keyOf(next);
  if (warm?.key !== key) {
    warm?.images.close();
    warm = next && key !== undefined ? { key, images: createCaseImages(next, memoryAhead()) } : undefined;
  }
  if (next?.hasImages === true) void warm?.images.makeReady();
}

/** The images made ready for this case, given out once; anything else that was made ready stays. */
export function takeWarmCase(opened: CaseToLoad): CaseImages | undefined {
  if (warm?.key !== keyOf(opened)) return undefined;
  const { images } = warm;
  warm = undefined;
  return images;
}
