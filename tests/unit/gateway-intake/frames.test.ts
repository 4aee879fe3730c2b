import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createFrameReader, frame } from '#electron/adapters/hl7-mllp/frames.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const texts = (messages: readonly Uint8Array[] | 'too-long') =>
  messages === 'too-long' ? messages : messages.map((each) => new TextDecoder().decode(each));

describe('MLLP frames', () => {
  it('are found whatever the cuts of the stream', () => {
    const message = fc
      .uint8Array({ maxLength: 40 })
      .map((each) => each.filter((byte) => byte !== 0x0b && byte !== 0x1c));
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), fc.array(fc.nat(20), { minLength: 1 }), (messages, cuts) => {
        const stream = Uint8Array.from(messages.flatMap((each) => [...frame(each)]));
        const reader = createFrameReader(1000);
        const found: Uint8Array[] = [];
        for (let at = 0, turn = 0; at < stream.length; turn += 1) {
          const size = (cuts[turn % cuts.length] ?? 0) + 1;
          const read = reader.read(stream.subarray(at, at + size));
          if (read === 'too-long') throw new Error('too long');
          found.push(...read);
          at += size;
        }
        expect(found).toEqual(messages);
        expect(reader.isInside()).toBe(false);
        expect(reader.strayBytes()).toBe(0);
      }),
    );
  });

  it('are found behind what is no frame', () => {
    const reader = createFrameReader(100);
    expect(texts(reader.read(bytes('GET / HTTP/1.1\r\n\u000bMSH|\u001c\r')))).toEqual(['MSH|']);
    expect(reader.strayBytes()).toBe(14);
  });

  it('may lack the last carriage return', () => {
    expect(texts(createFrameReader(100).read(bytes('\u000ba\u001c\u000bb\u001c\r')))).toEqual(['a', 'b']);
  });

  it('do not grow over the limit', () => {
    const reader = createFrameReader(5);
    expect(texts(reader.read(bytes('\u000b12345\u001c\r')))).toEqual(['12345']);
    expect(reader.read(bytes('\u000b123'))).toEqual([]);
    expect(reader.read(bytes('456'))).toBe('too-long');
  });
});
