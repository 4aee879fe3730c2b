import { SECOND_MS } from '#shared/kernel/clock.ts';

/** A line now and then, so that both ends notice a connection that is no more. */
const STILL_HERE_MS = 10 * SECOND_MS;

const CHANGED = new TextEncoder().encode('data: changed\n\n');
const STILL_HERE = new TextEncoder().encode(': still here\n\n');

/**
 * `GET $changes`: an event stream (text/event-stream) that says when something was written, on whichever hub of the database, and nothing of what: whoever
 * hears it asks, and sees what they may see. Many changes in short succession may be one event.
 */
export function changeFeed(onChange: (listener: () => void) => () => void): Response {
  let stop: () => void = () => undefined;
  let isWaiting = false;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const stopListening = onChange(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(CHANGED);
        else isWaiting = true;
      });
      const beat = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(STILL_HERE);
      }, STILL_HERE_MS);
      stop = () => {
        stopListening();
        clearInterval(beat);
      };
      controller.enqueue(CHANGED);
    },
    pull(controller) {
      if (!isWaiting) return;
      isWaiting = false;
      controller.enqueue(CHANGED);
    },
    cancel() {
      stop();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } });
}
