import type { Command } from '../commands/index.ts';
import { goToNextSection, goToStop, useReport } from '../report/index.ts';
import { openDialog, say } from '../ui/index.ts';
import { isListening, isStopped, listen, pause, stopDictation, toggleHandsFree, useDictation } from './dictation.ts';
import { connectDevice } from './buttons.ts';
import { runMicrophoneCheck } from './shift-check.ts';
import { answerAsked, playLast, scratch } from './hear.ts';

const always = (): boolean => true;
const isWriting = (): boolean => useReport.getState().opened?.canReport === true;
const isAsked = (): boolean => useDictation.getState().asked !== undefined;

const step = (id: string, title: string, keys: readonly string[], go: () => boolean): Command => ({
  id,
  title,
  group: 'Reading',
  keys,
  when: isWriting,
  run: () => void go(),
});

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
    id: 'dictation.hands-free',
    title: 'Listen for the wake word',
    group: 'Everywhere',
    keys: ['Shift+F3'],
    when: always,
    run: toggleHandsFree,
  },
  {
    id: 'dictation.play',
    title: 'Play what was said last',
    group: 'Reading',
    keys: ['Alt+B'],
    when: isWriting,
    run: playLast,
  },
  {
    id: 'dictation.check',
    title: 'Check the microphone',
    group: 'Everywhere',
    keys: [],
    when: always,
    run: () => void runMicrophoneCheck(),
  },
  {
    id: 'dictation.connect',
    title: 'Connect a dictation device',
    group: 'Everywhere',
    keys: [],
    when: always,
    run: () => void connectDevice(),
  },
  {
    id: 'dictation.stop',
    title: 'Stop listening',
    group: 'Everywhere',
    keys: [],
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
    id: 'report.scratch-that',
    title: 'Take back what was dictated last',
    group: 'Reading',
    keys: ['Alt+Backspace'],
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
    when: isAsked,
    run: () => answerAsked(true),
  },
  {
    id: 'dictation.refuse',
    title: 'Do not do what was asked back',
    group: 'Everywhere',
    keys: [],
    when: isAsked,
    run: () => answerAsked(false),
  },
  step('report.next-field', 'Next field of the report', ['Alt+.'], () => goToStop(1)),
  step('report.previous-field', 'Previous field of the report', ['Alt+,'], () => goToStop(-1)),
  step('report.next-section', 'Next section of the report', [], () => goToNextSection(1)),
  step('report.previous-section', 'Previous section of the report', [], () => goToNextSection(-1)),
];
