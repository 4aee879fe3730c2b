import { Button } from '@mantine/core';

import { correctWord, keepWord, useSpelling } from './spelling.ts';
import classes from './report.module.css';

/** The first word that looks misspelled, what may be meant, and how many more there are. */
export function SpellingLine() {
  const doubts = useSpelling((state) => state.doubts);
  const [first] = doubts;
  if (first === undefined) return null;
  const more = doubts.length - 1;
  return (
    <div role="group" aria-label="Spelling" className={classes.spelling}>
      <span>
        <q>{first.word}</q>: {first.suggestion}?
      </span>
      <Button size="compact-xs" aria-keyshortcuts="Alt+Y" onClick={() => correctWord(first)}>
        Correct (Alt Y)
      </Button>
      <Button size="compact-xs" onClick={() => keepWord(first)}>
        Keep
      </Button>
      {more > 0 && <span className={classes.quiet}>and {more} more</span>}
    </div>
  );
}
