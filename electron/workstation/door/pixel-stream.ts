import { framePrefix, type SeriesFrame } from '#shared/contract/pixels.ts';
import type { Log } from '#shared/kernel/log.ts';

/** What may wait for a slow reader; the next frame is only read when there is room. */
const WAITING_BYTES = 8 * 1024 * 1024;
/** Small frames travel together: a response of few large pieces is three times as fast as one of many small ones. */
const PIECE_BYTES = 1024 * 1024;

/**
 * `GET /pixels/…`: frames as they come, at the reader's pace, until all are sent or the reader leaves. `leave` is called in
 * every case: a signal that may still abort keeps all who listen to it, and with them the images of the series.
 */
export function pixelStream(
  frames: AsyncGenerator<SeriesFrame>,
  { signal, leave, log }: { readonly signal: AbortSignal; readonly leave: () => void; readonly log: Log },
): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await frames.next();
          if (signal.aborted) {
            controller.error(new Error('pixel stream: stopped'));
            return;
          }
          if (next.done === true) {
            controller.close();
            leave();
            return;
          }
          const { header, payload } = next.value;
          const prefix = framePrefix(encoder.encode(JSON.stringify(header)), payload.length);
          if (payload.length > PIECE_BYTES) {
            controller.enqueue(prefix);
            controller.enqueue(payload);
          } else {
            controller.enqueue(Buffer.concat([prefix, payload]));
          }
        } catch (error) {
          log.error('pixels.failed', { code: error instanceof Error ? error.name : 'unknown' });
          controller.error(error);
          leave();
        }
      },
      async cancel() {
        leave();
        await frames.return(undefined);
      },
    },
    { highWaterMark: WAITING_BYTES, size: (piece) => piece?.byteLength ?? 0 },
  );
  return new Response(body, {
    headers: { 'Content-Type': 'application/octet-stream', 'Cache-Control': 'no-store' },
  });
}
