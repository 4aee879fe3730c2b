import type { ExpectedInstance } from './series-order.ts';

/** Where in a series somebody looks; what is fetched next lies nearest to it. */
export interface Attention {
  look(sopInstanceUid: string): void;
  /** The instance looked at; undefined while nobody looks. */
  at(): string | undefined;
  /** The nearest that is wanted, the later side first; from the beginning while nobody looks. */
  nearest(isWanted: (sopInstanceUid: string) => boolean): string | undefined;
}

export function createAttention(instances: () => readonly ExpectedInstance[]): Attention {
  let looked: string | undefined;
  return {
    look(sop) {
      looked = sop;
    },
    at: () => looked,
    nearest(isWanted) {
      const all = instances();
      const wanted = (index: number) => {
        const sop = all[index]?.sopInstanceUid;
        return sop !== undefined && isWanted(sop) ? sop : undefined;
      };
      const centre = Math.max(
        all.findIndex(({ sopInstanceUid }) => sopInstanceUid === looked),
        0,
      );
      for (let step = 0; step <= all.length; step += 1) {
        const found = wanted(centre + step) ?? wanted(centre - step);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}
