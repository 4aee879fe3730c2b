export { loadAskedSite } from './asked-site.ts';
export { carryFocusedPrior, copyFocusedFact, hasFocusedFact, hasFocusedPrior } from './fact-to-report.ts';
export { DocumentDialog } from './DocumentDialog.tsx';
export { documentsOf, showDocument } from './documents.ts';
export { OutsideDialog } from './OutsideDialog.tsx';
export { GradeDialog } from './GradeDialog.tsx';
export { notesContextKey } from './notes-key.ts';
export { NotesPanel } from './NotesPanel.tsx';
