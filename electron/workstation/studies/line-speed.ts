import type { FrameDescription } from '#shared/dicom/frame-description.ts';
import { transferSyntax } from '#shared/dicom/transfer-syntaxes.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';

import type { ExpectedInstance } from './series-order.ts';

/** What a site's line was measured to carry, and how large images of its kinds are as this site sends them. */
export interface LineSpeed {
  record(siteId: SiteId, bytes: number, instances: number, durationMs: number): void;
  /** Undefined before the first measurement. */
  bytesPerSecond(siteId: SiteId): number | undefined;
  /** One instance as it came. */
  recordStored(
    siteId: SiteId,
    expected: ExpectedInstance | undefined,
    description: FrameDescription,
    bytes: number,
  ): void;
  /** Mean size of an instance of this modality, of any modality where none of this one came; undefined before the first. */
  instanceBytes(siteId: SiteId, modality: string | undefined): number | undefined;
  /** Bytes on the line for a byte of pixels. */
  packing(siteId: SiteId, modality: string | undefined): number | undefined;
  /** The site stores this modality uncompressed. */
  isPackingWorth(siteId: SiteId, modality: string | undefined): boolean;
}

interface Mean {
  sum: number;
  weight: number;
}

/** Shorter transfers say more about latency than about the line. */
const LEAST_BYTES = 64 * 1024;
/** Share of a new measurement in the running mean: a line that slowed down is noticed after a few series. */
const NEW_SHARE = 0.4;
/** Instances a mean remembers. */
const REMEMBERED = 200;

export function createLineSpeed(): LineSpeed {
  const speeds = new Map<SiteId, number>();
  const sizes = new Map<string, Mean>();
  const packings = new Map<string, Mean>();
  const uncompressed = new Map<string, boolean>();
  const key = (siteId: SiteId, modality: string | undefined) => `${siteId}|${modality ?? ''}`;

  const add = (means: Map<string, Mean>, at: string, value: number) => {
    const mean = means.get(at) ?? { sum: 0, weight: 0 };
    const fade = mean.weight < REMEMBERED ? 1 : 1 - 1 / REMEMBERED;
    means.set(at, { sum: mean.sum * fade + value, weight: mean.weight * fade + 1 });
  };
  const mean = (means: Map<string, Mean>, at: string): number | undefined => {
    const found = means.get(at);
    return found === undefined ? undefined : found.sum / found.weight;
  };

  return {
    record(siteId, bytes, instances, durationMs) {
      if (bytes < LEAST_BYTES || instances === 0) return;
      const now = (bytes / Math.max(durationMs, 1)) * 1000;
      const before = speeds.get(siteId) ?? now;
      speeds.set(siteId, before + NEW_SHARE * (now - before));
    },
    bytesPerSecond: (siteId) => speeds.get(siteId),
    recordStored(siteId, expected, description, bytes) {
      const modality = expected?.modality;
      for (const at of new Set([key(siteId, modality), key(siteId, undefined)])) {
        add(sizes, at, bytes);
        if ((expected?.pixelBytes ?? 0) > 0) add(packings, at, bytes / (expected?.pixelBytes ?? 1));
      }
      // What was packed for us says nothing about how it is stored; what came raw was stored so.
      const isRaw = transferSyntax(description.transferSyntaxUid).coding === 'native' && description.rows > 0;
      if (isRaw) uncompressed.set(key(siteId, modality), true);
    },
    instanceBytes: (siteId, modality) => mean(sizes, key(siteId, modality)) ?? mean(sizes, key(siteId, undefined)),
    packing: (siteId, modality) => mean(packings, key(siteId, modality)) ?? mean(packings, key(siteId, undefined)),
    isPackingWorth: (siteId, modality) => uncompressed.get(key(siteId, modality)) === true,
  };
}
