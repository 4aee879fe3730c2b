import type { CacheTrouble } from '#electron/workstation/ports.ts';

/** What the reader is told while the cache takes nothing more. Reading goes on: what is opened comes from the site. */
export function imageStoreWords(trouble: CacheTrouble | undefined): string | undefined {
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
