export { closeReport, flushReport, openReport, reportContextKey, useReport } from './current-report.ts';
export { ReportPanel } from './ReportPanel.tsx';
export { SignDialog } from './SignDialog.tsx';
