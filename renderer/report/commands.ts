import type { Command } from '../commands/index.ts';
import { useSession } from '../settings/index.ts';
import { openDialog } from '../ui/index.ts';
import { draftByModel, draftOrConfirm, useReport } from './current-report.ts';
import { addEntryHere, canAddEntry, canRemoveEntry, removeEntryHere } from './entry-commands.ts';
import { correctWord, firstDoubt } from './spelling.ts';
import { canWriteNormal, goToFindings, writeNormalReport } from './normal.ts';
import { isInReport, stepChange } from './undo-changes.ts';

const canWrite = (): boolean => useReport.getState().opened?.canReport === true;

/** What can be done about signed reports; `signed` tells whether the open case has one that is only looked at. */
export const reportCommands = (isSignedOpen: () => boolean, hasVersions: () => boolean): readonly Command[] => [
  {
    id: 'report.macros',
    title: 'Macros',
    group: 'Everywhere',
    keys: ['Alt+T'],
    when: () => true,
    run: () => openDialog('macros'),
  },
  {
    id: 'report.score',
    title: 'Score or grade',
    group: 'Reading',
    keys: ['Alt+L'],
    when: canWrite,
    run: () => openDialog('scores'),
  },
  {
    id: 'report.findings',
    title: 'Go to the findings, behind what is written there',
    group: 'Reading',
    keys: ['Alt+E'],
    when: canWrite,
    run: goToFindings,
  },
  {
    id: 'report.add-entry',
    title: 'Add another entry: nodule, lesion, …',
    group: 'Reading',
    keys: ['Alt+Q'],
    when: canAddEntry,
    run: addEntryHere,
  },
  {
    id: 'report.remove-entry',
    title: 'Remove this entry',
    group: 'Reading',
    keys: ['Alt+X'],
    when: canRemoveEntry,
    run: removeEntryHere,
  },
  {
    id: 'report.normal',
    title: 'Write the normal report of this template',
    group: 'Reading',
    keys: ['Alt+W'],
    when: () => canWrite() && canWriteNormal(),
    run: writeNormalReport,
  },
  {
    id: 'report.draft-impression',
    title: 'Draft the impression from the findings, or confirm the draft',
    group: 'Reading',
    keys: ['Alt+D'],
    when: canWrite,
    run: draftOrConfirm,
  },
  {
    id: 'report.draft-by-model',
    title: 'Draft the impression with the language model',
    group: 'Reading',
    keys: ['Alt+J'],
    when: () => canWrite() && useSession.getState().session?.canAskModel === true,
    run: () => void draftByModel(),
  },
  {
    id: 'report.correct-spelling',
    title: 'Correct the word that looks misspelled',
    group: 'Reading',
    keys: ['Alt+Y'],
    when: () => canWrite() && firstDoubt() !== undefined,
    run: () => {
      const doubt = firstDoubt();
      if (doubt !== undefined) correctWord(doubt);
    },
  },
  {
    id: 'report.undo-change',
    title: 'Undo the last change of the report',
    group: 'Reading',
    keys: ['Mod+Z'],
    when: isInReport,
    run: () => stepChange('undo'),
  },
  {
    id: 'report.redo-change',
    title: 'Redo what was undone',
    group: 'Reading',
    keys: ['Mod+Y'],
    when: isInReport,
    run: () => stepChange('redo'),
  },
  {
    id: 'report.history',
    title: 'History of this draft',
    group: 'Reading',
    keys: ['Alt+H'],
    when: canWrite,
    run: () => openDialog('history'),
  },
  {
    id: 'report.addendum',
    title: 'Add an addendum',
    group: 'Reading',
    keys: ['Alt+A'],
    when: isSignedOpen,
    run: () => openDialog('addendum'),
  },
  {
    id: 'report.correct',
    title: 'Correct the report',
    group: 'Reading',
    keys: ['Alt+R'],
    when: isSignedOpen,
    run: () => openDialog('correct'),
  },
  {
    id: 'report.withdraw',
    title: 'Withdraw the report',
    group: 'Reading',
    keys: [],
    when: isSignedOpen,
    run: () => openDialog('withdraw'),
  },
  {
    id: 'report.versions',
    title: 'Versions of this report',
    group: 'Reading',
    keys: ['Alt+V'],
    when: hasVersions,
    run: () => openDialog('versions'),
  },
  {
    id: 'report.signed-here',
    title: 'Signed here, not on the hub',
    group: 'Everywhere',
    keys: [],
    when: () => true,
    run: () => openDialog('signed-here'),
  },
  {
    id: 'report.discrepancies',
    title: 'Differences from my preliminary reports',
    group: 'Everywhere',
    keys: [],
    when: () => true,
    run: () => openDialog('discrepancies'),
  },
];
