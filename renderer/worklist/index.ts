export { worklistCommands } from './commands.ts';
export { WhyDialog } from './WhyDialog.tsx';
export { loadWorklist } from './worklist.ts';
export { WorklistScreen } from './WorklistScreen.tsx';
