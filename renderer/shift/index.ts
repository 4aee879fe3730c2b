export { shiftCommands } from './commands.ts';
export { ShiftBoardDialog } from './ShiftBoardDialog.tsx';
