import { parentPort, workerData } from 'node:worker_threads';

import { openShapedLine, type LineShape } from './shaped-line.ts';

/** The line in a thread of its own: what it measures must not hold it up. */
const { target, shape } = workerData as { readonly target: { readonly port: number }; readonly shape: LineShape };
const line = await openShapedLine(target, shape);
parentPort?.on('message', (message: 'take' | 'close') => {
  if (message === 'take') parentPort?.postMessage(line.takeBytes());
  else void line.close().then(() => parentPort?.close());
});
parentPort?.postMessage(line.port);
