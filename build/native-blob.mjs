// In place of the recogniser package's polyfill, which looks for a document and so cannot run in a worker.
export const { Blob } = globalThis;
