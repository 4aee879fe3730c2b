import type { InstanceRef } from '#electron/workstation/ports.ts';
import type { SiteId, StudyInstanceUid } from '#shared/domain/identifiers.ts';

import { seededRandom } from './seeded-random.ts';

/** Every campaign has its own folder: the key needs to be the same in both processes and nothing else. */
export const CACHE_KEY = Buffer.alloc(32, 11);
export const ROOMY_BYTES = 4 * 1024 ** 3;
/** Holds about two dozen of the images below: writing goes on by evicting. */
export const NARROW_BYTES = 3 * 1024 * 1024;
const LARGEST_BYTES = 256 * 1024;
const IMAGES_PER_STUDY = 6;
/** So many numbers apart two images are the same bytes in another study: one content, linked twice. */
const SAME_AGAIN = 10;

export function cachedInstance(nth: number): InstanceRef {
  const studyInstanceUid = `1.2.${Math.floor(nth / IMAGES_PER_STUDY)}` as StudyInstanceUid;
  return {
    siteId: 'kill' as SiteId,
    studyInstanceUid,
    seriesInstanceUid: `${studyInstanceUid}.1`,
    sopInstanceUid: `${studyInstanceUid}.1.${nth}`,
  };
}

/** The same bytes for the same number, in any process. */
export function cachedContent(nth: number): Uint8Array {
  const source = nth % 5 === 4 && nth >= SAME_AGAIN ? nth - SAME_AGAIN : nth;
  const random = seededRandom(source + 1);
  const bytes = new Uint8Array(1024 + Math.floor(random() * LARGEST_BYTES));
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = (source * 31 + at * 7 + (at >> 8)) & 0xff;
  return bytes;
}
