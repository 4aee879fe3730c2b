import type { Command } from '../commands/index.ts';
import { readingCommands } from '../reading/index.ts';
import { canLock, lockNow, useSession } from '../settings/index.ts';
import { openDialog } from '../ui/index.ts';
import { worklistCommands } from '../worklist/index.ts';

const always = (): boolean => true;

/** Everything a reader can do; the viewer adds its own when it has loaded. */
export const appCommands: readonly Command[] = [
  ...worklistCommands,
  ...readingCommands,
  {
    id: 'palette.open',
    title: 'Search or command',
    group: 'Everywhere',
    keys: ['Mod+K'],
    when: always,
    run: () => openDialog('palette'),
  },
  {
    id: 'shortcuts.open',
    title: 'Keyboard shortcuts',
    group: 'Everywhere',
    keys: ['?'],
    when: always,
    run: () => openDialog('shortcuts'),
  },
  {
    id: 'settings.open',
    title: 'Settings',
    group: 'Everywhere',
    keys: ['Mod+,'],
    when: always,
    run: () => openDialog('settings'),
  },
  {
    id: 'session.lock',
    title: 'Lock',
    group: 'Everywhere',
    keys: ['Mod+L'],
    when: () => canLock(useSession.getState()),
    run: () => void lockNow(),
  },
];
