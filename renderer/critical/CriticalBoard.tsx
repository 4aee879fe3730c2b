import { Button, Modal } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';

import type { CriticalView } from '../bridge/index.ts';
import { closeDialog, DueClock, showMoment, showPersonName, showReaderName, useClock, useDialog } from '../ui/index.ts';
import { handOverCritical, useCritical } from './critical.ts';
import classes from './critical.module.css';
import { RecordCall } from './RecordCall.tsx';

/** Every unconfirmed critical result, least time left first; signed or not, it stays until someone has confirmed. */
export function CriticalBoard() {
  const isOpen = useDialog(({ open }) => open === 'critical-board');
  return (
    <Modal opened={isOpen} onClose={closeDialog} title="Critical results" size="60rem">
      {isOpen && <Board />}
    </Modal>
  );
}

function Board() {
  const open = useCritical((state) => state.open);
  const confirmed = useCritical((state) => state.confirmed);
  return (
    <div className={classes.board}>
      {open.length === 0 ? (
        <p>Every critical result has been confirmed.</p>
      ) : (
        <ul className={classes.results} aria-label="Open critical results">
          {open.map((result) => (
            <OpenResult key={result.id} result={result} />
          ))}
        </ul>
      )}
      {confirmed.length > 0 && (
        <>
          <h3>Confirmed in the last 12 hours</h3>
          <ul className={classes.results} aria-label="Confirmed critical results">
            {confirmed.map((result) => (
              <ConfirmedResult key={result.id} result={result} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

const LEVEL_WORDS = { red: 'Red', orange: 'Orange', yellow: 'Yellow' } as const;

export function LevelMark({ level }: { readonly level: CriticalView['level'] }) {
  return (
    <span className={classes.level} data-level={level}>
      <IconAlertTriangle size={16} aria-hidden /> {LEVEL_WORDS[level]}
    </span>
  );
}

export const caseWords = ({ patientName, examText, siteName }: CriticalView): string =>
  `${showPersonName(patientName)} · ${examText} · ${siteName}`;

/** What has happened so far, newest first: who was told, to whom it went. */
export function Story({ result }: { readonly result: CriticalView }) {
  const minute = useClock(({ now }) => Math.floor(now / 60_000) * 60_000);
  const acts = [
    ...result.tellings.map(({ at, to, how, readBack }) => ({
      at,
      words: `Told to ${to.name}, ${to.role}, ${how === 'in-person' ? 'in person' : `by ${how}`}; ${readBack ? 'read back' : 'not read back'}`,
    })),
    ...result.escalations.map(({ at, to }) => ({
      at,
      words:
        to === undefined
          ? 'Not confirmed in time; nobody of the site is on call'
          : `Not confirmed in time; next to call: ${to.name}, ${to.role}, ${to.phone}`,
    })),
  ].sort((one, other) => other.at - one.at);
  return (
    <>
      <p className={classes.quiet}>
        Found {showMoment(result.foundAt, minute)} by {showReaderName(result.foundBy.name)}.
        {result.caller === 'support-desk' ? ' The support desk calls.' : ''}
      </p>
      {acts.slice(0, 3).map(({ at, words }) => (
        <p key={`${at} ${words}`}>
          {showMoment(at, minute)} {words}.
        </p>
      ))}
    </>
  );
}

function OpenResult({ result }: { readonly result: CriticalView }) {
  const [isCalling, setIsCalling] = useState(false);
  return (
    <li className={classes.result} data-late={result.escalations.length > 0}>
      <div className={classes.head}>
        <LevelMark level={result.level} />
        <DueClock dueAt={result.windowEndsAt} />
        <span>{caseWords(result)}</span>
      </div>
      <p className={classes.finding}>{result.finding}</p>
      <Story result={result} />
      {isCalling ? (
        <RecordCall result={result} next={result.escalations.at(-1)?.to} onDone={() => setIsCalling(false)} />
      ) : (
        <div className={classes.acts}>
          <Button aria-label={`Record a call: ${caseWords(result)}`} onClick={() => setIsCalling(true)}>
            Record a call
          </Button>
          {result.caller === 'reader' && (
            <Button
              aria-label={`Support desk calls: ${caseWords(result)}`}
              onClick={() => void handOverCritical(result.id)}
            >
              Support desk calls
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

function ConfirmedResult({ result }: { readonly result: CriticalView }) {
  const minute = useClock(({ now }) => Math.floor(now / 60_000) * 60_000);
  const { confirmation } = result;
  return (
    <li className={classes.result}>
      <div className={classes.head}>
        <span className={classes.done}>
          <IconCheck size={16} aria-hidden /> Confirmed
        </span>
        <span>{caseWords(result)}</span>
      </div>
      {confirmation !== undefined && (
        <p className={classes.quiet}>
          {confirmation.by}, {showMoment(confirmation.at, minute)}: {result.finding}
        </p>
      )}
    </li>
  );
}
