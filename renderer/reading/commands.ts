import type { Command } from '../commands/index.ts';
import { areImagesElsewhere, bringImagesBack } from '../second-display/index.ts';
import { canUndo, markKeyImage, reportCommands } from '../report/index.ts';
import { openDialog, say } from '../ui/index.ts';
import { isReading, returnToList, signRefusal, undoAndReopen, useReading } from './reading.ts';
import { focusNextRegion, focusRegion, leaveTextBox } from './regions.ts';
import { shownImage } from './viewer-slot.tsx';

const isSignedOpen = (): boolean => {
  const { opened } = useReading.getState();
  return opened?.signed !== undefined && !opened.canReport;
};

export const readingCommands: readonly Command[] = [
  ...reportCommands(isSignedOpen, () => useReading.getState().opened?.signed !== undefined),
  {
    id: 'report.key-image',
    title: 'Mark the image as key image',
    group: 'Reading',
    keys: ['Alt+K'],
    when: () => useReading.getState().opened?.canReport === true && shownImage() !== undefined,
    run: toggleShownImage,
  },
  {
    id: 'report.undo',
    title: 'Undo signature',
    group: 'Everywhere',
    keys: ['Mod+Shift+Z'],
    when: canUndo,
    run: () => void undoAndReopen(),
  },
  {
    id: 'report.sign',
    title: 'Sign',
    group: 'Reading',
    keys: ['F12', 'Mod+Enter'],
    when: () => isReading() && signRefusal(useReading.getState()) === undefined,
    run: () => openDialog('sign'),
  },
  {
    id: 'reading.return',
    title: 'Return to list',
    group: 'Reading',
    keys: ['Escape'],
    when: isReading,
    run: () => {
      if (!leaveTextBox()) void returnToList();
    },
  },
  {
    id: 'reading.why',
    title: 'Why this case?',
    group: 'Reading',
    keys: [],
    when: isReading,
    run: () => openDialog('why'),
  },
  {
    id: 'reading.images-back',
    title: 'Bring the images back from the other display',
    group: 'Reading',
    keys: [],
    when: areImagesElsewhere,
    run: bringImagesBack,
  },
  {
    id: 'reading.viewer',
    title: 'Go to viewer',
    group: 'Reading',
    keys: ['Alt+1'],
    when: isReading,
    run: () => focusRegion('viewer'),
  },
  {
    id: 'reading.notes',
    title: 'Go to notes',
    group: 'Reading',
    keys: ['Alt+2'],
    when: isReading,
    run: () => focusRegion('notes'),
  },
  {
    id: 'reading.report',
    title: 'Go to report',
    group: 'Reading',
    keys: ['Alt+3'],
    when: isReading,
    run: () => focusRegion('report'),
  },
  {
    id: 'reading.next-region',
    title: 'Next panel',
    group: 'Reading',
    keys: ['F6'],
    when: isReading,
    run: () => focusNextRegion(1),
  },
  {
    id: 'reading.previous-region',
    title: 'Previous panel',
    group: 'Reading',
    keys: ['Shift+F6'],
    when: isReading,
    run: () => focusNextRegion(-1),
  },
];

/** Key images go with the studies of this report: a prior's image would leave under another study. */
function toggleShownImage(): void {
  const image = shownImage();
  const { opened } = useReading.getState();
  if (image === undefined || opened === undefined) return;
  const isOfReport = opened.studies.some(
    ({ role, studyInstanceUid }) => role === 'current' && studyInstanceUid === image.studyInstanceUid,
  );
  if (!isOfReport) return say('Not marked: this image belongs to a prior study.');
  const done = markKeyImage(image);
  if (done !== undefined)
    say(done === 'marked' ? `Key image: ${image.label}.` : `No key image any more: ${image.label}.`);
}
