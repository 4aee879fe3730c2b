import type { EventBus } from '#electron/workstation/event-bus.ts';
import type { WorkstationEvent } from '#shared/contract/events.ts';

/** The renderer takes a door that is silent for a few of these for gone, and blanks. */
const HEARTBEAT_MS = 5000;
/** Lines a reader may leave untaken; one that has gone without saying is dropped. */
const MAX_WAITING_LINES = 1000;

/** `GET /events`: NDJSON, first a heartbeat at once. While the session is locked it tells nothing but that and the lock. */
export function eventStream(events: EventBus, isLocked: () => boolean, heartbeatMs = HEARTBEAT_MS): Response {
  const encoder = new TextEncoder();
  let stop: () => void = () => undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (event: WorkstationEvent) => {
          if ((controller.desiredSize ?? 0) < -MAX_WAITING_LINES) {
            stop();
            controller.error(new Error('event stream: not read'));
            return;
          }
          controller.enqueue(encoder.encode(`${JSON.stringify(event)}\n`));
        };
        const stopListening = events.listen((event) => {
          if (!isLocked() || event.type === 'session-locked') send(event);
        });
        const beat = setInterval(() => {
          send({ type: 'heartbeat' });
        }, heartbeatMs);
        beat.unref();
        stop = () => {
          clearInterval(beat);
          stopListening();
        };
        send({ type: 'heartbeat' });
      },
      cancel() {
        stop();
      },
    },
    { highWaterMark: 64 },
  );
  return new Response(body, {
    headers: { 'Content-Type': 'application/x-ndjson; charset=utf-8', 'Cache-Control': 'no-store' },
  });
}
