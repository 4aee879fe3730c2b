import { parentPort } from 'node:worker_threads';

import { decodeFrame } from '#renderer/viewer/decoders/index.ts';
import type { FrameDescription } from '#shared/dicom/frame-description.ts';

export interface EncodedFrame {
  readonly payload: Uint8Array;
  readonly description: FrameDescription;
}

let frames: readonly EncodedFrame[] = [];

/** Takes frames, then decodes them all each time it is told to; the viewer's own decoders. */
parentPort?.on('message', (message: readonly EncodedFrame[] | 'decode') => {
  if (message !== 'decode') {
    frames = message;
    parentPort?.postMessage('ready');
    return;
  }
  void (async () => {
    for (const { payload, description } of frames) {
      const decoded = await decodeFrame(payload, description);
      if (!decoded.ok) throw new Error(decoded.error.reason);
    }
    parentPort?.postMessage('decoded');
  })();
});
