export type { Command } from './command.ts';
export { CommandButton } from './CommandButton.tsx';
export { listenToKeys } from './keys.ts';
export { Palette } from './Palette.tsx';
export { ShortcutSheet } from './ShortcutSheet.tsx';
export { addCommands, commandTable, followCommands, useSpokenCommands } from './table.ts';
