import type { Command } from '../commands/index.ts';
import { openDesk, openNextImagesWindow, saveDesk } from '../second-display/index.ts';
import { openDialog } from '../ui/index.ts';

const always = (): boolean => true;

/** Of the display that this window is on. */
export const displayCheck: Command = {
  id: 'display.check',
  title: 'Check this display',
  group: 'Everywhere',
  keys: ['F10'],
  when: always,
  run: () => openDialog('display-check'),
};

export const displayCommands: readonly Command[] = [
  displayCheck,
  {
    id: 'desk.open',
    title: 'Open the saved desk',
    group: 'Everywhere',
    keys: ['F7'],
    when: always,
    run: openDesk,
  },
  {
    id: 'desk.save',
    title: 'Save the desk: which window where',
    group: 'Everywhere',
    keys: ['Shift+F7'],
    when: always,
    run: () => void saveDesk(),
  },
  {
    id: 'app.more-images',
    title: 'One more window of images',
    group: 'Everywhere',
    keys: ['Mod+F7'],
    when: always,
    run: () => void openNextImagesWindow(),
  },
];
