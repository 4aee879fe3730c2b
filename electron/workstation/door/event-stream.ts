import type { EventBus } from '#electron/workstation/event-bus.ts';
import type { ListAnswer } from '#electron/workstation/list-answer.ts';
import type { WorkstationEvent } from '#shared/contract/events.ts';

/** The renderer takes a door that is silent for a few of these for gone, and blanks. */
const HEARTBEAT_MS = 5000;
/** Lines a reader may leave untaken; one that has gone without saying is dropped. */
const MAX_WAITING_LINES = 1000;
/** Many changes of the list at once are told as one. */
const GATHER_MS = 150;

/**
 * `GET /events`: NDJSON, first a heartbeat at once. While the session is locked it tells nothing but that and the lock. With `list`, a change of the list is told
 * as what differs from what this stream told last.
 */
export function eventStream(
  events: EventBus,
  isLocked: () => boolean,
  list?: Pick<ListAnswer, 'revision' | 'tell'>,
): Response {
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
        const tellList = list === undefined ? undefined : gatherList(list, isLocked, send);
        const stopListening = events.listen((event) => {
          if (isLocked() && event.type !== 'session-locked') return;
          if (event.type === 'worklist-changed' && tellList !== undefined) tellList.soon();
          else send(event);
        });
        const beat = setInterval(() => {
          send({ type: 'heartbeat' });
        }, HEARTBEAT_MS);
        beat.unref();
        stop = () => {
          clearInterval(beat);
          tellList?.stop();
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

/** The first change is only said: the window has then asked for the list itself, or is about to. */
function gatherList(
  list: Pick<ListAnswer, 'revision' | 'tell'>,
  isLocked: () => boolean,
  send: (event: WorkstationEvent) => void,
): { soon(): void; stop(): void } {
  let since: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  const changed = (): WorkstationEvent => {
    const before = since;
    if (before === undefined) {
      since = list.revision();
      return { type: 'worklist-changed' };
    }
    const told = list.tell({ since: before });
    since = told.revision;
    return { type: 'worklist-changed', told: { since: before, list: told } };
  };
  const tell = () => {
    timer = undefined;
    if (isLocked()) return;
    try {
      send(changed());
    } catch {
      // Nobody would hear of it here, and it would end the program: the window asks, and is answered what is wrong.
      send({ type: 'worklist-changed' });
    }
  };
  return {
    soon() {
      timer ??= setTimeout(tell, GATHER_MS);
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
