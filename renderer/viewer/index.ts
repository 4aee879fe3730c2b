export { followViewerContextKey, takeLateImages, Viewer, viewerContextKey, type ViewerProps } from './Viewer.tsx';
export { viewerCommands, type ViewerCommand } from './commands.ts';
export { warmCase } from './warm-case.ts';
export { chooseDrawing, type Drawing } from './engine/setup.ts';
export { shownImage, type ShownImage } from './shown-image.ts';
