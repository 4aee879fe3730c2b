export { followViewerContextKey, seenSlices, Viewer, viewerContextKey, type ViewerProps } from './Viewer.tsx';
export { viewerCommands, type ViewerCommand } from './commands.ts';
export type { SeenSeries } from './seen-slices.ts';
export { warmCase } from './warm-case.ts';
export { chooseDrawing, type Drawing } from './engine/setup.ts';
export { shownImage, type ShownImage } from './shown-image.ts';
