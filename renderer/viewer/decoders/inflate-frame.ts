interface ByteReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }>;
  cancel(): Promise<void>;
}
interface ByteWriter {
  write(chunk: Uint8Array): Promise<void>;
  close(): Promise<void>;
}
// Present in browsers and in Node alike, but in neither the ES library nor this project's types.
declare const DecompressionStream: new (format: 'deflate-raw') => {
  readonly readable: { getReader(): ByteReader };
  readonly writable: { getWriter(): ByteWriter };
};

/** Inflates a frame of Deflated Image Frame Compression (PS3.5 A.4.13), reading no further than `expected` bytes. */
export async function inflateFrame(deflated: Uint8Array, expected: number): Promise<Uint8Array> {
  const stream = new DecompressionStream('deflate-raw');
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  // The even-length padding byte after the stream is an error to the inflater, but not to us once all bytes are here.
  const written = writer
    .write(deflated)
    .then(() => writer.close())
    .catch(() => undefined);
  const out = new Uint8Array(expected);
  let at = 0;
  while (at < expected) {
    const { done, value } = await reader.read();
    if (done || value === undefined) break;
    const part = value.subarray(0, expected - at);
    out.set(part, at);
    at += part.length;
  }
  await reader.cancel().catch(() => undefined);
  await written;
  if (at < expected) throw new Error(`the deflated frame holds ${at} of ${expected} bytes`);
  return out;
}
