import { beforeAll, describe, expect, it } from 'vitest';

import type { ImageFacts } from '#renderer/viewer/model/image-facts.ts';
import type { ImageSeries } from '#renderer/viewer/model/series.ts';
import { showPreview } from '#renderer/viewer/previews.ts';
import { createImageBank } from '#renderer/viewer/pixels/image-bank.ts';
import { createRequestPlaces } from '#renderer/viewer/pixels/request-places.ts';
import type { DecodeJob, DecodeOutcome, DecodePool } from '#renderer/viewer/pixels/decode-pool.ts';
import type { DisplayImage } from '#renderer/viewer/pixels/worker-messages.ts';
import { layOut, resetViewer, updatePane, useViewer } from '#renderer/viewer/viewer-store.ts';
import { framePrefix } from '#shared/contract/pixels.ts';
import { imageOf } from './image-of.ts';

const sopOf = (index: number) => `1.2.${index}`;
const description = { rows: 4, columns: 4 };
const MEMORY = { decodedBytes: 1_000_000, heldBytes: 1_000_000 };

const seriesOf = (images: readonly ImageFacts[]) =>
  ({ kind: 'images', key: 'series', role: 'current', images }) as unknown as ImageSeries;
const pictureOf = (level: number): DisplayImage => ({
  rows: 4 >> level,
  columns: 4 >> level,
  components: 1,
  samples: new Int16Array((4 >> level) ** 2),
  min: 0,
  max: 0,
});
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** The bank of a series of three, with the stream and the decoders in the test's hands. */
function bankOf({ isAhead: begins = false } = {}) {
  let isAhead = begins;
  const images = [0, 1, 2].map((index) => imageOf({ '00080018': sopOf(index) }));
  const series = seriesOf(images);
  const shown: { readonly index: number; readonly columns: number }[] = [];
  const jobs: { readonly job: DecodeJob; readonly settle: (outcome: DecodeOutcome) => void }[] = [];
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  const bank = createImageBank({
    pool: {
      hasRoom: () => true,
      decode: (job: DecodeJob) => new Promise<DecodeOutcome>((settle) => jobs.push({ job, settle })),
    } as unknown as DecodePool,
    memory: MEMORY,
    places: createRequestPlaces(3),
    openStream: async () =>
      new ReadableStream<Uint8Array>({
        start(controller) {
          stream = controller;
        },
      }),
    pause: async () => undefined,
    isAhead: () => isAhead,
    onDecoded: () => undefined,
    onPreview: (facts, { columns }) => shown.push({ index: images.indexOf(facts), columns }),
    onFailed: () => undefined,
    onFed: () => undefined,
    onNotice: () => undefined,
  });
  const enqueue = async (header: object, payload: Uint8Array) => {
    const head = new TextEncoder().encode(JSON.stringify({ description, ...header }));
    stream?.enqueue(Uint8Array.from([...framePrefix(head, payload.length), ...payload]));
    await settled();
  };
  return {
    bank,
    series,
    shown,
    jobs,
    /** Of previews only. */
    levels: () => jobs.flatMap(({ job }) => job.level ?? []),
    async look(index: number) {
      bank.look(series, 'pane-1', index);
      await settled();
    },
    sendPreview: (index: number, level: number) =>
      enqueue({ sopInstanceUid: sopOf(index), frame: 0, preview: { frame: 1, level } }, new Uint8Array(3)),
    send: (index: number) => enqueue({ sopInstanceUid: sopOf(index), frame: 1 }, new Uint8Array(32)),
    async decoded(nth: number) {
      const { job, settle } = jobs[nth]!;
      settle({ ok: true, image: pictureOf(job.level ?? 0) });
      await settled();
    },
    async comeOnScreen() {
      isAhead = false;
      bank.allow(MEMORY);
      await settled();
    },
  };
}

describe('previews that nobody looks at yet', () => {
  it('wait, the finest of each image, until somebody looks at it; those of others go on waiting', async () => {
    const { look, sendPreview, levels, decoded, shown } = bankOf();
    await look(0);
    await sendPreview(1, 2);
    await sendPreview(2, 2);
    await sendPreview(1, 1);
    expect(levels()).toEqual([]);
    await look(1);
    expect(levels()).toEqual([1]);
    await decoded(0);
    expect(shown).toEqual([{ index: 1, columns: 2 }]);
    await look(2);
    expect(levels()).toEqual([1, 2]);
    // Shown once: looking again asks for nothing.
    await look(1);
    expect(levels()).toEqual([1, 2]);
  });

  it('of a case that is made ready are decoded when it comes on screen', async () => {
    const { look, sendPreview, levels, decoded, shown, comeOnScreen } = bankOf({ isAhead: true });
    await look(0);
    await sendPreview(0, 2);
    expect(levels()).toEqual([]);
    await comeOnScreen();
    expect(levels()).toEqual([2]);
    await decoded(0);
    expect(shown).toEqual([{ index: 0, columns: 1 }]);
  });

  it('are let go once the image itself is there', async () => {
    const { look, sendPreview, send, levels } = bankOf();
    await look(0);
    await sendPreview(1, 1);
    await send(1);
    await look(1);
    expect(levels()).toEqual([]);
  });

  it('are not shown when the image came, or the reader went on, while they were decoded', async () => {
    const { look, sendPreview, send, decoded, shown, jobs } = bankOf();
    await look(0);
    await sendPreview(0, 2);
    await send(0);
    await decoded(0);
    await look(1);
    await sendPreview(1, 2);
    const nth = jobs.findLastIndex(({ job }) => job.level !== undefined);
    await look(2);
    // A decoder that is free asks whether anybody still wants it.
    expect(jobs[nth]?.job.rank()).toBeUndefined();
    await decoded(nth);
    expect(shown).toEqual([]);
  });

  it('are gone with their case', async () => {
    const { bank, look, sendPreview, decoded, shown, levels } = bankOf();
    await look(0);
    await sendPreview(0, 2);
    await sendPreview(1, 2);
    bank.close();
    await decoded(0);
    expect([levels(), shown]).toEqual([[2], []]);
  });
});

/** The browser's, as far as a preview needs it. */
class Picture {
  readonly data: Uint8ClampedArray;
  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.data = new Uint8ClampedArray(width * height * 4);
  }
}

describe('a preview', () => {
  beforeAll(() => {
    globalThis.ImageData ??= Picture as unknown as typeof ImageData;
  });
  const window = { '00281050': 100.5, '00281051': 201 };
  const values = (samples: DisplayImage['samples'], components: 1 | 4 = 1): DisplayImage => ({
    rows: 1,
    columns: samples.length / components,
    components,
    samples,
    min: 0,
    max: 200,
  });
  const greysOf = (paneId: string) => {
    const picture = useViewer.getState().panes.find(({ id }) => id === paneId)?.preview?.picture;
    return picture && [...picture.data].filter((_, at) => at % 4 === 0);
  };
  function panesAt(images: readonly ImageFacts[], ...indexes: readonly number[]) {
    resetViewer('case');
    useViewer.setState({ series: [seriesOf(images)] });
    layOut({ rows: 1, columns: indexes.length });
    for (const [nth, index] of indexes.entries()) updatePane(`pane-${nth + 1}`, { seriesKey: 'series', index });
  }
  const [one, two] = [imageOf({ ...window, '00080018': '1.2.1' }), imageOf({ ...window, '00080018': '1.2.2' })];

  it('stands in the panes that wait for this very image and have not painted it', () => {
    panesAt([one, two], 0, 1, 0);
    updatePane('pane-3', { painted: { facts: one, index: 0 } });
    showPreview(one, values(Int16Array.of(0, 200)));
    expect(useViewer.getState().panes.map(({ preview }) => preview?.facts)).toEqual([one, undefined, undefined]);
    expect(useViewer.getState().panes.map(({ painted }) => painted?.facts)).toEqual([undefined, undefined, one]);
  });

  it('has the greys of the window, of the file or of the reader, black for white where the image or the reader says so', () => {
    const negative = imageOf({ ...window, '00280004': 'MONOCHROME1' });
    panesAt([one, negative], 0, 0, 0, 1);
    updatePane('pane-2', {
      scale: { kind: 'window', center: 50, width: 2, function: 'LINEAR' },
      isScaleChosen: true,
    });
    updatePane('pane-3', { isInverted: true });
    const picture = values(Int16Array.of(-5, 0, 200, 300));
    showPreview(one, picture);
    showPreview(negative, picture);
    expect(greysOf('pane-1')).toEqual([0, 0, 255, 255]);
    expect(greysOf('pane-2')).toEqual([0, 0, 255, 255]);
    expect(greysOf('pane-3')).toEqual([255, 255, 0, 0]);
    expect(greysOf('pane-4')).toEqual([255, 255, 0, 0]);
  });

  it('keeps its colours, and is left out where no table holds its values', () => {
    panesAt([one], 0);
    showPreview(one, values(Float32Array.of(0.5, 1)));
    expect(greysOf('pane-1')).toBeUndefined();
    showPreview(one, values(Uint8Array.of(10, 20, 30, 255, 40, 50, 60, 255), 4));
    expect(greysOf('pane-1')).toEqual([10, 40]);
  });
});
