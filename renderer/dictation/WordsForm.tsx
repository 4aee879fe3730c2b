import { Button, Group, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import { ownWordTrouble, type OwnWordTrouble } from '#shared/reporting/speech/own-words.ts';
import type { OwnWord } from '#shared/reporting/speech/speech.ts';

import classes from './dictation.module.css';
import { forgetWord, namesOfCase, teachWord, useOwnWords } from './own-words.ts';

const TROUBLE: Readonly<Record<OwnWordTrouble, string>> = {
  'not-letters': 'Letters, hyphens and spaces, at most 40.',
  name: 'That is a name of the open case: it is not learned.',
  value: 'Numbers, sides, “no” and contraries are heard as they are.',
  common: 'That is heard in every sentence: it cannot mean another word.',
};

/** Words that the reader taught: added here or from a correction, listed, deleted. */
export function WordsForm() {
  const { words } = useOwnWords();
  const [written, setWritten] = useState('');
  const [said, setSaid] = useState('');
  const [error, setError] = useState<string>();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const word = { written: written.trim(), said: said.trim() };
    const trouble = ownWordTrouble(word, namesOfCase());
    if (trouble !== undefined) return setError(TROUBLE[trouble]);
    teachWord(word);
    setWritten('');
    setSaid('');
    setError(undefined);
  };
  return (
    <>
      <h3>My words</h3>
      <form onSubmit={onSubmit}>
        <Group align="flex-start" gap="xs" wrap="nowrap">
          <TextInput
            label="Word as it is written"
            value={written}
            onChange={(event) => setWritten(event.currentTarget.value)}
            error={error}
            autoComplete="off"
            spellCheck={false}
            maxLength={40}
            style={{ flex: 1 }}
          />
          <TextInput
            label="As it is said, if otherwise"
            value={said}
            onChange={(event) => setSaid(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            maxLength={40}
            style={{ flex: 1 }}
          />
          <Button type="submit" className={classes.besideLabel}>
            Add word
          </Button>
        </Group>
      </form>
      {words.length > 0 && (
        <ul aria-label="My words" className={classes.ownWords}>
          {words.map((word) => (
            <li key={`${word.written} ${word.said}`}>
              <span className={classes.ownWord}>{ownWordText(word)}</span>
              <Button aria-label={`Forget ${word.written}`} onClick={() => forgetWord(word)}>
                Forget
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const ownWordText = ({ written, said }: OwnWord): string => (said === '' ? written : `${written}, said “${said}”`);
