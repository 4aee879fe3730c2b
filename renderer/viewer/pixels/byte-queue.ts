/** Takes exact numbers of bytes out of a stream of chunks of any size. */
export function createByteQueue(reader: ReadableStreamDefaultReader<Uint8Array>) {
  const chunks: Uint8Array[] = [];
  let offset = 0;
  return {
    /** A fresh array of exactly `count` bytes; undefined when the stream ended before or within them. */
    async take(count: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
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
    /** True when nothing is left; waits until that is known. */
    async isAtEnd(): Promise<boolean> {
      while (chunks.length === 0) {
        const { done, value } = await reader.read();
        if (done) return true;
        if (value.length > 0) chunks.push(value);
      }
      return false;
    },
  };
}
