import { describe, expect, it } from 'vitest';

import { followEvents } from '#renderer/bridge/events.ts';

const streamOf = (...chunks: string[]) =>
  new Response(
    new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
        controller.close();
      },
    }),
  );

describe('the event stream', () => {
  it('reads events across chunk borders, skips what it does not know, and comes back when the door was gone', async () => {
    const stop = new AbortController();
    const told: string[] = [];
    const pauses: number[] = [];
    const answers = [
      () => streamOf('{"type":"worklist-ch', 'anged"}\n{"type":"from-the-future"}\nnot json\n{"type":"heartbeat"}\n'),
      () => Promise.reject(new TypeError('refused')),
      () => streamOf('{"type":"session-locked"}\n'),
    ];
    await followEvents(stop.signal, {
      fetch: async () => {
        const answer = answers.shift();
        if (answer === undefined) {
          stop.abort();
          throw new TypeError('refused');
        }
        return answer();
      },
      pause: async (ms) => {
        pauses.push(ms);
      },
      onEvent: ({ type }) => told.push(type),
      onLink: (state) => told.push(state),
    });
    expect(told).toEqual([
      'connecting',
      'connected',
      'worklist-changed',
      'heartbeat',
      'lost',
      'lost',
      'connected',
      'session-locked',
      'lost',
    ]);
    expect(pauses).toEqual([250, 500, 250]);
  });
});
