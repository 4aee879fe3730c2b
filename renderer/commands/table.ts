import { create } from 'zustand';
import { useShallow } from 'zustand/shallow';

import { phrasesOf } from '#shared/reporting/speech/command-phrases.ts';

import type { Command } from './command.ts';

/** The one table: filled at start, extended once when the viewer has loaded. */
export const useCommandTable = create<{ readonly commands: readonly Command[] }>()(() => ({ commands: [] }));

function withPhrases(command: Command): Command {
  const phrases = command.phrases ?? phrasesOf(command.id);
  return phrases === undefined ? command : { ...command, phrases };
}

/** A command with a known id replaces the old one, so that a part loaded twice stands in the table once. */
export function addCommands(added: readonly Command[]): void {
  const ids = new Set(added.map((command) => command.id));
  useCommandTable.setState(({ commands }) => ({
    commands: [...commands.filter((command) => !ids.has(command.id)), ...added.map(withPhrases)],
  }));
}

export const followCommands = (listener: () => void): (() => void) => useCommandTable.subscribe(listener);

/** Those that can be asked for by voice. */
export function useSpokenCommands(): readonly Command[] {
  return useCommandTable(useShallow(({ commands }) => commands.filter(({ phrases }) => phrases !== undefined)));
}

export const commandTable = (): readonly Command[] => useCommandTable.getState().commands;
