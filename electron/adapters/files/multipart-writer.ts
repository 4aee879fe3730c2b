import { randomUUID } from 'node:crypto';

export interface OutgoingPart {
  readonly contentType: string;
  readonly location?: string;
  readonly body: Uint8Array;
}

/** A streamed `multipart/related` answer (PS3.18 8.7.1): parts are made as the reader takes them. */
export function multipartResponse(type: string, parts: AsyncIterable<OutgoingPart>): Response {
  const boundary = randomUUID();
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const { contentType, location, body } of parts) {
      const head = [
        `--${boundary}`,
        `Content-Type: ${contentType}`,
        `Content-Length: ${body.length}`,
        ...(location === undefined ? [] : [`Content-Location: ${location}`]),
      ];
      yield Buffer.from(`${head.join('\r\n')}\r\n\r\n`);
      yield body;
      yield Buffer.from('\r\n');
    }
    yield Buffer.from(`--${boundary}--\r\n`);
  }
  return new Response(ReadableStream.from(bytes()) as ReadableStream<Uint8Array>, {
    headers: { 'Content-Type': `multipart/related; type="${type}"; boundary=${boundary}` },
  });
}
