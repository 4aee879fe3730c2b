import { create } from 'zustand';

import type { ReportBody, Template } from '#shared/reporting/report.ts';
import { medicalWords } from '#shared/reporting/spelling/medical-words.ts';
import { corrected, createSpelling, type Spelling, type SpellingDoubt } from '#shared/reporting/spelling/near-words.ts';
import { ORDINARY_WORDS } from '#shared/reporting/spelling/ordinary-words.ts';

import { useReport } from './current-report.ts';
import type { DraftKeeper } from './draft-keeper.ts';

/** Nobody is told of a word that is still being typed. */
const QUIET_MS = 700;

export interface PlacedDoubt extends SpellingDoubt {
  readonly sectionId: string;
}

export const useSpelling = create<{ readonly doubts: readonly PlacedDoubt[] }>()(() => ({ doubts: [] }));

/** Words that the reader keeps as they are; for as long as the window stands. */
const kept = new Set<string>();
/** Made when it is first needed, from the templates of this place too. */
let spelling: Spelling | undefined;

const doubtsOf = (body: ReportBody, words: Spelling): PlacedDoubt[] =>
  body.sections.flatMap(({ id, text }) =>
    words
      .doubtsIn(text)
      .filter(({ word }) => !kept.has(word))
      .map((doubt) => ({ ...doubt, sectionId: id })),
  );

/** Looks through a report whenever its text has rested for a moment; answers how to stop. */
export function followSpelling(keeper: DraftKeeper, templates: readonly Template[]): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    spelling ??= createSpelling(medicalWords(templates), ORDINARY_WORDS);
    useSpelling.setState({ doubts: doubtsOf(keeper.store.getState().body, spelling) });
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(look, QUIET_MS);
  };
  later();
  const stopListening = keeper.store.subscribe((now, before) => {
    if (now.body !== before.body) later();
  });
  return () => {
    clearTimeout(timer);
    stopListening();
    useSpelling.setState({ doubts: [] });
  };
}

const without = ({ sectionId, word }: PlacedDoubt): void =>
  useSpelling.setState(({ doubts }) => ({
    doubts: doubts.filter((one) => one.sectionId !== sectionId || one.word !== word),
  }));

export function correctWord(doubt: PlacedDoubt): void {
  const { keeper } = useReport.getState();
  keeper?.edit((body) => ({
    ...body,
    sections: body.sections.map((section) =>
      section.id === doubt.sectionId ? { ...section, text: corrected(section.text, doubt) } : section,
    ),
  }));
  without(doubt);
}

export function keepWord(doubt: PlacedDoubt): void {
  kept.add(doubt.word);
  useSpelling.setState(({ doubts }) => ({ doubts: doubts.filter(({ word }) => word !== doubt.word) }));
}

export const firstDoubt = (): PlacedDoubt | undefined => useSpelling.getState().doubts[0];
