export { copyFocusedFact, hasFocusedFact } from './fact-to-report.ts';
export { GradeDialog } from './GradeDialog.tsx';
export { notesContextKey } from './notes-key.ts';
export { NotesPanel } from './NotesPanel.tsx';
