import { Modal } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

import { countOf } from '#shared/kernel/count-of.ts';

import { call, failureWords, type Answer } from '../bridge/index.ts';
import { CommandButton } from '../commands/index.ts';
import { useReading } from '../reading/index.ts';
import { closeDialog, currentSecond, showMoment, showPersonName, showReaderName, useDialog } from '../ui/index.ts';
import { useWorklist } from './worklist.ts';
import classes from './worklist.module.css';

type Why = Extract<Answer<'whyHere'>, { status: 'here' }>;

/** Why a case stands where it stands: one sentence, the facts with their part, and what an escalation would do. */
export function WhyDialog() {
  const isOpen = useDialog(({ open }) => open === 'why');
  return (
    <Modal opened={isOpen} onClose={closeDialog} title="Why here?" size="lg">
      {isOpen && <WhyBody />}
    </Modal>
  );
}

function WhyBody() {
  const openedRow = useReading((state) => state.opened?.row);
  const listedRow = useWorklist(({ askedId, rowsById }) => (askedId === undefined ? undefined : rowsById.get(askedId)));
  const row = openedRow ?? listedRow;
  const taskId = row?.taskId;
  const [answer, setAnswer] = useState<Answer<'whyHere'> | { readonly status: 'failed'; readonly text: string }>();
  useEffect(() => {
    if (taskId === undefined) return undefined;
    let isGone = false;
    call('whyHere', { taskId }).then(
      (why) => !isGone && setAnswer(why),
      (failure: unknown) => !isGone && setAnswer({ status: 'failed', text: failureWords(failure) }),
    );
    return () => {
      isGone = true;
    };
  }, [taskId]);
  if (row === undefined || answer?.status === 'gone') return <p>This case is no longer on the list.</p>;
  const heading = `${showPersonName(row.patient.name)}, ${row.exam.text}`;
  if (answer === undefined) return <p className={classes.whyText}>{heading}</p>;
  if (answer.status === 'failed') return <p role="alert">{answer.text}</p>;
  return (
    <div className={classes.whyText}>
      <p>
        {heading}, place {answer.place} on the list
      </p>
      <p className={classes.sentence}>{answer.sentence}</p>
      <Reasons title="Not for you" reasons={answer.ineligible} />
      <Reasons title="Not next for you" reasons={answer.heldBack} />
      <Reasons title="Warnings" reasons={answer.warnings} isWarning />
      <Contributions why={answer} />
      <EscalationPart escalation={answer.escalation} />
      <Acts acts={answer.acts} />
    </div>
  );
}

function Reasons(props: { readonly title: string; readonly reasons: readonly string[]; readonly isWarning?: boolean }) {
  if (props.reasons.length === 0) return null;
  return (
    <>
      <h3>{props.title}</h3>
      <ul>
        {props.reasons.map((reason) => (
          <li key={reason} className={props.isWarning === true ? classes.warning : undefined}>
            {props.isWarning === true && <IconAlertTriangle size={16} aria-hidden />} {reason}
          </li>
        ))}
      </ul>
    </>
  );
}

function Contributions({ why }: { readonly why: Why }) {
  if (why.contributions.length === 0) return null;
  return (
    <>
      <h3>What it is made of</h3>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Fact</th>
            <th scope="col">Here</th>
            <th scope="col">Moves it by</th>
          </tr>
        </thead>
        <tbody>
          {why.contributions.map(({ label, value, minutes }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{value}</td>
              <td>{movedWords(minutes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

const movedWords = (minutes: number): string =>
  minutes === 0 ? '–' : `${Math.abs(minutes)} min ${minutes < 0 ? 'sooner' : 'later'}`;

const SHOWN_PUSHED_BACK = 5;

function EscalationPart({ escalation }: { readonly escalation: Why['escalation'] }) {
  const now = currentSecond();
  if (escalation.status === 'done') {
    return (
      <>
        <h3>Escalated</h3>
        <p>
          By {showReaderName(escalation.byName)} at {showMoment(escalation.at, now)}: {escalation.reason}
        </p>
      </>
    );
  }
  const { pushedBack } = escalation;
  return (
    <>
      <h3>If it were escalated</h3>
      {escalation.status === 'refused' && <p>It cannot be: {escalation.reason}.</p>}
      {pushedBack.length === 0 && escalation.status === 'possible' && <p>Nobody would wait longer.</p>}
      {pushedBack.length > 0 && (
        <ul aria-label="Pushed back by an escalation">
          {pushedBack
            .slice(0, SHOWN_PUSHED_BACK)
            .map(({ taskId, patientName, examText, minutes, places, isMadeLate }) => (
              <li key={taskId}>
                {showPersonName(patientName)}, {examText}: {countOf(places, 'place')} and {minutes} min later
                {isMadeLate ? ', and late' : ''}
              </li>
            ))}
          {pushedBack.length > SHOWN_PUSHED_BACK && <li>and {pushedBack.length - SHOWN_PUSHED_BACK} more</li>}
        </ul>
      )}
      {escalation.status === 'possible' && (
        <div className={classes.whyAct}>
          <CommandButton id="worklist.escalate" />
        </div>
      )}
    </>
  );
}

const ACT_WORDS: Readonly<Record<Why['acts'][number]['kind'], string>> = {
  claimed: 'took it',
  picked: 'took it out of turn',
  returned: 'returned it to the list',
  declined: 'declined it',
  'handed-over': 'handed it over',
  escalated: 'escalated it',
};

function Acts({ acts }: { readonly acts: Why['acts'] }) {
  const now = currentSecond();
  if (acts.length === 0) return null;
  return (
    <>
      <h3>What readers did</h3>
      <ul>
        {acts.map(({ kind, at, byName, reason, toName }) => (
          <li key={`${at} ${kind}`}>
            {showMoment(at, now)} {showReaderName(byName)} {ACT_WORDS[kind]}
            {toName === undefined ? '' : ` to ${showReaderName(toName)}`}
            {reason === undefined ? '' : `: ${reason}`}
          </li>
        ))}
      </ul>
    </>
  );
}
