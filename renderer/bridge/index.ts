import { createCall } from './call.ts';

export { CallFailed, createCall, failureWords, type Call, type CallFailureCode } from './call.ts';
export type { Answer, DeliveryView, Exact, OpenCase, WorklistRow } from './exact.ts';
export { followEvents, pauseFor, type LinkState } from './events.ts';
export { nativeHost, type NativeHost } from './native.ts';

/** The door of this window. */
export const call = createCall({ fetch: (input, init) => globalThis.fetch(input, init) });
