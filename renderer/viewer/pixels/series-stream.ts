import { readFramePrefix, type SeriesFrameHeader } from '#shared/contract/pixels.ts';
import { createByteQueue } from './byte-queue.ts';

export interface ReceivedFrame {
  readonly header: SeriesFrameHeader;
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** The stream ended inside a frame: the rest has to be asked for again. */
class SeriesStreamCut extends Error {
  constructor() {
    super('the series stream ended inside a frame');
    this.name = 'SeriesStreamCut';
  }
}

const PREFIX_BYTES = 8;

/** Frames of one `/pixels/{study}/{series}` answer, as they come. */
export async function* readSeriesStream(body: ReadableStream<Uint8Array>): AsyncGenerator<ReceivedFrame> {
  const queue = createByteQueue(body);
  const text = new TextDecoder();
  try {
    while (!(await queue.isAtEnd())) {
      const prefix = await queue.take(PREFIX_BYTES);
      const sizes = prefix && readFramePrefix(prefix);
      const head = sizes && (await queue.take(sizes.headerBytes));
      const payload = head && (await queue.take(sizes.payloadBytes));
      if (!payload) throw new SeriesStreamCut();
      yield { header: JSON.parse(text.decode(head)) as SeriesFrameHeader, payload };
    }
  } finally {
    await queue.cancel();
  }
}
