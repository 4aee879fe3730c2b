import { decodeFrame, decodePreview } from '../decoders/index.ts';
import { traceRegion } from '../others/trace.ts';
import { locateCodecs } from './codec-addresses.ts';
import { toDisplayImage } from './to-display-image.ts';
import type { DecodeReply, DecodeRequest, DisplayImage } from './worker-messages.ts';

async function answer({ id, payload, description, conversion, level }: DecodeRequest): Promise<DecodeReply> {
  try {
    const decoded =
      level === undefined ? await decodeFrame(payload, description) : await decodePreview(payload, description, level);
    if (!decoded.ok) return { id, ok: false, reason: decoded.error.reason };
    const image = toDisplayImage(decoded.value, conversion, description.bitsStored);
    return { id, ok: true, image: conversion.regionFrom === undefined ? image : traced(image, conversion.regionFrom) };
  } catch (failure) {
    // Hostile bytes may make a codec throw: that is this frame's refusal, not the worker's end.
    return { id, ok: false, reason: failure instanceof Error ? failure.message : 'the decoder failed' };
  }
}

function traced({ samples, ...image }: DisplayImage, regionFrom: number): DisplayImage {
  const outlines = traceRegion(samples, image.columns, image.rows, regionFrom);
  return { ...image, samples: new Uint8Array(0), ...(outlines === undefined ? {} : { outlines }) };
}

locateCodecs();

self.addEventListener('message', (event: MessageEvent<DecodeRequest>) => {
  void answer(event.data).then((reply) => {
    const transfer = reply.ok ? [reply.image.samples.buffer as ArrayBuffer] : [];
    self.postMessage(reply, { transfer });
  });
});
