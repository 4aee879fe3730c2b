export { AskSiteDialog } from './AskSiteDialog.tsx';
export { criticalCommands } from './commands.ts';
export { loadCritical } from './critical.ts';
export { caseWords, CriticalBoard, LevelMark, Story } from './CriticalBoard.tsx';
export { CriticalButton } from './CriticalButton.tsx';
export { CriticalDialog } from './CriticalDialog.tsx';
export { RecommendDialog } from './RecommendDialog.tsx';
export { RecordCall } from './RecordCall.tsx';
