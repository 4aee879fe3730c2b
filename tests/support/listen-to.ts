import { eventSchema, type WorkstationEvent } from '#shared/contract/events.ts';

import type { WorkstationRig } from './workstation-rig.ts';

/** Reads the lines of the event stream one by one. */
export async function listenTo(rig: WorkstationRig, path = '/events') {
  const response = await rig.get(path);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    async next(): Promise<WorkstationEvent> {
      while (!text.includes('\n')) {
        const { value, done } = await reader.read();
        if (done) throw new Error('the stream has ended');
        text += value;
      }
      const line = text.slice(0, text.indexOf('\n'));
      text = text.slice(line.length + 1);
      return eventSchema.parse(JSON.parse(line));
    },
    stop: () => reader.cancel(),
  };
}
