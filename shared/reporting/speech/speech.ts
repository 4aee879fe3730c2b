import type { ReportBody, Template } from '../report.ts';

/** Which spelling, which order of a date and which clock the written text keeps. */
export type SpeechLocale = 'en-US' | 'en-GB';

/** A command as it can be said: its id in the command table and the phrases that mean it, in small letters. */
export interface SpokenCommand {
  readonly id: string;
  readonly phrases: readonly string[];
}

/** A word that the reader taught: how it is written, and how it is said or heard; empty: as it is spelled. */
export interface OwnWord {
  readonly written: string;
  readonly said: string;
}

/** Where speech lands: few words compete because only what can be said here is listened for. */
export interface SpeechPlace {
  readonly template: Template;
  readonly body: ReportBody;
  /** The section that holds the caret; undefined while the caret is outside the report. */
  readonly sectionId?: string;
  /** The structured field that holds the caret. */
  readonly fieldId?: string;
  readonly commands: readonly SpokenCommand[];
  /** Names of macros that can be called by voice. */
  readonly macroNames: readonly string[];
  /** Text left of the caret in the section, which decides on the space and the capital; absent: the section's whole text. */
  readonly before?: string;
  /** Text right of the caret; absent: none. */
  readonly after?: string;
  /** Words that the reader taught. */
  readonly ownWords?: readonly OwnWord[];
  /** Absent: as the template's language asks, else as the shipped templates are spelled (en-GB). */
  readonly locale?: SpeechLocale;
}

/** A word that the recogniser's dictionary may lack, with its phones in ARPABET as CMUdict writes them. */
export interface SpokenWord {
  readonly word: string;
  readonly phones: string;
  /** Where it is said in another way too. */
  readonly otherPhones?: string;
}

/**
 * What the grammar engine is set to: JSGF (W3C note, JSpeech Grammar Format) and phones for the words it may not know.
 * A word that the engine's dictionary does hold keeps the dictionary's phones.
 */
export interface SpeechGrammar {
  readonly jsgf: string;
  readonly words: readonly SpokenWord[];
  /** Words that give values, in groups: one taken for another of its group is a wrong report. */
  readonly values: readonly (readonly string[])[];
}

/** A word as heard; times in milliseconds from the start of the utterance, confidence from 0 to 1. */
export interface HeardWord {
  readonly word: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly confidence: number;
}

/** Words of a section, as they are said, and those that take their place. */
export interface Replacement {
  readonly replaced: readonly string[];
  readonly by: readonly string[];
}

/** What an utterance means at a place. */
export type Understood =
  | { readonly kind: 'command'; readonly id: string; readonly argument?: string }
  | { readonly kind: 'field'; readonly sectionId: string; readonly fieldId: string; readonly value: string }
  | { readonly kind: 'macro'; readonly name: string }
  | ({ readonly kind: 'replacement' } & Replacement)
  | { readonly kind: 'text'; readonly text: string };
