export { supportCommands } from './commands.ts';
export { SupportDialog } from './SupportDialog.tsx';
