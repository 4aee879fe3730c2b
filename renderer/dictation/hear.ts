import type { HeardWord } from '#shared/reporting/speech/speech.ts';
import { isTextPlace, SPOKEN_NAVIGATION, writingAt } from '#shared/reporting/speech/place-rules.ts';
import type { SpeechPlace, Understood } from '#shared/reporting/speech/speech.ts';
import { writeSpoken } from '#shared/reporting/speech/spoken-to-written.ts';
import { understand, understandFreely } from '#shared/reporting/speech/understand.ts';

import { commandTable, type Command } from '../commands/index.ts';
import {
  dictateField,
  dictateText,
  goToPlace,
  replaceWords,
  selectWords,
  takeBack,
  type DictatedChange,
} from '../report/index.ts';
import { isDialogOpen, say } from '../ui/index.ts';
import { forgetSound, isAsleep, playUtterance, useDictation, type Heard } from './dictation.ts';
import { doubtfulWords, type Doubt } from './doubts.ts';
import { echoOf } from './echo.ts';
import type { SpeechEvent, Utterance, Verdict } from './engine/index.ts';
import type { ModelHeard } from './model-ear.ts';
import { placeNow } from './place.ts';
import { stayAwake, wakeBy } from './wake.ts';

/** What was dictated, newest last, as far back as it can be taken back. */
let changes: readonly DictatedChange[] = [];
const MOST_CHANGES = 50;
let lastDoubt = 0;
/** The sound of what was said last, while it is kept. */
let lastSound: number | undefined;

const showOutcome = (isUnderstood: boolean, words: string, echo: readonly string[] = []): void =>
  useDictation.setState({ outcome: { isUnderstood, words }, echo, partial: '' });

/** What the recogniser tells becomes what the reader sees, and what the report gets. */
export function hear(event: Exclude<SpeechEvent, { readonly kind: 'final' }>): void {
  switch (event.kind) {
    case 'began':
      return useDictation.setState({ state: { kind: 'hearing' } });
    case 'partial':
      if (isAsleep(useDictation.getState())) return;
      return useDictation.setState({ partial: event.words.join(' ') });
  }
}

/** An utterance is over: what it means is done, unless nobody was spoken to. */
export function takeHeard({ utterance, sound, byModel }: Heard): void {
  const { state } = useDictation.getState();
  if (state.kind === 'hearing') useDictation.setState({ state: { kind: 'listening' } });
  lastSound = sound;
  if (isAsleep(useDictation.getState())) return wakeBy(utterance);
  stayAwake();
  take(utterance, byModel);
}

const wordsOf = (heard: readonly HeardWord[]): readonly string[] => heard.map(({ word }) => word);

interface Meaning {
  readonly understood: Understood | undefined;
  readonly heard: readonly HeardWord[];
  /** Said freely: the rules of the place do not hold it. */
  readonly isFree: boolean;
}

/** More words than this beyond what the grammar heard, and it was no command that was said. */
const MORE_WORDS = 2;

/**
 * The grammar knows commands and values best, the model everything else: what the grammar is sure of and the model does
 * not hear as a whole sentence is done, what the model hears is text.
 */
function meaningOf({ words, verdict }: Utterance, byModel: ModelHeard | undefined, place: SpeechPlace): Meaning {
  const understood = verdict === 'understood' ? understand(wordsOf(words), place) : undefined;
  const byGrammar = { understood, heard: words, isFree: false };
  if (byModel === undefined || byModel === 'unavailable' || byModel.length === 0) return byGrammar;
  const isBrief = byModel.length <= words.length + MORE_WORDS;
  if (understood !== undefined && understood.kind !== 'text' && isBrief) return byGrammar;
  const known = understand(wordsOf(byModel), place) ?? understandFreely(wordsOf(byModel), place);
  if (known !== undefined || !isTextPlace(place)) return { understood: known, heard: byModel, isFree: false };
  const text = writeSpoken(wordsOf(byModel), { ...writingAt(place), before: '' });
  return { understood: { kind: 'text', text }, heard: byModel, isFree: true };
}

/** What may have lost a “no” is asked for again, whatever else heard it. */
const SAY_AGAIN: Partial<Readonly<Record<Verdict, string>>> = {
  'sound-lost': 'Not written: sound was lost. Say it again',
  'cut-off': 'Not written: the beginning was cut off. Say it again',
  'unsure-negation': 'Not written: said with or without “no”? Say it again',
};

function sayAgain({ verdict, fit }: Utterance): string | undefined {
  if (verdict !== 'unsure-value' || fit.unsureValue === undefined) return SAY_AGAIN[verdict];
  const [heard, other] = fit.unsureValue;
  return `Not written: “${heard}” or “${other}”? Say it again`;
}

function take(utterance: Utterance, byModel: ModelHeard | undefined): void {
  const again = sayAgain(utterance);
  if (again !== undefined) return showOutcome(false, again);
  const place = placeNow();
  const { understood, heard, isFree } = meaningOf(utterance, byModel, place);
  const words = wordsOf(heard);
  if (understood === undefined && byModel === 'unavailable')
    return showOutcome(false, 'Not understood: the model of this machine does not answer');
  if (understood === undefined) return showOutcome(false, 'Not understood');
  if (understood.kind === 'command') return runSpoken(understood.id, understood.argument);
  useDictation.setState({ asked: undefined });
  if (isDialogOpen()) return showOutcome(false, 'Not written: a dialog is open');
  switch (understood.kind) {
    case 'macro':
      return runSpoken(`macro.${understood.name}`);
    case 'field': {
      const change = dictateField(understood.sectionId, understood.fieldId, understood.value);
      return wrote(change, heard);
    }
    case 'replacement':
      return wrote(replaceWords(understood, writingAt(place)), heard);
    case 'text': {
      const change = dictateText((around) => {
        if (isFree) return writeSpoken(words, { ...writingAt(place), ...around });
        const fitted = understand(words, { ...place, ...around });
        return fitted?.kind === 'text' ? fitted.text : undefined;
      });
      if (heard === byModel && change !== undefined) noteSentence(change);
      return wrote(change, heard);
    }
  }
}

const MOST_SENTENCES = 20;
let lastSentence = 0;
function noteSentence({ sectionId, words }: DictatedChange): void {
  const heard = { id: ++lastSentence, sectionId, words };
  useDictation.setState(({ modelSentences }) => ({
    modelSentences: [...modelSentences.slice(1 - MOST_SENTENCES), heard],
  }));
}

function wrote(change: DictatedChange | undefined, heard: readonly HeardWord[]): void {
  if (change === undefined) return showOutcome(false, 'Not written: no report is open for writing');
  changes = [...changes.slice(1 - MOST_CHANGES), change];
  const sound = lastSound;
  const doubts: readonly Doubt[] = doubtfulWords(heard, change.words).map((word) => ({
    id: ++lastDoubt,
    ...(sound === undefined ? {} : { sound }),
    sectionId: change.sectionId,
    word,
  }));
  useDictation.setState((state) => ({ doubts: [...state.doubts, ...doubts] }));
  showOutcome(true, change.words.trim(), echoOf(change.words));
}

/** Takes back what was dictated last; answers whether there was anything. */
export function scratch(): boolean {
  const last = changes.at(-1);
  if (last === undefined) return false;
  changes = changes.slice(0, -1);
  const isTaken = takeBack(last);
  showOutcome(isTaken, isTaken ? `Taken back: ${last.words.trim()}` : 'Not taken back: it was changed since');
  return isTaken;
}

/** Plays what was said last. */
export function playLast(): void {
  if (lastSound === undefined) return say('Nothing was said yet.');
  playUtterance(lastSound);
}

/** With the draft goes all that was said for it. */
export function forgetHeard(): void {
  changes = [];
  lastSound = undefined;
  forgetSound();
  useDictation.setState({
    doubts: [],
    modelSentences: [],
    partial: '',
    outcome: undefined,
    echo: [],
    asked: undefined,
  });
}

/** These need what was asked. */
const isAnswer = (id: string): boolean => id === 'dictation.confirm' || id === 'dictation.refuse';

/** Dialogs are answered by key, apart from what they themselves were asked for by. */
const isForDialogs = (id: string): boolean => id.startsWith('dictation.');

function runSpoken(id: string, argument?: string): void {
  if (id === SPOKEN_NAVIGATION.goTo) return did(goToPlace(argument ?? ''), 'There is no such place here');
  if (id === SPOKEN_NAVIGATION.select)
    return did(selectWords(argument ?? ''), `“${argument}” does not stand here`, `Selected: ${argument}`);
  if (id === SPOKEN_NAVIGATION.replace)
    return did(selectWords(argument ?? ''), `“${argument}” does not stand here`, `Say what replaces: ${argument}`);
  const command = commandTable().find((known) => known.id === id);
  if (command === undefined) return showOutcome(false, 'Not understood');
  if (!command.when()) return showOutcome(false, `Not possible now: ${command.title}`);
  if (isDialogOpen() && !isForDialogs(id)) return showOutcome(false, 'Not done: a dialog is open');
  if (command.asksWhenSpoken === true) return ask(command);
  if (!isAnswer(id)) useDictation.setState({ asked: undefined });
  showOutcome(true, command.title);
  command.run();
}

const did = (isDone: boolean, refusal: string, words = ''): void => showOutcome(isDone, isDone ? words : refusal);

function ask({ id, title }: Command): void {
  useDictation.setState({ asked: { commandId: id, title } });
  showOutcome(true, `${title}?`);
}

export function answerAsked(isConfirmed: boolean): void {
  const { asked } = useDictation.getState();
  useDictation.setState({ asked: undefined });
  const command = isConfirmed ? commandTable().find(({ id }) => id === asked?.commandId) : undefined;
  if (command === undefined || !command.when()) return showOutcome(true, 'Nothing was done');
  showOutcome(true, command.title);
  command.run();
}
