export { DictationBar } from './DictationBar.tsx';
export { DictationDialog } from './DictationDialog.tsx';
export { DictationLine } from './DictationLine.tsx';
export { dictationCommands } from './commands.ts';
export { startDictation } from './start.ts';
