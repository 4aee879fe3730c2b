import { describe, expect, it } from 'vitest';

import { framePrefix } from '#shared/contract/pixels.ts';
import { createSeriesFeed, type FrameSlot } from '#renderer/viewer/pixels/series-feed.ts';
import { imageOf } from './image-of.ts';

const PAYLOAD_BYTES = 10;
const description = { rows: 1, columns: 1 };
const sopOf = (index: number) => `1.2.${index}`;

const frameBytes = (index: number, problem?: string): Uint8Array => {
  const head = new TextEncoder().encode(
    JSON.stringify({ sopInstanceUid: sopOf(index), frame: 1, description, problem }),
  );
  const payload = problem === undefined ? new Uint8Array(PAYLOAD_BYTES).fill(index) : new Uint8Array(0);
  return Uint8Array.from([...framePrefix(head, payload.length), ...payload]);
};

/** A series of `count` images; every opened stream is in the test's hands. */
function feedOf(count: number, limitBytes = 1_000_000) {
  let isAhead = false;
  const opened: { from: number; signal: AbortSignal; stream: ReadableStreamDefaultController<Uint8Array> }[] = [];
  const arrived: { index: number; isHeld: boolean }[] = [];
  const failures: string[] = [];
  const notices: (string | undefined)[] = [];
  const previews: { readonly index: number; readonly level: number; readonly bytes: number }[] = [];
  let refuses = 0;
  let ended = 0;
  const budget = { limitBytes, heldBytes: 0 };
  const feed = createSeriesFeed({
    images: Array.from({ length: count }, (_, index) => imageOf({ '00080018': sopOf(index) })),
    budget,
    open: async (from, signal) => {
      if (refuses > 0) {
        refuses -= 1;
        throw new Error('no connection');
      }
      return new ReadableStream<Uint8Array>({
        start(stream) {
          opened.push({ from, signal, stream });
        },
      });
    },
    onArrived: (slot: FrameSlot, _frame, isHeld) => {
      slot.isDecoded = true;
      arrived.push({ index: slot.index, isHeld });
    },
    onFailed: (reason) => failures.push(reason),
    onEnded: () => {
      ended += 1;
    },
    onNotice: (words) => notices.push(words),
    onPreview: ({ index }, { payload }, level) => previews.push({ index, level, bytes: payload.length }),
    makeRoom: () => false,
    pause: async () => undefined,
    stopsWhenFull: () => isAhead,
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    feed,
    opened,
    arrived,
    failures,
    notices,
    previews,
    budget,
    settled,
    endedCount: () => ended,
    beAhead: (value: boolean) => {
      isAhead = value;
    },
    refuse: (times: number) => {
      refuses = times;
    },
    async sendPreview(index: number, level: number) {
      const header = { sopInstanceUid: sopOf(index), frame: 0, description, preview: { frame: 1, level } };
      const head = new TextEncoder().encode(JSON.stringify(header));
      opened.at(-1)?.stream.enqueue(Uint8Array.from([...framePrefix(head, 3), 1, 2, 3]));
      await settled();
    },
    async send(...indexes: number[]) {
      for (const index of indexes) opened.at(-1)?.stream.enqueue(frameBytes(index));
      await settled();
    },
  };
}

describe('the feed of a series', () => {
  it('asks for the image looked at first and gives it to who waits', async () => {
    const { feed, opened, send, settled } = feedOf(10);
    const wanted = feed.arrival(4);
    await settled();
    expect(opened[0]?.from).toBe(4);
    await send(4);
    expect([...((await wanted).payload ?? [])]).toEqual(Array(PAYLOAD_BYTES).fill(4));
  });

  it('opens one stream, not one for every image looked at on the way', async () => {
    const { feed, opened, send, settled } = feedOf(50);
    feed.seek(20);
    await settled();
    await send(20, 21, 19);
    feed.seek(22);
    feed.seek(24);
    await settled();
    expect(opened).toHaveLength(1);
  });

  it('gives way at a whole image, never within one, and comes again where the reader stands', async () => {
    const { feed, opened, send, sendPreview, settled } = feedOf(10);
    feed.seek(4);
    await settled();
    await send(4);
    feed.giveWay(false);
    await sendPreview(5, 2);
    expect([opened.length, opened[0]?.signal.aborted]).toEqual([1, false]);
    feed.seek(6);
    await send(5);
    expect(opened[0]?.signal.aborted).toBe(true);
    expect(opened.map(({ from }) => from)).toEqual([4, 6]);
    // Once: it was asked to leave once.
    await send(6, 7);
    expect(opened).toHaveLength(2);
  });

  it('gives way at once where nobody looks', async () => {
    const { feed, opened, settled } = feedOf(10);
    feed.seek(4);
    await settled();
    feed.giveWay(true);
    await settled();
    expect(opened.map(({ from, signal }) => [from, signal.aborted])).toEqual([
      [4, true],
      [4, false],
    ]);
  });

  it('lets go of its connection at the end', async () => {
    const { feed, opened, send, settled } = feedOf(2);
    feed.seek(0);
    await settled();
    await send(0, 1);
    opened[0]?.stream.close();
    await settled();
    expect([opened[0]?.signal.aborted, feed.isComing()]).toEqual([true, false]);
  });

  it('tells why nothing comes, until something comes again', async () => {
    const { feed, opened, send, settled, notices } = feedOf(3);
    feed.seek(0);
    await settled();
    const head = new TextEncoder().encode(
      JSON.stringify({ sopInstanceUid: '', frame: 0, notice: 'The site is slow.' }),
    );
    opened[0]?.stream.enqueue(Uint8Array.from(framePrefix(head, 0)));
    await settled();
    expect(notices).toEqual(['The site is slow.']);
    await send(0, 1);
    expect(notices).toEqual(['The site is slow.', undefined]);
  });

  it('hands on previews of an image until it is there itself; none counts as the image', async () => {
    const { feed, previews, arrived, send, sendPreview } = feedOf(3);
    const arrival = feed.arrival(1);
    await sendPreview(1, 3);
    await sendPreview(1, 2);
    expect([previews, arrived]).toEqual([
      [
        { index: 1, level: 3, bytes: 3 },
        { index: 1, level: 2, bytes: 3 },
      ],
      [],
    ]);
    await send(1);
    await sendPreview(1, 1);
    expect((await arrival).payload?.length).toBe(PAYLOAD_BYTES);
    expect([previews.length, arrived.length]).toEqual([2, 1]);
  });

  it('re-orders what is to come when the reader jumps far away', async () => {
    const { feed, opened, send, settled } = feedOf(100);
    feed.seek(50);
    await settled();
    await send(50, 51);
    feed.seek(5);
    await settled();
    expect(opened.map(({ from }) => from)).toEqual([50, 5]);
    expect(opened[0]?.signal.aborted).toBe(true);
  });

  it('holds no more bytes than allowed, and those nearest to the reader', async () => {
    const { feed, budget, send, settled } = feedOf(20, 3 * PAYLOAD_BYTES);
    feed.seek(0);
    await settled();
    await send(...Array.from({ length: 20 }, (_, index) => index));
    expect(budget.heldBytes).toBe(3 * PAYLOAD_BYTES);
    expect(feed.slots.filter((slot) => slot.payload).map((slot) => slot.index)).toEqual([0, 1, 2]);
    feed.seek(15);
    await settled();
    await send(15, 16, 14);
    expect(feed.slots.filter((slot) => slot.payload).map((slot) => slot.index)).toEqual([14, 15, 16]);
  });

  it('hands over each image that finds no room, so that none goes undecoded', async () => {
    const { feed, arrived, send, settled } = feedOf(6, 2 * PAYLOAD_BYTES);
    feed.seek(0);
    await settled();
    await send(0, 1, 2, 3, 4, 5);
    expect(arrived.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(arrived.filter(({ isHeld }) => !isHeld).map(({ index }) => index)).toEqual([2, 3, 4, 5]);
  });

  it('says which images the archive did not send once the stream has ended', async () => {
    const { feed, opened, send, settled, endedCount } = feedOf(3);
    feed.seek(0);
    await settled();
    await send(0, 2);
    opened[0]?.stream.close();
    await settled();
    expect(feed.slots.map((slot) => slot.problem)).toEqual([
      undefined,
      'The archive did not send this image.',
      undefined,
    ]);
    expect(endedCount()).toBe(1);
  });

  it('takes up a broken stream where the reader is, without taking an image twice', async () => {
    const { feed, opened, arrived, send, settled } = feedOf(4);
    feed.seek(1);
    await settled();
    await send(1);
    opened[0]?.stream.error(new Error('cut'));
    await settled();
    expect(opened).toHaveLength(2);
    await send(1, 2);
    expect(arrived.map(({ index }) => index)).toEqual([1, 2]);
  });

  it('gives up after three attempts with words for the reader, and can be asked again', async () => {
    const { feed, opened, failures, refuse, send, settled } = feedOf(2);
    refuse(3);
    const wanted = feed.arrival(0);
    expect((await wanted).problem).toBe('This image could not be fetched: no connection.');
    expect(failures).toHaveLength(1);
    feed.retry();
    await settled();
    expect(opened).toHaveLength(1);
    await send(0);
    expect((await feed.arrival(0)).payload).toBeDefined();
  });

  it('gives back what it holds when it closes', async () => {
    const { feed, opened, budget, send, settled } = feedOf(2);
    feed.seek(0);
    await settled();
    await send(0, 1);
    feed.close();
    expect(budget.heldBytes).toBe(0);
    expect(opened[0]?.signal.aborted).toBe(true);
  });

  it('stops at the first frame without room while it is only made ready, and takes the rest when it is looked at', async () => {
    const { feed, opened, send, settled, beAhead, budget } = feedOf(10, 3 * PAYLOAD_BYTES);
    beAhead(true);
    feed.seek(0);
    await settled();
    await send(0, 1, 2, 3);
    expect(opened[0]?.signal.aborted).toBe(true);
    expect(budget.heldBytes).toBe(3 * PAYLOAD_BYTES);
    beAhead(false);
    feed.seek(0);
    await settled();
    expect(opened).toHaveLength(2);
  });

  it('does not ask again for a frame whose samples are in memory', async () => {
    const { feed, opened, send, settled } = feedOf(3);
    feed.seek(1);
    await settled();
    await send(1, 2, 0);
    const kept = feed.slots[1]!;
    feed.release(kept);
    kept.isKept = true;
    feed.seek(1);
    expect((await feed.arrival(1)).isKept).toBe(true);
    expect(opened).toHaveLength(1);
  });

  it('fetches frames let go again when the reader comes near, and stops when no more can be kept', async () => {
    const { feed, opened, send, settled } = feedOf(60, 3 * PAYLOAD_BYTES);
    feed.seek(0);
    await settled();
    await send(...Array.from({ length: 60 }, (_, index) => index));
    feed.seek(20);
    await settled();
    expect(opened.map(({ from }) => from)).toEqual([0, 20]);
    await send(20, 21, 19, 22);
    expect(opened[1]?.signal.aborted).toBe(true);
  });
});
