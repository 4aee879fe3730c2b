export { keepBadge } from './badge.ts';
export { worklistCommands } from './commands.ts';
export { entriesOf } from './dropped-files.ts';
export { importDropped } from './import-dropped.ts';
export { WhyDialog } from './WhyDialog.tsx';
export { followCounts } from './lists.ts';
export { ReasonDialogs } from './ReasonDialog.tsx';
export { followAsked, followRows, followTime, loadWorklist, takeList, useWorklist } from './worklist.ts';
export { WorklistScreen } from './WorklistScreen.tsx';
