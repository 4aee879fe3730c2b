export {
  followViewerContextKey,
  takeDrawings,
  takeLateImages,
  Viewer,
  viewerContextKey,
  type ViewerProps,
} from './Viewer.tsx';
export { runViewerCommand, viewerCommands, type ViewerCommand } from './commands.ts';
export { followDrawings } from './kept-drawings.ts';
export { offerHangings } from './hangings.ts';
export { stateDisplay, type DisplayTruth } from './display-truth.ts';
export { offerImages } from './shared-images.ts';
export { limitVolumes } from './planes.ts';
export { warmCase } from './warm-case.ts';
export { chooseDrawing, type Drawing } from './engine/setup.ts';
export { showReported, type Reported } from './show-reported.ts';
export { measurementForReport, shownImage, whyViewIsNotKept, type MeasurementForReport } from './shown-image.ts';
