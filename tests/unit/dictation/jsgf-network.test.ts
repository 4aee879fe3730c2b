import { describe, expect, it } from 'vitest';

import { fsgOf, networkOf, wordsOf, type FreeNetwork } from '#renderer/dictation/engine/jsgf-network.ts';
import { jsgfOf, parseRules } from '#shared/reporting/speech/jsgf.ts';
import { NUMBER_RULES } from '#shared/reporting/speech/number-rules.ts';

/** Whether a network takes a row of words, by following every way at once. */
function takes({ start, end, steps, free }: FreeNetwork, said: string): boolean {
  const reach = (states: Iterable<number>) => {
    const reached = new Set(states);
    for (const at of reached) for (const [next] of free[at] ?? []) reached.add(next);
    return reached;
  };
  let here = reach([start]);
  for (const word of said.split(' ').filter(Boolean))
    here = reach([...here].flatMap((at) => (steps[at] ?? []).filter(([one]) => one === word).map(([, to]) => to)));
  return here.has(end);
}
const grammar = (rules: string) => networkOf(`#JSGF V1.0; grammar test; ${rules}`);

describe('a grammar as a network', () => {
  it('takes each alternative, and nothing else', () => {
    const network = grammar('public <a> = go to (impression | findings) | next field;');
    for (const said of ['go to impression', 'go to findings', 'next field']) expect(takes(network, said)).toBe(true);
    for (const said of ['go to', 'impression', 'next', 'go to next field', ''])
      expect(takes(network, said)).toBe(false);
  });
  it('knows what may be left out and what may be said again', () => {
    const network = grammar('public <a> = [very]* small (and tiny)+ | <b> [c]; <b> = x | y z;');
    for (const said of ['small and tiny', 'very very small and tiny and tiny', 'x', 'y z c'])
      expect(takes(network, said)).toBe(true);
    for (const said of ['small', 'very', 'y', 'x z']) expect(takes(network, said)).toBe(false);
  });
  it('lets a rule call itself at its end', () => {
    const network = grammar('public <claim> = effusion [(and | or) <claim>];');
    expect(takes(network, 'effusion and effusion or effusion')).toBe(true);
    expect(takes(network, 'effusion and')).toBe(false);
  });
  it('refuses a rule that calls itself in its middle, one that is missing, and an open bracket', () => {
    expect(() => grammar('public <a> = x <a> y | z;')).toThrow('calls itself');
    expect(() => grammar('public <a> = <b>;')).toThrow('no rule <b>');
    expect(() => grammar('public <a> = (x | y;')).toThrow('bracket');
  });
  it('makes likely what weighs much, and what may be left out half likely', () => {
    const text = fsgOf(grammar('public <a> = /3/ in | /1/ into;'));
    expect(text).toMatch(/ 0\.75000000 in$/m);
    expect(text).toMatch(/ 0\.25000000 into$/m);
    const left = fsgOf(grammar('public <a> = [very | most | more] small;'));
    expect(left.match(/ 0\.16666667 (very|most|more)$/gm)).toHaveLength(3);
    expect(left).toMatch(/^TRANSITION \d+ \d+ 0\.50000000$/m);
    // A group counts as one among its neighbours.
    expect(fsgOf(grammar('public <a> = (x | y) | z;'))).toMatch(/ 0\.50000000 z$/m);
  });
  it('overlooks tags and comments', () => {
    const network = grammar('/* what */ public <a> = /2.5/ yes {tag} | /1/ no; // end');
    expect(wordsOf(network).toSorted((one, other) => one.localeCompare(other))).toEqual(['no', 'yes']);
  });
  it('takes nothing where nothing is possible', () => {
    const network = grammar('public <a> = <VOID> | [<NULL>] yes;');
    expect(takes(network, 'yes')).toBe(true);
    expect(takes(network, '')).toBe(false);
  });
  it('is written as a finite state grammar with one start and one end', () => {
    const text = fsgOf(grammar('public <a> = yes | no;'));
    expect(text).toMatch(/^FSG_BEGIN said\nNUM_STATES \d+\nSTART_STATE 0\nFINAL_STATE 1\n/);
    expect(text.match(/^TRANSITION \d+ 1 [\d.]+ (yes|no)$/gm)).toHaveLength(2);
    expect(text.endsWith('FSG_END\n')).toBe(true);
  });
});

/** How likely a row of words is, by all ways to say it. */
function likelihood({ start, end, steps, free }: FreeNetwork, said: string): number {
  const words = said.split(' ');
  const from = (state: number, at: number): number => {
    const onward = (free[state] ?? []).reduce((sum, [next, share]) => sum + share * from(next, at), 0);
    const spoken = (steps[state] ?? []).filter(([word]) => word === words[at]);
    const here = spoken.reduce((sum, [, next, share]) => sum + share * from(next, at + 1), 0);
    return onward + here + (state === end && at === words.length ? 1 : 0);
  };
  return from(start, 0);
}

describe('the likelihood of a number', () => {
  const network = networkOf(jsgfOf(parseRules({ ...NUMBER_RULES, said: '<decimal>' })));
  it('is about the same for two that sound alike', () => {
    for (const [teen, ten] of [
      ['thirteen', 'thirty'],
      ['fifteen', 'fifty'],
    ] as const) {
      const ratio = likelihood(network, teen) / likelihood(network, ten);
      expect({ teen, isAlike: ratio > 0.4 && ratio < 2.5 }).toEqual({ teen, isAlike: true });
    }
  });
  it('is greater with what stands before the point than without', () => {
    expect(likelihood(network, 'two point three')).toBeGreaterThan(likelihood(network, 'point three') / 20);
    expect(likelihood(network, 'minus two')).toBeLessThan(likelihood(network, 'two') / 10);
  });
});
