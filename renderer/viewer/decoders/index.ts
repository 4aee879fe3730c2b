export { setCodecWasm } from './codecs.ts';
export { decodeFrame } from './decode-frame.ts';
