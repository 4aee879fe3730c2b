import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import { showMoment, showPersonName, useClock } from '../ui/index.ts';
import { answerQuestion, closeRecommendation, type Desk } from './support.ts';
import classes from './support.module.css';
import { ReadingLine } from './WaitingReadings.tsx';

/** Questions, missing images and follow-ups that wait for the site. */
export function SiteOwes({ desk }: { readonly desk: Desk }) {
  return (
    <ul className={classes.list}>
      {desk.questions.map((question) => (
        <Question key={question.id} question={question} />
      ))}
      {desk.missingImages.map((row) => (
        <li key={row.taskId}>
          <strong>Images missing.</strong> <ReadingLine row={row} />
        </li>
      ))}
      {desk.recommendations.map((recommendation) => (
        <FollowUp key={recommendation.id} recommendation={recommendation} />
      ))}
    </ul>
  );
}

function Question({ question }: { readonly question: Desk['questions'][number] }) {
  const minute = useClock(({ now }) => Math.floor(now / 60_000) * 60_000);
  const { answer } = question;
  return (
    <li>
      <p>
        <strong>{answer === undefined ? 'Question open.' : 'Question answered.'}</strong>{' '}
        {showPersonName(question.patientName)} · {question.examText} · {question.siteName}, asked{' '}
        {showMoment(question.askedAt, minute)}
      </p>
      <p>{question.text}</p>
      {answer === undefined ? (
        <AnswerForm questionId={question.id} about={question.examText} />
      ) : (
        <p>
          {answer.by}, {showMoment(answer.at, minute)}: {answer.text}
        </p>
      )}
    </li>
  );
}

function AnswerForm({ questionId, about }: { readonly questionId: string; readonly about: string }) {
  const [text, setText] = useState('');
  const [by, setBy] = useState('');
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '' && by.trim() !== '') void answerQuestion({ id: questionId, text, by });
  };
  return (
    <form onSubmit={onSubmit} className={classes.inline} aria-label={`Answer by phone about ${about}`}>
      <TextInput label="Answer by phone" value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <TextInput label="Who said it" value={by} onChange={(event) => setBy(event.currentTarget.value)} />
      <Button type="submit">Record the answer</Button>
    </form>
  );
}

function FollowUp({ recommendation }: { readonly recommendation: Desk['recommendations'][number] }) {
  const [by, setBy] = useState('');
  const { id, patientName, examText, siteName, what, why, dueAt, remindedBy } = recommendation;
  const close = (as: 'done' | 'declined') => {
    if (by.trim() !== '') void closeRecommendation({ id, as, by });
  };
  return (
    <li>
      <p>
        <strong>Follow-up due {new Date(dueAt).toISOString().slice(0, 10)}.</strong> {showPersonName(patientName)} ·{' '}
        {examText} · {siteName}
      </p>
      <p>
        {what}, because of {why}.{' '}
        {remindedBy === 'notice' ? 'The site was sent a notice.' : 'Call the site: no notice reaches it.'}
      </p>
      <div className={classes.inline}>
        <TextInput label="Who at the site said so" value={by} onChange={(event) => setBy(event.currentTarget.value)} />
        <Button aria-label={`Carried out: ${what}`} onClick={() => close('done')}>
          Carried out
        </Button>
        <Button aria-label={`Not wanted: ${what}`} onClick={() => close('declined')}>
          Not wanted
        </Button>
      </div>
    </li>
  );
}
