import { Button, Group, Modal, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

import { call, failureWords, type Answer } from '../bridge/index.ts';
import { closeDialog, currentSecond, raiseAlert, say, showMoment, showPersonName, useDialog } from '../ui/index.ts';
import classes from './report.module.css';

type Waiting = Answer<'waitingSignatures'>['reports'][number];

/** What happened to one that the hub did not take, and what the reader can do. */
const PROBLEM_WORDS: Readonly<Record<string, string>> = {
  'claim-lost':
    'Another reader took the case, or the site changed it. Look at the case first: then send again, or discard.',
  'already-signed':
    'The case has another signed report. Look at it: if yours says more, copy it into an addendum, then discard.',
  superseded: 'Another version was signed first. Look at it: if yours says more, correct that one, then discard.',
};

/** Reports that were signed here and are not on the hub: waiting for it, or for a person. */
export function WaitingDialog() {
  const isOpen = useDialog(({ open }) => open === 'signed-here');
  return (
    <Modal opened={isOpen} onClose={closeDialog} title="Signed here, not on the hub" size="xl">
      {isOpen && <WaitingList />}
    </Modal>
  );
}

function WaitingList() {
  const [reports, setReports] = useState<readonly Waiting[]>();
  const [settledCount, setSettledCount] = useState(0);
  useEffect(() => {
    call('waitingSignatures', {}).then(
      (answer) => setReports(answer.reports),
      (failure: unknown) => raiseAlert('signed-here', `Cannot be shown. ${failureWords(failure)}`),
    );
  }, [settledCount]);
  if (reports === undefined) return <p className={classes.quiet}>Looking…</p>;
  if (reports.length === 0) return <p className={classes.quiet}>Everything signed here is on the hub.</p>;
  return (
    <ul className={classes.versions}>
      {reports.map((report) => (
        <li key={report.reportUuid}>
          <WaitingReport report={report} onSettled={() => setSettledCount(settledCount + 1)} />
        </li>
      ))}
    </ul>
  );
}

function WaitingReport({ report, onSettled }: { readonly report: Waiting; readonly onSettled: () => void }) {
  const [reason, setReason] = useState('');
  const settle = async (act: 'send-again' | 'discard') => {
    try {
      const { status } = await call('settleSignature', { reportUuid: report.reportUuid, act, reason });
      say(status === 'reason-needed' ? 'Say why it is discarded.' : SETTLED_WORDS[act]);
      onSettled();
    } catch (failure) {
      raiseAlert('signed-here', `Nothing was done. ${failureWords(failure)}`);
    }
  };
  const name =
    report.patientName === undefined ? 'Sealed until the PIN is entered' : showPersonName(report.patientName);
  return (
    <article>
      <h3>
        {name} · {report.examText ?? ''}
      </h3>
      <p className={classes.quiet}>
        {report.siteName ?? ''}
        {report.signedAt === undefined ? '' : `, signed ${showMoment(report.signedAt, currentSecond())}`}
      </p>
      {report.state === 'waiting' ? (
        <p className={classes.warn}>
          <IconClock size={16} aria-hidden /> Signed here, waiting for the hub. It goes out by itself.
        </p>
      ) : (
        <>
          <p className={classes.stop}>
            <IconAlertTriangle size={16} aria-hidden />
            {PROBLEM_WORDS[report.problem ?? ''] ??
              `The hub does not take it (${report.problem ?? 'unknown'}). Send it again, or discard it.`}
          </p>
          {report.text !== undefined && (
            <pre className={classes.waitingText} role="region" aria-label={`Report of ${name}`} tabIndex={0}>
              {report.text}
            </pre>
          )}
          <Group gap="xs" align="end">
            <Button onClick={() => void settle('send-again')}>Send again</Button>
            <TextInput
              label="Why it is discarded"
              value={reason}
              maxLength={500}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Button disabled={reason.trim() === ''} onClick={() => void settle('discard')}>
              Discard
            </Button>
          </Group>
        </>
      )}
    </article>
  );
}

const SETTLED_WORDS = { 'send-again': 'It goes to the hub again.', discard: 'Discarded; the audit says so.' } as const;
