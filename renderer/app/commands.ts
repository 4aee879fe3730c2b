import type { Command } from '../commands/index.ts';
import { criticalCommands } from '../critical/index.ts';
import { dictationCommands } from '../dictation/index.ts';
import { noticeCommands } from '../notices/index.ts';
import { displayCommands } from '../displays/index.ts';
import { isReading, readingCommands, returnToList } from '../reading/index.ts';
import { openImagesWindow } from '../second-display/index.ts';
import { canLock, lockNow, useSession } from '../settings/index.ts';
import { openDialog } from '../ui/index.ts';
import { shiftCommands } from '../shift/index.ts';
import { supportCommands } from '../support/index.ts';
import { worklistCommands } from '../worklist/index.ts';

const always = (): boolean => true;

/** Everything a reader can do; the viewer adds its own when it has loaded. */
export const appCommands: readonly Command[] = [
  ...worklistCommands,
  ...readingCommands,
  ...shiftCommands,
  ...dictationCommands,
  ...noticeCommands,
  ...criticalCommands,
  ...supportCommands,
  ...displayCommands,
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
    id: 'app.worklist',
    title: 'Go to the worklist',
    group: 'Everywhere',
    keys: [],
    when: isReading,
    run: () => void returnToList(),
  },
  {
    id: 'app.images-window',
    title: 'Images on another display',
    group: 'Everywhere',
    keys: [],
    when: always,
    run: () => void openImagesWindow(),
  },
  {
    id: 'app.about',
    title: 'About Overread',
    group: 'Everywhere',
    keys: [],
    when: always,
    run: () => openDialog('settings'),
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
