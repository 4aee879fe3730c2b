import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { boundaryOf, MalformedMultipart, readMultipart } from '#electron/adapters/dicomweb/multipart-reader.ts';

const limits = { maxPartBytes: 10_000_000 };

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

async function bodies(text: Uint8Array, boundary: string | undefined, size = 7): Promise<Uint8Array[]> {
  const found: Uint8Array[] = [];
  for await (const { body } of readMultipart(inChunks(text, size), boundary, limits)) found.push(body);
  return found;
}

const multipart = (
  parts: readonly Uint8Array[],
  boundary: string,
  head = 'Content-Type: application/dicom\r\n',
): Buffer =>
  Buffer.concat([
    ...parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n${head}\r\n`), part, Buffer.from('\r\n')]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);

describe('multipart answers', () => {
  it('come apart into the same parts however the network cuts them', async () => {
    const part = fc.uint8Array({ maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 400 }),
        async (parts, size) => {
          expect(await bodies(multipart(parts, 'cut-here'), 'cut-here', size)).toEqual(
            parts.map((one) => Uint8Array.from(one)),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('may arrive all at once, larger than any buffer to begin with', async () => {
    const parts = [new Uint8Array(300_000).fill(1), new Uint8Array(300_000).fill(2)];
    expect((await bodies(multipart(parts, 'b'), 'b', 10_000_000)).map(({ length }) => length)).toEqual([
      300_000, 300_000,
    ]);
  });

  it('are read by their delimiters when Content-Length lies', async () => {
    const parts = [Buffer.from('first part'), Buffer.from('second')];
    for (const lie of ['3', '99999999', '-1', 'many']) {
      const text = multipart(parts, 'b', `Content-Length: ${lie}\r\n`);
      expect(await bodies(text, 'b')).toEqual(parts.map((part) => Uint8Array.from(part)));
    }
  });

  it('are read with the boundary they show when another was declared, or none', async () => {
    const text = multipart([Buffer.from('x')], 'shown');
    expect(await bodies(text, 'declared')).toHaveLength(1);
    expect(await bodies(text, undefined)).toHaveLength(1);
  });

  it('may use bare line feeds', async () => {
    expect(await bodies(Buffer.from('--b\nContent-Type: x\n\nbody\n--b--\n'), 'b')).toEqual([
      Uint8Array.from(Buffer.from('body')),
    ]);
  });

  it('give the whole parts before an end too early, then fail', async () => {
    const text = multipart([Buffer.from('first'), Buffer.from('second')], 'b').subarray(0, -12);
    const found: string[] = [];
    const read = async () => {
      for await (const { body } of readMultipart(inChunks(text, 9), 'b', limits))
        found.push(Buffer.from(body).toString());
    };
    await expect(read()).rejects.toBeInstanceOf(MalformedMultipart);
    expect(found).toEqual(['first']);
  });

  it('are given up when they never show a boundary, or a part never ends', async () => {
    async function* endless(start: string): AsyncGenerator<Uint8Array> {
      yield Buffer.from(start);
      for (;;) yield new Uint8Array(65_536).fill(0x41);
    }
    const drain = async (start: string) => {
      for await (const part of readMultipart(endless(start), 'b', { maxPartBytes: 1_000_000 }))
        expect(part).toBeUndefined();
    };
    await expect(drain('<html>')).rejects.toBeInstanceOf(MalformedMultipart);
    await expect(drain('--b\r\n\r\n')).rejects.toBeInstanceOf(MalformedMultipart);
    await expect(drain('--b\r\nX: ')).rejects.toBeInstanceOf(MalformedMultipart);
  });
});

describe('boundary of a content type', () => {
  it('is found quoted or not', () => {
    expect(boundaryOf('multipart/related; type="application/dicom"; boundary="a b"')).toBe('a b');
    expect(boundaryOf('multipart/related;boundary=xyz; type="application/dicom"')).toBe('xyz');
    expect(boundaryOf('multipart/related')).toBeUndefined();
  });
});
