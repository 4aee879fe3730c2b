import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseJsonObject } from '#electron/hub/json-shape.ts';

describe('parsing a body that anyone may have written', () => {
  it('gives any JSON object back, whatever its texts hold', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (object) => {
        expect(parseJsonObject(JSON.stringify(object))).toEqual(JSON.parse(JSON.stringify(object)));
      }),
    );
  });

  it('does not count brackets inside texts', () => {
    const text = `${'[{'.repeat(200)}\\"`;
    expect(parseJsonObject(JSON.stringify({ text }))).toEqual({ text });
  });

  it.each(['', 'null', '[]', '"x"', '{', '{"a":1}}', '\u0000'])('refuses %j with 400', (text) => {
    expect(() => parseJsonObject(text)).toThrow(expect.objectContaining({ status: 400 }));
  });

  it('refuses what is nested deeper than any resource, before it could exhaust the stack', () => {
    const nested = (depth: number) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(parseJsonObject(nested(59))).toBeDefined();
    expect(() => parseJsonObject(nested(60))).toThrow('nested too deeply');
    expect(() => parseJsonObject(nested(1_000_000))).toThrow('nested too deeply');
  });
});
