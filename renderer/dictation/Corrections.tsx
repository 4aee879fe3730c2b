import { UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useStore } from 'zustand';

import type { ReportBody } from '#shared/reporting/report.ts';
import { correctionIn } from '#shared/reporting/speech/own-words.ts';
import type { OwnWord } from '#shared/reporting/speech/speech.ts';

import { useReport } from '../report/index.ts';
import { useDictation, type ModelSentence } from './dictation.ts';
import classes from './dictation.module.css';
import { isTaught, namesOfCase, teachWord } from './own-words.ts';

/** So long nothing was typed: the corrected word is whole. */
const SETTLED_MS = 800;

/** What the reader corrected in a text that a model heard: learned only when the reader says so. */
export function Corrections() {
  const modelSentences = useDictation((state) => state.modelSentences);
  const keeper = useReport((state) => state.keeper);
  if (keeper === undefined || modelSentences.length === 0) return null;
  return <CorrectionList modelSentences={modelSentences} store={keeper.store} />;
}

type DraftStore = NonNullable<ReturnType<typeof useReport.getState>['keeper']>['store'];

interface Offer {
  readonly from: ModelSentence;
  readonly word: OwnWord;
}

function offersIn(modelSentences: readonly ModelSentence[], body: ReportBody): readonly Offer[] {
  const names = namesOfCase();
  return modelSentences.flatMap((from) => {
    const text = body.sections.find(({ id }) => id === from.sectionId)?.text ?? '';
    const word = correctionIn(from.words, text, names);
    return word === undefined || isTaught(word) ? [] : [{ from, word }];
  });
}

function CorrectionList({
  modelSentences,
  store,
}: {
  readonly modelSentences: readonly ModelSentence[];
  readonly store: DraftStore;
}) {
  const [body] = useDebouncedValue(
    useStore(store, (draft) => draft.body),
    SETTLED_MS,
  );
  const offers = offersIn(modelSentences, body);
  if (offers.length === 0) return null;
  return (
    <ul className={classes.doubts} aria-label="Learn these corrections">
      {offers.map(({ from, word }) => (
        <li key={from.id}>
          <UnstyledButton className={classes.doubt} onClick={() => (leave(from), teachWord(word))}>
            Learn: “{word.said}” is {word.written}
          </UnstyledButton>
          <UnstyledButton
            className={classes.doubt}
            aria-label={`Do not learn ${word.written}`}
            onClick={() => leave(from)}
          >
            No
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}

const leave = ({ id }: ModelSentence): void =>
  useDictation.setState(({ modelSentences }) => ({ modelSentences: modelSentences.filter((one) => one.id !== id) }));
