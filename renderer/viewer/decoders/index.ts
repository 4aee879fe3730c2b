export { setCodecWasm } from './codecs.ts';
export { decodeFrame, decodePreview } from './decode-frame.ts';
