/** @medplum/core names `WebSocket` while it loads; Node 20 has none. Imported before it, never used. */
globalThis.WebSocket ??= class {} as never;
