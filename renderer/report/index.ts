export { closeReport, flushReport, hasUnsavedText, openReport, reportContextKey, useReport } from './current-report.ts';
export { addSentence } from './edit-report.ts';
export { ReportPanel } from './ReportPanel.tsx';
export { SignDialog } from './SignDialog.tsx';
