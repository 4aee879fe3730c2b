import type { Command } from '../commands/index.ts';
import { goToStop, useReport } from '../report/index.ts';
import { openDialog, say } from '../ui/index.ts';
import { isListening, isStopped, listen, pause, stopDictation, useDictation } from './dictation.ts';
import { answerAsked, scratch } from './hear.ts';

const always = (): boolean => true;
const isWriting = (): boolean => useReport.getState().opened?.canReport === true;
const isAsked = (): boolean => useDictation.getState().asked !== undefined;

/** Everything about the microphone, and what only a voice needs. */
export const dictationCommands: readonly Command[] = [
  {
    id: 'dictation.toggle',
    title: 'Dictate',
    group: 'Everywhere',
    keys: ['F4'],
    when: always,
    run: () => (isListening(useDictation.getState()) ? stopDictation() : listen()),
  },
  {
    id: 'dictation.hold',
    title: 'Dictate while held',
    group: 'Everywhere',
    keys: ['F3'],
    when: always,
    run: listen,
    release: pause,
  },
  {
    id: 'dictation.stop',
    title: 'Stop listening',
    group: 'Everywhere',
    keys: [],
    phrases: ['stop listening', 'microphone off'],
    when: () => !isStopped(useDictation.getState()),
    run: stopDictation,
  },
  {
    id: 'dictation.microphone',
    title: 'Microphone',
    group: 'Everywhere',
    keys: ['Shift+F4'],
    when: always,
    run: () => openDialog('dictation'),
  },
  {
    id: 'dictation.scratch',
    title: 'Take back what was dictated last',
    group: 'Reading',
    keys: ['Alt+Backspace'],
    phrases: ['scratch that', 'undo', 'undo that'],
    when: isWriting,
    run: () => {
      if (!scratch()) say('Nothing that was dictated can be taken back.');
    },
  },
  {
    id: 'dictation.confirm',
    title: 'Confirm what was asked back',
    group: 'Everywhere',
    keys: ['Alt+Enter'],
    phrases: ['confirm'],
    when: isAsked,
    run: () => answerAsked(true),
  },
  {
    id: 'dictation.refuse',
    title: 'Do not do what was asked back',
    group: 'Everywhere',
    keys: [],
    phrases: ['cancel', 'cancel that'],
    when: isAsked,
    run: () => answerAsked(false),
  },
  {
    id: 'report.next-field',
    title: 'Next field of the report',
    group: 'Reading',
    keys: ['Alt+N'],
    phrases: ['next field', 'next section'],
    when: isWriting,
    run: () => void goToStop(1),
  },
  {
    id: 'report.previous-field',
    title: 'Previous field of the report',
    group: 'Reading',
    keys: ['Alt+P'],
    phrases: ['previous field', 'previous section'],
    when: isWriting,
    run: () => void goToStop(-1),
  },
];
