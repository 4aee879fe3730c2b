export { setCodecWasm, type CodecName } from './codecs.ts';
export { decodeFrame } from './decode-frame.ts';
