import { describe, expect, it } from 'vitest';

import { framePrefix } from '#shared/contract/pixels.ts';
import type { DecodedFrame } from '#shared/dicom/frame-description.ts';
import { createDecodePool, type WorkerLike } from '#renderer/viewer/pixels/decode-pool.ts';
import { readSeriesStream, type ReceivedFrame } from '#renderer/viewer/pixels/series-stream.ts';
import { toDisplayImage } from '#renderer/viewer/pixels/to-display-image.ts';
import type { DecodeRequest, DisplayImage } from '#renderer/viewer/pixels/worker-messages.ts';

const description = {
  transferSyntaxUid: '1.2.840.10008.1.2.1',
  rows: 1,
  columns: 2,
  samplesPerPixel: 1,
  photometricInterpretation: 'MONOCHROME2',
  planarConfiguration: 0,
  bitsAllocated: 8,
  bitsStored: 8,
  highBit: 7,
  pixelRepresentation: 0,
  pixelKind: 'integer',
} as const;

function frameBytes(sopInstanceUid: string, payload: readonly number[]): Uint8Array {
  const head = new TextEncoder().encode(JSON.stringify({ sopInstanceUid, frame: 1, description }));
  return Uint8Array.from([...framePrefix(head, payload.length), ...payload]);
}

const streamOf = (bytes: Uint8Array, chunk: number) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += chunk) controller.enqueue(bytes.slice(at, at + chunk));
      controller.close();
    },
  });

/** As a browser's fetch gives it: can be read into an array of the reader's own. */
const byteStreamOf = (bytes: Uint8Array, chunk: number) =>
  new ReadableStream({
    type: 'bytes',
    start(controller) {
      for (let at = 0; at < bytes.length; at += chunk) controller.enqueue(bytes.slice(at, at + chunk));
      controller.close();
      controller.byobRequest?.respond(0);
    },
  });

async function framesOf(body: ReadableStream<Uint8Array>): Promise<ReceivedFrame[]> {
  const frames: ReceivedFrame[] = [];
  for await (const frame of readSeriesStream(body)) frames.push(frame);
  return frames;
}

describe.each([
  ['of chunks', streamOf],
  ['of bytes', byteStreamOf],
])('a series stream %s', (_, opened) => {
  const bytes = Uint8Array.from([...frameBytes('1.1', [1, 2]), ...frameBytes('1.2', []), ...frameBytes('1.3', [9])]);

  it.each([1, 3, 7, 64, 10_000])('reads the same frames from chunks of %i bytes', async (chunk) => {
    const frames = await framesOf(opened(bytes, chunk));
    expect(frames.map(({ header, payload }) => [header.sopInstanceUid, [...payload]])).toEqual([
      ['1.1', [1, 2]],
      ['1.2', []],
      ['1.3', [9]],
    ]);
  });

  it('says so when it ends inside a frame, after giving the whole ones', async () => {
    const seen: string[] = [];
    const read = async () => {
      for await (const { header } of readSeriesStream(opened(bytes.slice(0, -1), 50))) seen.push(header.sopInstanceUid);
    };
    await expect(read()).rejects.toThrow('ended inside a frame');
    expect(seen).toEqual(['1.1', '1.2']);
  });

  it('refuses a stream that is not ours instead of waiting for gigabytes', async () => {
    await expect(framesOf(opened(new Uint8Array(64).fill(255), 64))).rejects.toThrow('header too long');
  });
});

const PLAIN = { palette: undefined, modalityLut: undefined, paddingValue: undefined, hasAlpha: false };
const decoded = (samples: DecodedFrame['samples'], change: Partial<DecodedFrame> = {}): DecodedFrame => ({
  rows: 1,
  columns: samples.length,
  samplesPerPixel: 1,
  photometricInterpretation: 'MONOCHROME2',
  bitsAllocated: 16,
  samples,
  ...change,
});

describe('what the screen takes', () => {
  it('is the very array of grey samples that was decoded', () => {
    const samples = Int16Array.from([-5, 7]);
    const image = toDisplayImage(decoded(samples), PLAIN, 16);
    expect(image.samples).toBe(samples);
    expect(image).toMatchObject({ components: 1, min: -5, max: 7 });
  });

  it('leaves padding out of the range', () => {
    const image = toDisplayImage(decoded(Int16Array.from([-2000, 3, 9])), { ...PLAIN, paddingValue: -2000 }, 16);
    expect(image).toMatchObject({ min: 3, max: 9 });
  });

  it('has a range although a sample is no number', () => {
    const { min, max } = toDisplayImage(decoded(Float32Array.of(Number.NaN, 2, -1)), PLAIN, 32);
    expect([min, max]).toEqual([-1, 2]);
  });

  it('goes through the modality table, whose ends hold for values outside it', () => {
    const modalityLut = { firstMapped: 10, bits: 16, data: Uint16Array.from([100, 200, 300]) };
    const image = toDisplayImage(decoded(Int16Array.from([0, 10, 11, 12, 99])), { ...PLAIN, modalityLut }, 16);
    expect([...image.samples]).toEqual([100, 100, 200, 300, 300]);
  });

  it('is RGB for a palette, 16-bit entries by their upper byte', () => {
    const table = (data: number[]) => ({ firstMapped: 1, bits: 16, data: Uint16Array.from(data) });
    const palette = { red: table([0xff00, 0x1200]), green: table([0, 0x3400]), blue: table([0xabcd, 0x5600]) };
    const image = toDisplayImage(decoded(Uint8Array.from([0, 1, 2])), { ...PLAIN, palette }, 8);
    expect([...image.samples]).toEqual([0xff, 0, 0xab, 0xff, 0, 0xab, 0x12, 0x34, 0x56]);
  });

  it('is RGB for YBR_FULL by the equations of PS3.3 C.7.6.3.1.2', () => {
    // Pure red, green and grey, computed with the standard's forward matrix.
    const ybr = Uint8Array.from([76, 85, 255, 150, 44, 21, 128, 128, 128]);
    const image = toDisplayImage(
      decoded(ybr, { columns: 3, samplesPerPixel: 3, photometricInterpretation: 'YBR_FULL', bitsAllocated: 8 }),
      PLAIN,
      8,
    );
    const expected = [255, 0, 0, 0, 255, 0, 128, 128, 128];
    [...image.samples].forEach((value, at) => expect(Math.abs(value - expected[at]!)).toBeLessThanOrEqual(2));
  });

  it('is eight bits of wider colour', () => {
    const image = toDisplayImage(
      decoded(Uint16Array.from([0xffff, 0x8000, 0]), {
        columns: 1,
        samplesPerPixel: 3,
        photometricInterpretation: 'RGB',
      }),
      { ...PLAIN, hasAlpha: true },
      16,
    );
    expect([...image.samples]).toEqual([255, 128, 0, 255]);
  });

  it('is floats for integers wider than 16 bits and for doubles', () => {
    expect(toDisplayImage(decoded(Uint32Array.from([70_000])), PLAIN, 32).samples).toEqual(Float32Array.from([70_000]));
    expect(toDisplayImage(decoded(Float64Array.from([0.25])), PLAIN, 64).samples).toEqual(Float32Array.from([0.25]));
  });
});

describe('the decode pool', () => {
  const picture: DisplayImage = { rows: 1, columns: 1, components: 1, samples: new Uint8Array(1), min: 0, max: 0 };
  function fakeWorkers() {
    const answered = new Set<number>();
    const made: (WorkerLike & { readonly asked: DecodeRequest[]; isEnded: boolean })[] = [];
    const createWorker = () => {
      const worker = {
        onmessage: null as WorkerLike['onmessage'],
        onerror: null as WorkerLike['onerror'],
        asked: [] as DecodeRequest[],
        isEnded: false,
        postMessage(message: DecodeRequest) {
          worker.asked.push(message);
        },
        terminate() {
          worker.isEnded = true;
        },
      };
      made.push(worker);
      return worker;
    };
    /** The oldest request the worker has not answered. */
    const answer = (index: number, behind = 0) => {
      const worker = made[index]!;
      const id = worker.asked.filter((one) => !answered.has(one.id))[behind]!.id;
      answered.add(id);
      worker.onmessage?.({ data: { id, ok: true, image: picture } } as MessageEvent);
    };
    return { made, createWorker, answer };
  }
  const job = (mark: number, rank: () => number | undefined = () => mark) => ({
    payload: Uint8Array.of(mark),
    description,
    conversion: PLAIN,
    isGivenAway: false,
    rank,
  });

  it('gives a free worker what is most wanted at that moment', () => {
    const { made, createWorker, answer } = fakeWorkers();
    const pool = createDecodePool({ size: 1, createWorker });
    let position = 0;
    for (const mark of [0, 1, 2, 3, 4]) void pool.decode(job(mark, () => Math.abs(mark - position)));
    position = 4;
    answer(0);
    answer(0);
    answer(0);
    expect(made[0]!.asked.map(({ payload }) => payload[0])).toEqual([0, 1, 4, 3, 2]);
  });

  it('keeps one frame behind the one in the decoder, on every worker before a second on any', () => {
    const { made, createWorker } = fakeWorkers();
    const pool = createDecodePool({ size: 2, createWorker });
    for (const mark of [0, 1, 2, 3, 4]) void pool.decode(job(mark));
    expect(made.map(({ asked }) => asked.map(({ payload }) => payload[0]))).toEqual([
      [0, 2],
      [1, 3],
    ]);
  });

  it('knows answers by their request, in whatever order they come', async () => {
    const { createWorker, answer } = fakeWorkers();
    const pool = createDecodePool({ size: 1, createWorker });
    const settled: number[] = [];
    void pool.decode(job(1)).then(() => settled.push(1));
    const second = pool.decode(job(2)).then(() => settled.push(2));
    answer(0, 1);
    await second;
    expect(settled).toEqual([2]);
  });

  it('drops what nobody wants any more instead of decoding it', async () => {
    const { made, createWorker, answer } = fakeWorkers();
    const pool = createDecodePool({ size: 1, createWorker });
    let isWanted = true;
    for (const mark of [0, 1]) void pool.decode(job(mark));
    const dropped = pool.decode(job(2, () => (isWanted ? 2 : undefined)));
    isWanted = false;
    answer(0);
    expect(await dropped).toMatchObject({ ok: false });
    expect(made[0]!.asked).toHaveLength(2);
  });

  it('loses one image, not the rest, when a worker dies', async () => {
    const { made, createWorker, answer } = fakeWorkers();
    const pool = createDecodePool({ size: 1, createWorker });
    const first = pool.decode(job(1));
    const second = pool.decode(job(2));
    made[0]!.onerror?.({} as ErrorEvent);
    expect(await first).toMatchObject({ ok: false });
    answer(1);
    expect(await second).toMatchObject({ ok: true });
    expect(made[0]!.isEnded).toBe(true);
  });

  it('ends its workers and answers everyone when it closes', async () => {
    const { made, createWorker } = fakeWorkers();
    const pool = createDecodePool({ size: 2, createWorker });
    const all = [1, 2, 3].map((mark) => pool.decode(job(mark)));
    pool.close();
    expect((await Promise.all(all)).every((outcome) => !outcome.ok)).toBe(true);
    expect(made.every((worker) => worker.isEnded)).toBe(true);
  });
});
