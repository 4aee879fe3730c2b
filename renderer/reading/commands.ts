import type { Command } from '../commands/index.ts';
import {
  carryFocusedPrior,
  copyFocusedFact,
  documentsOf,
  hasFocusedFact,
  hasFocusedPrior,
  showDocument,
} from '../notes/index.ts';
import { areImagesElsewhere, bringImagesBack } from '../second-display/index.ts';
import { addMeasurement, canUndo, markKeyImage, reportCommands } from '../report/index.ts';
import { openDialog, say } from '../ui/index.ts';
import { isDisputed } from './identity.ts';
import { isReading, returnToList, signRefusal, undoAndReopen, useReading } from './reading.ts';
import { focusNextRegion, focusRegion, leaveTextBox } from './regions.ts';
import { measurementForReport, shownImage, viewerContextKey, whyViewIsNotKept } from './viewer-slot.tsx';

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
    id: 'report.key-image-note',
    title: 'Note on the last key image',
    group: 'Reading',
    keys: ['Alt+Shift+K'],
    when: () => useReading.getState().opened?.canReport === true,
    run: noteLastKeyImage,
  },
  {
    id: 'report.measurement',
    title: 'Measurement into the report',
    group: 'Reading',
    keys: ['Alt+M'],
    when: () => useReading.getState().opened?.canReport === true && viewerContextKey() !== undefined,
    run: reportMeasurement,
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
    asksWhenSpoken: true,
    when: () => isReading() && signRefusal(useReading.getState()) === undefined,
    run: () => openDialog('sign'),
  },
  {
    id: 'notes.search',
    title: 'Search in the notes',
    group: 'Reading',
    keys: ['Alt+F'],
    when: isReading,
    run: () => document.querySelector<HTMLInputElement>('input[data-search=notes]')?.focus(),
  },
  {
    id: 'notes.copy',
    title: 'The note under focus into the report',
    group: 'Reading',
    keys: ['Alt+I'],
    when: hasFocusedFact,
    run: copyFocusedFact,
  },
  {
    id: 'notes.carry-prior',
    title: 'The prior report under focus into the findings, as unchanged',
    group: 'Reading',
    keys: ['Alt+U'],
    when: hasFocusedPrior,
    run: carryFocusedPrior,
  },
  {
    id: 'notes.outside',
    title: 'Notes of other exams (with a reason)',
    group: 'Reading',
    keys: ['Alt+O'],
    when: isReading,
    run: () => openDialog('break-glass'),
  },
  {
    id: 'notes.document',
    title: 'Documents of the case (letters, scans, PDF)',
    group: 'Reading',
    keys: ['Alt+P'],
    when: () => {
      const { opened } = useReading.getState();
      return opened !== undefined && documentsOf(opened).length > 0;
    },
    run: () => showDocument(undefined),
  },
  {
    id: 'notes.grade',
    title: 'Grade the request',
    group: 'Reading',
    keys: ['Alt+G'],
    when: () => useReading.getState().opened?.canReport === true,
    run: () => openDialog('grade'),
  },
  {
    id: 'identity.same',
    title: 'Same person: go on in spite of what differs',
    group: 'Reading',
    keys: ['Alt+S'],
    when: () => isDisputed(useReading.getState().opened),
    run: () => openDialog('same-person'),
  },
  {
    id: 'identity.send-back',
    title: 'Not this patient: send back and ask the site',
    group: 'Reading',
    keys: ['Alt+N'],
    when: () => isDisputed(useReading.getState().opened) && useReading.getState().opened?.canReport === true,
    run: () => openDialog('send-back'),
  },
  {
    id: 'reading.return',
    title: 'Return to list',
    group: 'Reading',
    keys: ['Escape'],
    asksWhenSpoken: true,
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

const isOfReport = (studyInstanceUid: string): boolean =>
  useReading
    .getState()
    .opened?.studies.some((study) => study.role === 'current' && study.studyInstanceUid === studyInstanceUid) === true;

/** Key images go with the studies of this report: a prior's image would leave under another study. */
function toggleShownImage(): void {
  const image = shownImage();
  if (image === undefined || !isReading()) return;
  if (!isOfReport(image.studyInstanceUid)) return say('Not marked: this image belongs to a prior study.');
  const done = markKeyImage(image);
  const refusal = whyViewIsNotKept();
  const view = refusal === undefined ? '' : ` How you see it is not kept: ${refusal}.`;
  if (done !== undefined)
    say(done === 'marked' ? `Key image: ${image.label}.${view}` : `No key image any more: ${image.label}.`);
}

function noteLastKeyImage(): void {
  const notes = document.querySelectorAll<HTMLInputElement>('input[data-key-image-note]');
  const last = notes.item(notes.length - 1);
  if (last === null) return say('There is no key image: Alt K marks the one on screen.');
  last.focus();
}

/** The sentence is the measurement; its image as a key image is the way back to it. A prior's is named in the text only. */
function reportMeasurement(): void {
  const measured = measurementForReport();
  const { opened } = useReading.getState();
  if (measured === undefined) return say('There is no measurement to put into the report.');
  // What is on screen and what is written must be the same case.
  if (opened?.contextKey !== viewerContextKey()) return;
  const image = isOfReport(measured.image.studyInstanceUid) ? measured.image : undefined;
  if (addMeasurement(measured.words, image, image && measured.measurement))
    say(`In the findings: ${measured.words}.${image === undefined ? '' : ` Key image: ${image.label}.`}`);
}
