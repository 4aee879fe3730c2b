export {
  addFact,
  addMeasurement,
  carryOver,
  closeReport,
  flushReport,
  followMeasurement,
  hasUnsavedText,
  keepDrawings,
  keptDrawings,
  markKeyImage,
  openReport,
  reportContextKey,
  usePlace,
  useReport,
} from './current-report.ts';
export { addSentence } from './edit-report.ts';
export {
  dictateField,
  dictateText,
  goToNextSection,
  goToPlace,
  goToStop,
  replaceWords,
  selectWords,
  speakingPlace,
  takeBack,
  type DictatedChange,
} from './dictated.ts';
export { macroNames, useMacros } from './macros.ts';
export { ReportPanel } from './ReportPanel.tsx';
export { SignDialog } from './SignDialog.tsx';
export { AmendDialog } from './AmendDialog.tsx';
export { reportCommands } from './commands.ts';
export { HistoryDialog } from './HistoryDialog.tsx';
export { MacrosDialog } from './MacrosDialog.tsx';
export { ScoresDialog } from './ScoresDialog.tsx';
export { loadDiscrepancies } from './discrepancies.ts';
export { DiscrepancyDialog } from './DiscrepancyDialog.tsx';
export { canUndo, showUndo, undoSignature } from './undo.ts';
export { UndoBar } from './UndoBar.tsx';
export { VersionsDialog } from './VersionsDialog.tsx';
export { WaitingDialog } from './WaitingDialog.tsx';
