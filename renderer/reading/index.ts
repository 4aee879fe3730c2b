export { readingCommands } from './commands.ts';
export {
  isReading,
  leaveBy,
  leaveWithWindow,
  loadNotesAgain,
  loseClaim,
  openTask,
  readNext,
  renewClaim,
  returnToList,
  useReading,
} from './reading.ts';
export { coverWords, followIdentity, isCovered } from './identity.ts';
export { noteLateImages, tellSeen } from './late-images.ts';
export { focusRegion } from './regions.ts';
export { QuietPatientLine } from './PatientLine.tsx';
export { ReadingScreen } from './ReadingScreen.tsx';
export { followViewerKey, loadViewer, takeLateImages, viewerContextKey, ViewerSlot } from './viewer-slot.tsx';
export { forgetNextCase, readyCase, readyNextCase } from './next-case.ts';
