export { carryFocusedPrior, copyFocusedFact, hasFocusedFact, hasFocusedPrior } from './fact-to-report.ts';
export { OutsideDialog } from './OutsideDialog.tsx';
export { GradeDialog } from './GradeDialog.tsx';
export { notesContextKey } from './notes-key.ts';
export { NotesPanel } from './NotesPanel.tsx';
