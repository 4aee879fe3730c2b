import type { FreeNetwork } from './jsgf-network.ts';

function freely({ free }: FreeNetwork, states: Iterable<number>): ReadonlySet<number> {
  const reached = new Set(states);
  for (const state of reached) for (const [next] of free[state] ?? []) reached.add(next);
  return reached;
}

/** Whether the grammar allows this row of words, from first to last. */
export function canBeSaid(network: FreeNetwork, words: readonly string[]): boolean {
  let here = freely(network, [network.start]);
  for (const said of words) {
    const ways = [...here].flatMap((from) => network.steps[from] ?? []).filter(([word]) => word === said);
    here = freely(
      network,
      ways.map(([, to]) => to),
    );
  }
  return here.has(network.end);
}

/** What else can be said in the place of each word while all others stay, by the grammar alone. */
export function substitutes(network: FreeNetwork, words: readonly string[]): readonly ReadonlySet<string>[] {
  const known = new Map<string, boolean>();
  /** Whether the words from `at` on lead from a state to the end. */
  const canFinish = (state: number, at: number): boolean => {
    const key = `${state} ${at}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const reached = freely(network, [state]);
    const can =
      at === words.length
        ? reached.has(network.end)
        : [...reached].some((from) =>
            (network.steps[from] ?? []).some(([word, to]) => word === words[at] && canFinish(to, at + 1)),
          );
    known.set(key, can);
    return can;
  };
  let here = freely(network, [network.start]);
  return words.map((said, at) => {
    const ways = [...here].flatMap((from) => network.steps[from] ?? []);
    const others = ways.filter(([word, to]) => word !== said && canFinish(to, at + 1)).map(([word]) => word);
    here = freely(
      network,
      ways.filter(([word]) => word === said).map(([, to]) => to),
    );
    return new Set(others);
  });
}
