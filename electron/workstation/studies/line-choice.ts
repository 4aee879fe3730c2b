import type { ArchiveAbilities, MeasuredLine, SiteArchive } from '#electron/ports/site-archive.ts';

/** Below 40 Mbit/s the order of what comes matters more than the number of requests. */
const THIN_BYTES_PER_SECOND = 5_000_000;
/** Below 100 Mbit/s it does for a series that takes long; a busy machine can make a fast line look like this for a moment. */
const SLOW_BYTES_PER_SECOND = 12_500_000;
const LONG_S = 6;
/** So few are asked for one by one on any line that was measured. */
const FEW = 8;
const MOST_AT_ONCE = 6;

const EVERYTHING: ArchiveAbilities = {
  accept: 'as-stored',
  givesSeries: true,
  givesInstances: true,
  metadata: 'wado',
};

export const abilitiesOf = (archive: SiteArchive): ArchiveAbilities => archive.abilities?.() ?? EVERYTHING;

export const isThin = (line: MeasuredLine | undefined): boolean =>
  line !== undefined && line.bytesPerSecond < THIN_BYTES_PER_SECOND;

/**
 * Instance by instance, in the order of attention, or the whole series in one answer, in the order of the archive. One answer
 * is several times faster on a fast line, but cannot be turned, and sends again what is here already.
 */
export function isOneByOne(
  archive: SiteArchive,
  series: { readonly missing: number; readonly missingBytes: number; readonly heldBefore: number },
): boolean {
  const { givesSeries, givesInstances } = abilitiesOf(archive);
  if (!givesInstances) return false;
  const line = archive.line?.();
  const isFew = line !== undefined && series.missing <= FEW;
  const isLong =
    line !== undefined &&
    line.bytesPerSecond < SLOW_BYTES_PER_SECOND &&
    series.missingBytes / line.bytesPerSecond > LONG_S;
  return !givesSeries || series.heldBefore > 0 || isFew || isLong || isThin(line);
}

/** As many requests as keep the line full while others wait for their answer, and no more: each delays the next turn of attention. */
export function requestsAtOnce(line: MeasuredLine | undefined, instanceBytes: number): number {
  if (line === undefined || !isThin(line)) return MOST_AT_ONCE;
  const bytesOnTheWay = (line.bytesPerSecond * line.answerMs) / 1000;
  return Math.min(MOST_AT_ONCE, 2 + Math.ceil(bytesOnTheWay / Math.max(instanceBytes, 1)));
}
