import type { SiteId } from '#shared/domain/identifiers.ts';

/** What a site's line was measured to carry. */
export interface LineSpeed {
  record(siteId: SiteId, bytes: number, instances: number, durationMs: number): void;
  /** Undefined before the first measurement. */
  bytesPerSecond(siteId: SiteId): number | undefined;
  /** Mean size of an instance as this site sends them. */
  instanceBytes(siteId: SiteId): number | undefined;
}

/** Shorter transfers say more about latency than about the line. */
const LEAST_BYTES = 64 * 1024;
/** Share of a new measurement in the running mean: a line that slowed down is noticed after a few series. */
const NEW_SHARE = 0.4;

export function createLineSpeed(): LineSpeed {
  const measured = new Map<SiteId, { readonly bytesPerSecond: number; readonly instanceBytes: number }>();
  return {
    record(siteId, bytes, instances, durationMs) {
      if (bytes < LEAST_BYTES || instances === 0) return;
      const now = { bytesPerSecond: (bytes / Math.max(durationMs, 1)) * 1000, instanceBytes: bytes / instances };
      const before = measured.get(siteId) ?? now;
      const mean = (old: number, fresh: number) => old + NEW_SHARE * (fresh - old);
      measured.set(siteId, {
        bytesPerSecond: mean(before.bytesPerSecond, now.bytesPerSecond),
        instanceBytes: mean(before.instanceBytes, now.instanceBytes),
      });
    },
    bytesPerSecond: (siteId) => measured.get(siteId)?.bytesPerSecond,
    instanceBytes: (siteId) => measured.get(siteId)?.instanceBytes,
  };
}
