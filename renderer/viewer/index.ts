export { followViewerContextKey, Viewer, viewerContextKey, type ViewerProps } from './Viewer.tsx';
export { viewerCommands, type ViewerCommand } from './commands.ts';
