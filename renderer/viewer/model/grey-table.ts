import type { GreyNode } from './display.ts';

/** Every value a 16-bit sample can have, signed or not. */
const LOWEST = -32_768;
const HIGHEST = 65_535;

/** A grey 0..1 between two nodes; the first and the last hold for what lies beyond them. */
export function greyAt(nodes: readonly GreyNode[], value: number): number {
  let low = 0;
  let high = nodes.length - 1;
  const [first, last] = [nodes[low], nodes[high]];
  if (!first || !last || value <= first[0]) return first?.[1] ?? 0;
  if (value >= last[0]) return last[1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (nodes[middle]![0] <= value) low = middle;
    else high = middle;
  }
  const [fromAt, from] = nodes[low]!;
  const [toAt, to] = nodes[high]!;
  return toAt === fromAt ? to : from + ((value - fromAt) / (toAt - fromAt)) * (to - from);
}

export interface GreyTable {
  readonly nodes: readonly GreyNode[];
  /** Opaque grey of each value, four equal bytes but the last (alpha, little-endian), at `value + offset`. */
  readonly greys: Uint32Array;
  readonly offset: number;
}

const isSame = (one: readonly GreyNode[], other: readonly GreyNode[]): boolean =>
  one.length === other.length && one.every(([at, grey], index) => at === other[index]![0] && grey === other[index]![1]);

/** The transfer function for each integer sample; `before` is used again when it says the same. */
export function greyTable(nodes: readonly GreyNode[], before?: GreyTable): GreyTable {
  if (before && isSame(before.nodes, nodes)) return { ...before, nodes };
  const greys = new Uint32Array(HIGHEST - LOWEST + 1);
  for (let value = LOWEST; value <= HIGHEST; value += 1) {
    const grey = Math.round(greyAt(nodes, value) * 255);
    greys[value - LOWEST] = (0xff000000 | (grey << 16) | (grey << 8) | grey) >>> 0;
  }
  return { nodes, greys, offset: -LOWEST };
}
