/** JSGF (W3C note, JSpeech Grammar Format 1.0) as a network with free steps: what its text says, state by state. */
export interface FreeNetwork {
  readonly start: number;
  readonly end: number;
  /** From each state: words, each with the state behind it and how likely it is said there. */
  readonly steps: readonly (readonly (readonly [word: string, to: number, share: number])[])[];
  /** From each state: states that are reached without a word. */
  readonly free: readonly (readonly (readonly [to: number, share: number])[])[];
}

/** What may be left out is left out as often as not, and what may be said again likewise, however many ways there are to say it. */
const LEFT_OUT = 0.5;

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
    // Tags mean nothing to what can be said.
    tokens.set(
      name,
      (expansion.match(TOKEN) ?? []).filter((token) => !token.startsWith('{')),
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
  const steps: [string, number, number][][] = [];
  const free: [number, number][][] = [];
  const state = (): number => {
    free.push([]);
    return steps.push([]) - 1;
  };

  function rule(name: string, from: number, to: number, share: number, stack: readonly Frame[]): void {
    if (name === 'NULL') return void free[from]?.push([to, share]);
    if (name === 'VOID') return;
    const again = stack.find((frame) => frame.rule === name && frame.to === to);
    if (again !== undefined) return void free[from]?.push([again.from, share]);
    const body = tokens.get(name);
    if (body === undefined) throw new Error(`no rule <${name}>`);
    if (stack.length > DEEPEST) throw new Error(`<${name}> calls itself in its middle`);
    const begun = state();
    free[from]?.push([begun, share]);
    expand(body, begun, to, 1, [...stack, { rule: name, from: begun, to }]);
  }

  function expand(body: readonly string[], from: number, to: number, share: number, stack: readonly Frame[]): void {
    const alternatives = parts(body).map(weighed);
    const whole = alternatives.reduce((sum, { weight }) => sum + weight, 0);
    for (const { weight, items } of alternatives) {
      const own = (share * weight) / whole;
      let at = from;
      items.forEach((item, index) => {
        const next = index === items.length - 1 ? to : state();
        place(item, at, next, index === 0 ? own : 1, stack);
        at = next;
      });
      if (items.length === 0) free[from]?.push([to, own]);
    }
  }

  function place({ token, inner, sign }: Item, from: number, to: number, share: number, stack: readonly Frame[]): void {
    const once = (begin: number, end: number, of: number) => {
      if (inner !== undefined) expand(inner, begin, end, of, stack);
      else if (token.startsWith('<')) rule(token.slice(1, -1), begin, end, of, stack);
      else steps[begin]?.push([token, end, of]);
    };
    const canBeLeftOut = token === '[' || sign === '*';
    if (canBeLeftOut) free[from]?.push([to, share * LEFT_OUT]);
    const said = canBeLeftOut ? share * (1 - LEFT_OUT) : share;
    if (sign === '') return once(from, to, said);
    const [begin, end] = [state(), state()];
    free[from]?.push([begin, said]);
    free[end]?.push([begin, 1 - LEFT_OUT], [to, LEFT_OUT]);
    once(begin, end, 1);
  }

  const [start, end] = [state(), state()];
  rule(first, start, end, 1, []);
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

/** An alternative may say how much more it is said than the others (JSGF 4.3); one that does not weighs one. */
function weighed(sequence: readonly string[]): { readonly weight: number; readonly items: readonly Item[] } {
  const [, weight] = /^\/(.*)\/$/.exec(sequence[0] ?? '') ?? [];
  if (weight === undefined) return { weight: 1, items: itemsOf(sequence) };
  return { weight: Number(weight), items: itemsOf(sequence.slice(1)) };
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
    const onward = (free[from] ?? []).filter(([to]) => to !== from);
    const whole = [...ways.map(([, , share]) => share), ...onward.map(([, share]) => share)].reduce(
      (sum, share) => sum + share,
      0,
    );
    const chance = (share: number) => Math.max(1e-8, share / whole).toFixed(8);
    return [
      ...ways.map(([word, to, share]) => `TRANSITION ${from} ${to} ${chance(share)} ${word}`),
      ...onward.map(([to, share]) => `TRANSITION ${from} ${to} ${chance(share)}`),
    ];
  });
  const head = ['FSG_BEGIN said', `NUM_STATES ${steps.length}`, `START_STATE ${start}`, `FINAL_STATE ${end}`];
  return [...head, ...lines, 'FSG_END', ''].join('\n');
}
