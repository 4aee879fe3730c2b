import { createCall } from './call.ts';

export { CallFailed, failureWords } from './call.ts';
export type { Answer, CriticalView, DeliveryView, NextCase, OpenCase, WorklistRow, WorkstationEvent } from './exact.ts';
export { followEvents, pauseFor, type LinkState } from './events.ts';
export { followEventsOfHome, offerEvents } from './events-home.ts';
export { nativeHost } from './native.ts';
export { discardUpload, uploadFile } from './upload.ts';

/** The door of this window. */
export const call = createCall({ fetch: (input, init) => globalThis.fetch(input, init) });
