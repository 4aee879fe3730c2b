import type { CacheTrouble } from '#electron/workstation/ports.ts';

/**
 * What the reader is told while the cache takes nothing more, or when copies in it were found damaged. Reading goes on: what
 * is opened comes from the site.
 */
export function imageStoreWords(trouble: CacheTrouble | undefined, damaged = 0): string | undefined {
  if (trouble === undefined && damaged > 0) {
    const copies = damaged === 1 ? 'One stored copy of an image was' : `${damaged} stored copies of images were`;
    return `${copies} damaged and fetched again from the site: have this disk checked.`;
  }
  if (trouble === undefined) return undefined;
  const goesOn = 'Images are not fetched ahead; reading goes on from the sites.';
  if (trouble.by === 'budget') return `The space for images is taken by open and next readings. ${goesOn}`;
  switch (trouble.refusal) {
    case 'no-space':
      return `The disk is full. ${goesOn}`;
    case 'read-only':
      return `The disk cannot be written. ${goesOn}`;
    default:
      return `Images cannot be kept on the disk. ${goesOn}`;
  }
}
