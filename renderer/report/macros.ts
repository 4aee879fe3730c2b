import { create } from 'zustand';

import { expandMacro, macroBefore, type Macro } from '#shared/reporting/macro.ts';

import { call, failureWords } from '../bridge/index.ts';
import { addCommands } from '../commands/index.ts';
import { raiseAlert, say } from '../ui/index.ts';
import { macroFacts, useReport } from './current-report.ts';

interface MacrosState {
  readonly own: readonly Macro[];
  readonly shared: readonly Macro[];
}

export const useMacros = create<MacrosState>()(() => ({ own: [], shared: [] }));

/** The reader's own stand before shared ones of the same name. */
function allMacros({ own, shared }: MacrosState): readonly Macro[] {
  const names = new Set(own.map(({ name }) => name.toLowerCase()));
  return [...own, ...shared.filter(({ name }) => !names.has(name.toLowerCase()))];
}
const macroNamed = (name: string): Macro | undefined =>
  allMacros(useMacros.getState()).find((macro) => macro.name === name);

/** Those that can be called by voice, too. */
export const macroNames = (): readonly string[] => allMacros(useMacros.getState()).map(({ name }) => name);

export async function loadMacros(): Promise<void> {
  try {
    useMacros.setState(await call('macros', {}));
    offerMacros();
  } catch {
    // Reports are written without them; they are asked for again with the next link.
  }
}

export async function keepMacros(own: readonly Macro[], done: string): Promise<void> {
  useMacros.setState({ own });
  offerMacros();
  try {
    const { status } = await call('saveMacros', { own: own.map((macro) => ({ ...macro })) });
    if (status === 'saved') say(done);
    else raiseAlert('macros', 'Your macros could not be stored; they are kept in this window only.');
  } catch (failure) {
    raiseAlert('macros', `Your macros are kept in this window only. ${failureWords(failure)}`);
  }
}

/** The report's text box that last had the focus: where a macro chosen elsewhere goes. */
let lastBox: HTMLTextAreaElement | undefined;
export const showBox = (box: HTMLTextAreaElement): void => {
  lastBox = box;
};

const canInsert = (): boolean =>
  useReport.getState().opened?.canReport === true && lastBox?.isConnected === true && !lastBox.readOnly;

/** One command a macro, for the palette. */
function offerMacros(): void {
  addCommands(
    allMacros(useMacros.getState()).map(({ name }) => ({
      id: `macro.${name}`,
      title: `Insert .${name}`,
      group: 'Reading' as const,
      keys: [],
      when: () => canInsert() && macroNamed(name) !== undefined,
      run: () => {
        const macro = macroNamed(name);
        if (macro !== undefined && lastBox !== undefined) insert(macro, lastBox, lastBox.selectionStart);
      },
    })),
  );
}

/** `.name` before the caret becomes its text; false where there is none. */
export function expandHere(box: HTMLTextAreaElement): boolean {
  if (box.selectionStart !== box.selectionEnd) return false;
  const found = macroBefore(box.value, box.selectionStart, allMacros(useMacros.getState()));
  if (found === undefined) return false;
  insert(found.macro, box, found.start);
  return true;
}

type ChangeSource = 'typed' | 'macro' | 'dictated';
let source: ChangeSource = 'typed';
/** Whose change of a text box is under way. A macro's counts as one only where it leaves nothing but its text. */
export const sourceOfChange = (): ChangeSource => source;

let isAtOnce = false;
/** Keys typed in one box without a pause are taken back together; what is written at once is a step of its own. */
export const runOfChange = (sectionId: string): string | undefined => (isAtOnce ? undefined : `text ${sectionId}`);

/** Writes over the box's selection as if typed. */
export function writeIntoBox(text: string, from: ChangeSource): void {
  source = from;
  isAtOnce = true;
  try {
    document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
  } finally {
    source = 'typed';
    isAtOnce = false;
  }
}

function insert(macro: Macro, box: HTMLTextAreaElement, start: number): void {
  const { text, leftOut } = expandMacro(macro, macroFacts(Date.now()));
  box.focus();
  box.setSelectionRange(start, box.selectionEnd);
  const isAll = start === 0 && box.selectionEnd === box.value.length;
  writeIntoBox(text, isAll ? 'macro' : 'typed');
  if (leftOut.length > 0) say(`Left out, because the history says it was removed: ${leftOut.join(', ')}.`);
}
