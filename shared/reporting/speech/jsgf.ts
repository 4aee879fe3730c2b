/** Rules by name; each an expansion in JSGF's notation: words, `<rule>`, `<NULL>`, `( | )`, `[ ]`, `*`, `+`. The rule `said` is the whole. */
export type Rules = Readonly<Record<string, string>>;

type Node =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'rule'; readonly name: string }
  | { readonly kind: 'sequence'; readonly of: readonly Node[] }
  | { readonly kind: 'choice'; readonly of: readonly Node[] }
  | { readonly kind: 'repeat'; readonly of: Node; readonly least: 0 | 1; readonly isOnce: boolean };

/** How much more an alternative is said than its neighbours; it does not matter to what can be said. */
const WEIGHT = /^\/[\d.]+\/$/;
const TOKEN = /<[^>]+>|[()[\]|*+]|[^\s()[\]|*+<>]+/g;

/** Reads one expansion (JSGF V1.0, 4). A bracket that is not closed is a fault of the data, so it throws. */
function parseExpansion(text: string): Node {
  const tokens = (text.match(TOKEN) ?? []).filter((token) => !WEIGHT.test(token));
  let at = 0;
  const choice = (): Node => {
    const of = [sequence()];
    while (tokens[at] === '|') {
      at += 1;
      of.push(sequence());
    }
    return of.length === 1 ? (of[0] ?? { kind: 'sequence', of: [] }) : { kind: 'choice', of };
  };
  const close = (bracket: string): void => {
    if (tokens[at] !== bracket) throw new Error(`unbalanced expansion: ${text}`);
    at += 1;
  };
  const atom = (): Node => {
    const token = tokens[at] ?? '';
    at += 1;
    if (token === '(' || token === '[') {
      const inner = choice();
      close(token === '(' ? ')' : ']');
      return token === '(' ? inner : { kind: 'repeat', of: inner, least: 0, isOnce: true };
    }
    if (token === '<NULL>') return { kind: 'sequence', of: [] };
    return token.startsWith('<') ? { kind: 'rule', name: token.slice(1, -1) } : { kind: 'word', word: token };
  };
  const sequence = (): Node => {
    const of: Node[] = [];
    while (at < tokens.length && ![')', ']', '|'].includes(tokens[at] ?? '')) {
      const inner = atom();
      const sign = tokens[at];
      if (sign === '*' || sign === '+') {
        at += 1;
        of.push({ kind: 'repeat', of: inner, least: sign === '*' ? 0 : 1, isOnce: false });
      } else of.push(inner);
    }
    return of.length === 1 ? (of[0] ?? { kind: 'sequence', of }) : { kind: 'sequence', of };
  };
  const whole = choice();
  if (at < tokens.length) throw new Error(`unbalanced expansion: ${text}`);
  return whole;
}

/** Rules that can be reached from `said`, parsed once. */
export interface ParsedRules {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly rules: Rules;
}

function namesIn(node: Node, take: (name: string) => void): void {
  switch (node.kind) {
    case 'word':
      return;
    case 'rule':
      take(node.name);
      return;
    case 'repeat':
      namesIn(node.of, take);
      return;
    default:
      for (const inner of node.of) namesIn(inner, take);
  }
}

export function parseRules(rules: Rules, root = 'said'): ParsedRules {
  const nodes = new Map<string, Node>();
  const visit = (name: string): void => {
    if (nodes.has(name) || name === 'VOID') return;
    const expansion = rules[name];
    if (expansion === undefined) throw new Error(`no rule named ${name}`);
    const node = parseExpansion(expansion);
    nodes.set(name, node);
    namesIn(node, visit);
  };
  visit(root);
  return { nodes, rules };
}

/** The grammar as JSGF text with the one public rule `said`. */
export function jsgfOf({ nodes, rules }: ParsedRules): string {
  const lines = [...nodes.keys()].map((name) => `${name === 'said' ? 'public ' : ''}<${name}> = ${rules[name] ?? ''};`);
  return `#JSGF V1.0;\ngrammar report;\n${lines.join('\n')}\n`;
}

/** Every word that can be said, once. */
export function wordsIn({ nodes }: ParsedRules): ReadonlySet<string> {
  const words = new Set<string>();
  const visit = (node: Node): void => {
    switch (node.kind) {
      case 'word':
        words.add(node.word);
        return;
      case 'rule':
        return;
      case 'repeat':
        visit(node.of);
        return;
      default:
        node.of.forEach(visit);
    }
  };
  for (const node of nodes.values()) visit(node);
  return words;
}

/** Whether the words, from first to last, can be said under the rules: every place a part may end is followed, each once. */
export function fits({ nodes }: ParsedRules, words: readonly string[], root = 'said'): boolean {
  const known = new Map<string, ReadonlySet<number>>();
  const endsOfRule = (name: string, at: number): ReadonlySet<number> => {
    const key = `${name} ${at}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const node = nodes.get(name);
    const ends = node === undefined ? new Set<number>() : endsOf(node, at);
    known.set(key, ends);
    return ends;
  };
  const endsOf = (node: Node, at: number): ReadonlySet<number> => {
    switch (node.kind) {
      case 'word':
        return words[at] === node.word ? new Set([at + 1]) : new Set();
      case 'rule':
        return endsOfRule(node.name, at);
      case 'choice':
        return new Set(node.of.flatMap((inner) => [...endsOf(inner, at)]));
      case 'sequence':
        return node.of.reduce<ReadonlySet<number>>(
          (starts, inner) => new Set([...starts].flatMap((start) => [...endsOf(inner, start)])),
          new Set([at]),
        );
      case 'repeat': {
        const ends = new Set(node.least === 0 ? [at] : []);
        let fresh: readonly number[] = [at];
        while (fresh.length > 0) {
          const next = fresh.flatMap((start) => [...endsOf(node.of, start)]).filter((end) => !ends.has(end));
          for (const end of next) ends.add(end);
          fresh = node.isOnce ? [] : [...new Set(next)];
        }
        return ends;
      }
    }
  };
  return endsOfRule(root, 0).has(words.length);
}

/** One of several, as an expansion; none of them: a rule that nothing fits. */
export const oneOf = (expansions: readonly string[]): string =>
  expansions.length === 0 ? '<VOID>' : [...new Set(expansions)].join(' | ');
