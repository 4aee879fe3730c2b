export { followViewerContextKey, takeLateImages, Viewer, viewerContextKey, type ViewerProps } from './Viewer.tsx';
export { viewerCommands, type ViewerCommand } from './commands.ts';
export { offerHangings } from './hangings.ts';
export { stateDisplay, type DisplayTruth } from './display-truth.ts';
export { offerImages } from './shared-images.ts';
export { limitVolumes } from './planes.ts';
export { warmCase } from './warm-case.ts';
export { chooseDrawing, type Drawing } from './engine/setup.ts';
export { measurementForReport, shownImage, whyViewIsNotKept, type MeasurementForReport } from './shown-image.ts';
