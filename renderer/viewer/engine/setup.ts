import { cache, init as initCore, setUseCPURendering, getShouldUseCPURendering } from '@cornerstonejs/core';
import { addTool, init as initTools, LengthTool, PanTool, ZoomTool } from '@cornerstonejs/tools';
import { ScrollTool, WindowTool } from './drag-tools.ts';

const MEGABYTE = 1024 * 1024;
const HIGHEST_CACHE_MB = 2048;
const LOWEST_CACHE_MB = 512;

/** Decoded images kept: a quarter of the machine's memory as far as the browser tells it, within bounds. */
export function decodedCacheBytes(): number {
  const memoryGb = (navigator as { readonly deviceMemory?: number }).deviceMemory ?? 4;
  return Math.min(HIGHEST_CACHE_MB, Math.max(LOWEST_CACHE_MB, (memoryGb / 4) * 1024)) * MEGABYTE;
}

const hasWebGl2 = (): boolean => document.createElement('canvas').getContext('webgl2') !== null;

let isReady = false;

/** Once a window. Without WebGL2 images are drawn by the processor: slower, the same greys. */
export function setUpCornerstone(): void {
  if (isReady) return;
  initCore({ rendering: { renderingEngineMode: 'contextPool', webGlContextCount: 2 } } as Parameters<
    typeof initCore
  >[0]);
  initTools();
  for (const tool of [PanTool, ZoomTool, LengthTool, WindowTool, ScrollTool]) addTool(tool);
  if (!hasWebGl2()) setUseCPURendering(true);
  cache.setMaxCacheSize(decodedCacheBytes());
  isReady = true;
}

export const drawsByProcessor = (): boolean => getShouldUseCPURendering();
export const drawByProcessor = (): void => setUseCPURendering(true);
