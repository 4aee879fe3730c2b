import { Button } from '@mantine/core';
import { useState } from 'react';

import { caseWords, LevelMark, RecordCall, Story } from '../critical/index.ts';
import { DueClock } from '../ui/index.ts';
import { loadSupport, type Desk } from './support.ts';
import classes from './support.module.css';

/** Critical results whose call is the desk's, least time left first. */
export function CallList({ calls }: { readonly calls: Desk['calls'] }) {
  return (
    <ul className={classes.list}>
      {calls.map((each) => (
        <Call key={each.result.id} {...each} />
      ))}
    </ul>
  );
}

function Call({ result, next }: Desk['calls'][number]) {
  const [isCalling, setIsCalling] = useState(false);
  return (
    <li>
      <div className={classes.head}>
        <LevelMark level={result.level} />
        <DueClock dueAt={result.windowEndsAt} />
        <span>{caseWords(result)}</span>
      </div>
      <p>{result.finding}</p>
      <p>
        {next === undefined ? 'Nobody of the site is on call now.' : `Call ${next.name}, ${next.role}: `}
        {next !== undefined && <strong>{next.phone}</strong>}
      </p>
      <Story result={result} />
      {isCalling ? (
        <RecordCall
          result={result}
          next={next}
          onDone={() => {
            setIsCalling(false);
            void loadSupport();
          }}
        />
      ) : (
        <Button aria-label={`Record the call: ${caseWords(result)}`} onClick={() => setIsCalling(true)}>
          Record the call
        </Button>
      )}
    </li>
  );
}
