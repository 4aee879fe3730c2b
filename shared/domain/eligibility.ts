import { toIso, type EpochMs } from '../kernel/clock.ts';
import type { Licence, Radiologist } from './radiologist.ts';

/**
 * Why this radiologist may not read for a site of `region` at this moment, in words; empty when they may.
 * A radiologist without configured licences works alone and is not checked; neither is a site without a region
 * (a folder from a disc has none), which the worklist says beside the row.
 */
export function ineligibleReasons(reader: Radiologist, region: string | undefined, now: EpochMs): readonly string[] {
  if (reader.licences.length === 0 || region === undefined) return [];
  const ofRegion = reader.licences.filter((licence) => licence.region === region);
  const longest = ofRegion.reduce<Licence | undefined>(
    (best, licence) => (best === undefined || licence.until > best.until ? licence : best),
    undefined,
  );
  if (longest === undefined) return [`not licensed for ${region}`];
  // ISO days compare as text; the licence holds up to and including its last day.
  return longest.until >= toIso(now).slice(0, 10) ? [] : [`licence for ${region} ended ${longest.until}`];
}
