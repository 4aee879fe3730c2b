import { MINUTE_MS, type Clock } from '#shared/kernel/clock.ts';

/** Counts what comes from one address. */
export interface RequestLimits {
  /** False: this one is too many. */
  allowRequest(address: string): boolean;
  allowCode(address: string): boolean;
}

const WINDOW_MS = 15 * MINUTE_MS;
const MAX_REQUESTS = 3000;
const MAX_CODES = 20;
/** Far more addresses than sites: beyond it the oldest are forgotten, so that memory stays bounded. */
const MAX_ADDRESSES = 10_000;

export function createRequestLimits(clock: Clock): RequestLimits {
  const counter = (limit: number) => {
    const seen = new Map<string, { readonly since: number; count: number }>();
    return (address: string): boolean => {
      const now = clock.now();
      const known = seen.get(address);
      const entry = known !== undefined && now - known.since < WINDOW_MS ? known : { since: now, count: 0 };
      entry.count += 1;
      seen.delete(address);
      seen.set(address, entry);
      const [oldest] = seen.keys();
      if (seen.size > MAX_ADDRESSES && oldest !== undefined) seen.delete(oldest);
      return entry.count <= limit;
    };
  };
  return { allowRequest: counter(MAX_REQUESTS), allowCode: counter(MAX_CODES) };
}
