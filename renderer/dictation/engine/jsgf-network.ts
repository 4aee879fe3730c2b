/** JSGF (W3C note, JSpeech Grammar Format 1.0) as a network with free steps: what its text says, state by state. */
export interface FreeNetwork {
  readonly start: number;
  readonly end: number;
  /** From each state: words, each with the state behind it. */
  readonly steps: readonly (readonly (readonly [word: string, to: number])[])[];
  /** From each state: states that are reached without a word. */
  readonly free: readonly (readonly number[])[];
}

const TOKEN = /<[^>]+>|\/[\d.eE+-]+\/|\{[^}]*\}|[()[\]|*+]|[^\s()[\]|*+<>{}]+/g;
const RULE = /^(public\s+)?<([^>]+)>\s*=([\s\S]*)$/;

interface RuleTexts {
  readonly first: string;
  readonly tokens: ReadonlyMap<string, readonly string[]>;
}

function readRules(jsgf: string): RuleTexts {
  const bare = jsgf.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ' ').replace(/^\s*#JSGF[^;]*;/, '');
  const tokens = new Map<string, readonly string[]>();
  let first: string | undefined;
  for (const statement of bare.split(';').map((text) => text.trim())) {
    if (statement === '' || /^grammar\s/.test(statement)) continue;
    const [, isPublic, name, expansion] = RULE.exec(statement) ?? [];
    if (name === undefined || expansion === undefined) throw new Error(`no rule: ${statement.slice(0, 60)}`);
    // Weights and tags mean nothing to what can be said.
    tokens.set(
      name,
      (expansion.match(TOKEN) ?? []).filter((token) => !/^[/{]/.test(token)),
    );
    if (isPublic !== undefined) first ??= name;
  }
  if (first === undefined) throw new Error('no public rule');
  return { first, tokens };
}

interface Frame {
  readonly rule: string;
  readonly from: number;
  readonly to: number;
}

/** A grammar whose rules run into one another without end is a fault of its maker. */
const DEEPEST = 60;

/** Builds the network of a grammar's public rule. A rule may call itself at its end, as the engine's own reader allows. */
export function networkOf(jsgf: string): FreeNetwork {
  const { first, tokens } = readRules(jsgf);
  const steps: [string, number][][] = [];
  const free: number[][] = [];
  const state = (): number => {
    free.push([]);
    return steps.push([]) - 1;
  };

  function rule(name: string, from: number, to: number, stack: readonly Frame[]): void {
    if (name === 'NULL') return void free[from]?.push(to);
    if (name === 'VOID') return;
    const again = stack.find((frame) => frame.rule === name && frame.to === to);
    if (again !== undefined) return void free[from]?.push(again.from);
    const body = tokens.get(name);
    if (body === undefined) throw new Error(`no rule <${name}>`);
    if (stack.length > DEEPEST) throw new Error(`<${name}> calls itself in its middle`);
    const begun = state();
    free[from]?.push(begun);
    expand(body, begun, to, [...stack, { rule: name, from: begun, to }]);
  }

  function expand(body: readonly string[], from: number, to: number, stack: readonly Frame[]): void {
    for (const sequence of parts(body)) {
      const items = itemsOf(sequence);
      let at = from;
      items.forEach((item, index) => {
        const next = index === items.length - 1 ? to : state();
        place(item, at, next, stack);
        at = next;
      });
      if (items.length === 0) free[from]?.push(to);
    }
  }

  function place({ token, inner, sign }: Item, from: number, to: number, stack: readonly Frame[]): void {
    const once = (begin: number, end: number) => {
      if (inner !== undefined) expand(inner, begin, end, stack);
      else if (token.startsWith('<')) rule(token.slice(1, -1), begin, end, stack);
      else steps[begin]?.push([token, end]);
    };
    if (token === '[') free[from]?.push(to);
    if (sign === '') return once(from, to);
    const [begin, end] = [state(), state()];
    free[from]?.push(begin);
    free[end]?.push(begin, to);
    if (sign === '*') free[from]?.push(to);
    once(begin, end);
  }

  const [start, end] = [state(), state()];
  rule(first, start, end, []);
  return { start, end, steps, free };
}

interface Item {
  readonly token: string;
  /** What stands in brackets. */
  readonly inner: readonly string[] | undefined;
  readonly sign: '' | '*' | '+';
}

/** At `|` outside of brackets. */
function parts(body: readonly string[]): readonly (readonly string[])[] {
  const found: string[][] = [[]];
  let depth = 0;
  for (const token of body) {
    if (token === '(' || token === '[') depth++;
    if (token === ')' || token === ']') depth--;
    if (token === '|' && depth === 0) found.push([]);
    else found.at(-1)?.push(token);
  }
  return found;
}

function itemsOf(sequence: readonly string[]): readonly Item[] {
  const items: Item[] = [];
  for (let at = 0; at < sequence.length; at++) {
    const token = sequence[at] ?? '';
    let inner: readonly string[] | undefined;
    if (token === '(' || token === '[') {
      const from = at + 1;
      for (let depth = 1; depth > 0;) {
        at++;
        const next = sequence[at];
        if (next === undefined) throw new Error('a bracket is not closed');
        if (next === '(' || next === '[') depth++;
        if (next === ')' || next === ']') depth--;
      }
      inner = sequence.slice(from, at);
    }
    const sign = sequence[at + 1];
    if (sign === '*' || sign === '+') at++;
    items.push({ token, inner, sign: sign === '*' || sign === '+' ? sign : '' });
  }
  return items;
}

/** Words that can be said, each once. */
export const wordsOf = ({ steps }: FreeNetwork): readonly string[] => [
  ...new Set(steps.flatMap((ways) => ways.map(([word]) => word))),
];

/**
 * In the recogniser's own notation of a finite state grammar (Sphinx FSG). Its reader of JSGF copies rules with so many
 * free steps that a report's grammar takes three times as long to hear and six times as long to load.
 */
export function fsgOf({ start, end, steps, free }: FreeNetwork): string {
  const lines = steps.flatMap((ways, from) => {
    const onward = (free[from] ?? []).filter((to) => to !== from);
    const chance = (1 / Math.max(1, ways.length + onward.length)).toFixed(6);
    return [
      ...ways.map(([word, to]) => `TRANSITION ${from} ${to} ${chance} ${word}`),
      ...onward.map((to) => `TRANSITION ${from} ${to} ${chance}`),
    ];
  });
  const head = ['FSG_BEGIN said', `NUM_STATES ${steps.length}`, `START_STATE ${start}`, `FINAL_STATE ${end}`];
  return [...head, ...lines, 'FSG_END', ''].join('\n');
}
