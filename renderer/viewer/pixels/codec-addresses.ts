import charls from '@cornerstonejs/codec-charls/decodewasm?url';
import libjpeg from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm?url';
import openjpeg from '@cornerstonejs/codec-openjpeg/decodewasm?url';
import openjph from '@cornerstonejs/codec-openjph/wasm?url';
import { setCodecWasm } from '../decoders/index.ts';

/** Tells the decoders where the bundler put their WebAssembly. Once a worker, before the first frame. */
export function locateCodecs(): void {
  setCodecWasm('charls', charls);
  setCodecWasm('libjpeg', libjpeg);
  setCodecWasm('openjpeg', openjpeg);
  setCodecWasm('openjph', openjph);
}
