export { displayCheck, displayCommands } from './commands.ts';
export { DisplayCheckDialog } from './DisplayCheckDialog.tsx';
export { DisplayDue } from './DisplayDue.tsx';
export { followDisplay } from './follow-display.ts';
