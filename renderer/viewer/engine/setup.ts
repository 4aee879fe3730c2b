import { cache, init as initCore, setUseCPURendering } from '@cornerstonejs/core';
import { addTool, init as initTools, PanTool, ZoomTool } from '@cornerstonejs/tools';
import { ScrollTool, WindowTool } from './drag-tools.ts';

/** Cornerstone's cache only follows the image banks, which keep to their own limits: it must never evict by itself. */
const CACHE_BYTES = 2 ** 40;

export type Drawing = 'automatic' | 'by-card' | 'by-processor';
let drawing: Drawing = 'automatic';

/** Before the first image only: tests see both ways of drawing. */
export const chooseDrawing = (chosen: Drawing): void => void (drawing = chosen);

const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** What WebGL2 draws with: nothing, a program that only imitates a graphics card, or one. */
function graphics(): 'none' | 'software' | 'card' {
  const context = document.createElement('canvas').getContext('webgl2');
  if (!context) return 'none';
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const name = String(context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return SOFTWARE.test(name) ? 'software' : 'card';
}

let isReady = false;
let isWithoutCard = false;

/** Once a window. Without a graphics card, imitated or none at all, images are drawn by the processor: slower, the same greys. */
export function setUpCornerstone(): void {
  if (isReady) return;
  initCore({ rendering: { renderingEngineMode: 'contextPool', webGlContextCount: 2 } } as Parameters<
    typeof initCore
  >[0]);
  initTools();
  for (const tool of [PanTool, ZoomTool, WindowTool, ScrollTool]) addTool(tool);
  const kind = graphics();
  // The library's own way without a card shows other greys than the file means, and turns colour wrong.
  setUseCPURendering(false);
  isWithoutCard = kind === 'none' || (drawing === 'automatic' ? kind === 'software' : drawing === 'by-processor');
  cache.setMaxCacheSize(CACHE_BYTES);
  isReady = true;
}

/** No card, or an imitated one that takes ten times as long as the processor itself: the engine stays, the drawing is ours. */
export const drawsWithoutCard = (): boolean => isWithoutCard;
export const drawWithoutCard = (): void => void (isWithoutCard = true);
