/** Takes exact numbers of bytes out of a stream of chunks of any size. */
export interface ByteQueue {
  /** A fresh array of exactly `count` bytes; undefined when the stream ended before or within them. */
  take(count: number): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** True when nothing is left; waits until that is known. */
  isAtEnd(): Promise<boolean>;
  /** Gives up what is still to come. */
  cancel(): Promise<void>;
}

/** What a browser's fetch gives can be read straight into the array it is wanted in; other streams are copied chunk by chunk. */
export function createByteQueue(body: ReadableStream<Uint8Array>): ByteQueue {
  const straight = straightReader(body);
  return straight === undefined ? chunkQueue(body.getReader()) : straightQueue(straight);
}

function straightReader(body: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | undefined {
  try {
    return body.getReader({ mode: 'byob' });
  } catch {
    return undefined; // not a stream of bytes
  }
}

function straightQueue(reader: ReadableStreamBYOBReader): ByteQueue {
  /** Read to see whether there is more, not yet taken. */
  let peeked: Uint8Array<ArrayBuffer> = new Uint8Array(0);

  async function fill(into: Uint8Array<ArrayBuffer>, from: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    let [whole, filled] = [into, from];
    while (filled < whole.length) {
      const { done, value } = await reader.read(whole.subarray(filled));
      if (value === undefined || (done && value.length === 0)) return undefined;
      filled += value.length;
      whole = new Uint8Array(value.buffer);
    }
    return whole;
  }

  return {
    async take(count) {
      const whole = new Uint8Array(count);
      const before = peeked.subarray(0, count);
      whole.set(before);
      peeked = peeked.subarray(before.length);
      return fill(whole, before.length);
    },
    async isAtEnd() {
      if (peeked.length > 0) return false;
      const { done, value } = await reader.read(new Uint8Array(1));
      if (done || value === undefined) return true;
      peeked = value;
      return false;
    },
    cancel: () => reader.cancel().catch(() => undefined),
  };
}

function chunkQueue(reader: ReadableStreamDefaultReader<Uint8Array>): ByteQueue {
  const chunks: Uint8Array[] = [];
  let offset = 0;
  return {
    async take(count) {
      const out = new Uint8Array(count);
      let filled = 0;
      while (filled < count) {
        const head = chunks[0];
        if (head === undefined) {
          const { done, value } = await reader.read();
          if (done) return undefined;
          if (value.length > 0) chunks.push(value);
          continue;
        }
        const part = head.subarray(offset, offset + count - filled);
        out.set(part, filled);
        filled += part.length;
        offset += part.length;
        if (offset === head.length) {
          chunks.shift();
          offset = 0;
        }
      }
      return out;
    },
    async isAtEnd() {
      while (chunks.length === 0) {
        const { done, value } = await reader.read();
        if (done) return true;
        if (value.length > 0) chunks.push(value);
      }
      return false;
    },
    cancel: () => reader.cancel().catch(() => undefined),
  };
}
