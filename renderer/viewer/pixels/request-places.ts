/** Whom a request serves: no kind may hold so many places that another has none. */
export type ClaimKind = 'current' | 'prior' | 'ahead';

export interface Claim {
  readonly kind: () => ClaimKind;
  /** The lower the sooner; asked anew whenever a place may change hands. */
  readonly rank: () => number;
  /** Someone of lower rank waits: leave at the next good moment, and come again. What cannot, stays until it is done. */
  readonly giveWay?: () => void;
}

export interface RequestPlaces {
  /** Resolves when there is a place, at once for a signal that has one; it is left by aborting the signal. Rejects when that comes first. */
  enter(claim: Claim, signal: AbortSignal): Promise<void>;
  /** Holds a place while `work` runs. */
  during<T>(claim: Claim, work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Ranks may have changed. */
  reconsider(): void;
}

/** Of `places` in all so many for each kind: a dead site of a prior never stands in the way of the study that is read. */
const LIMITS = (places: number): Record<ClaimKind, number> => ({ current: places, prior: places - 1, ahead: 1 });

interface Entrant {
  readonly claim: Claim;
  readonly signal: AbortSignal;
  readonly let: () => void;
  isAskedToLeave: boolean;
}

/**
 * Requests that may last as long as a site's line is slow, a few at a time. A browser keeps six connections to one address for all
 * its windows (HTTP/1.1): were they all full of images, nothing typed would be kept until one of these had come.
 */
export function createRequestPlaces(places: number): RequestPlaces {
  const limits = LIMITS(places);
  const holders = new Map<AbortSignal, Entrant>();
  let waiting: Entrant[] = [];
  let isDue = false;

  const countOf = (kind: ClaimKind): number =>
    [...holders.values()].filter(({ claim }) => claim.kind() === kind).length;
  const rankOf = ({ claim }: Entrant): number => claim.rank();
  /** The first of the lowest rank: who has waited longest. */
  const lowest = (entrants: readonly Entrant[]): Entrant | undefined =>
    entrants.reduce<Entrant | undefined>(
      (best, one) => (best === undefined || rankOf(one) < rankOf(best) ? one : best),
      undefined,
    );
  const hasRoomFor = ({ claim }: Entrant): boolean => countOf(claim.kind()) < limits[claim.kind()];

  function settle(): void {
    isDue = false;
    while (holders.size < places) {
      const next = lowest(waiting.filter(hasRoomFor));
      if (next === undefined) break;
      waiting = waiting.filter((one) => one !== next);
      holders.set(next.signal, next);
      next.let();
    }
    // Places that are about to be free are those of the first who wait.
    const leaving = [...holders.values()].filter(({ isAskedToLeave }) => isAskedToLeave).length;
    for (const one of waiting.toSorted((a, b) => rankOf(a) - rankOf(b)).slice(leaving)) askFor(one);
  }

  /** The holder of the highest rank leaves for who is more urgent; where the kind has no room, one of that kind. */
  function askFor(wanting: Entrant): void {
    const kind = wanting.claim.kind();
    const leavable = [...holders.values()].filter(
      ({ claim, isAskedToLeave }) =>
        claim.giveWay !== undefined && !isAskedToLeave && (hasRoomFor(wanting) || claim.kind() === kind),
    );
    const worst = leavable.reduce<Entrant | undefined>(
      (found, one) => (found === undefined || rankOf(one) > rankOf(found) ? one : found),
      undefined,
    );
    if (worst === undefined || rankOf(worst) <= rankOf(wanting)) return;
    worst.isAskedToLeave = true;
    worst.claim.giveWay?.();
  }

  /** Once all that is asked for at one time is known. */
  function reconsider(): void {
    if (isDue || waiting.length === 0) return;
    isDue = true;
    queueMicrotask(settle);
  }

  function enter(claim: Claim, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    if (holders.has(signal)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const entrant: Entrant = { claim, signal, let: resolve, isAskedToLeave: false };
      waiting.push(entrant);
      signal.addEventListener(
        'abort',
        () => {
          waiting = waiting.filter((one) => one !== entrant);
          holders.delete(signal);
          reject(signal.reason as Error);
          reconsider();
        },
        { once: true },
      );
      reconsider();
    });
  }

  return {
    enter,
    async during(claim, work, signal) {
      const done = new AbortController();
      const either = signal === undefined ? done.signal : AbortSignal.any([done.signal, signal]);
      await enter(claim, either);
      try {
        return await work();
      } finally {
        done.abort();
      }
    },
    reconsider,
  };
}
