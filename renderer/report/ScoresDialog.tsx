import { Button, Checkbox, Group, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import { ALL_SCORES, scoresFor } from '#shared/reporting/scores/all-scores.ts';
import {
  askedQuestions,
  chosen,
  resultOf,
  severalOf,
  type Score,
  type ScoreAnswers,
  type ScoreQuestion,
} from '#shared/reporting/scores/score.ts';

import { addScore, reportScore } from '#shared/reporting/scores/report-score.ts';

import { closeDialog, say, useDialog } from '../ui/index.ts';
import { useReport } from './current-report.ts';
import { addSentence } from './edit-report.ts';
import classes from './report.module.css';

/** A category from stated facts by a published system, for the impression; what fits the exam stands first. */
export function ScoresDialog() {
  const isOpen = useDialog(({ open }) => open === 'scores');
  return (
    <Modal opened={isOpen} onClose={closeDialog} title="Score or grade" size="xl">
      {isOpen && <ScoreChoice />}
    </Modal>
  );
}

function ScoreChoice() {
  const exam = useReport(({ opened }) => opened?.row.exam);
  const scores = scoresFor(exam ?? { text: '' });
  const [id, setId] = useState(scores[0]?.id);
  const score = ALL_SCORES.find((each) => each.id === id);
  return (
    <div className={classes.macros}>
      <NativeSelect
        label="System"
        description={score?.source}
        value={id}
        data={scores.map(({ id: value, title, version }) => ({ value, label: `${title} (${version})` }))}
        onChange={(event) => setId(event.currentTarget.value)}
        autoFocus
      />
      {score !== undefined && <ScoreForm key={score.id} score={score} />}
    </div>
  );
}

function ScoreForm({ score }: { readonly score: Score }) {
  const [answers, setAnswers] = useState<ScoreAnswers>({});
  const [missing, setMissing] = useState(false);
  const keeper = useReport((state) => state.keeper);
  const result = resultOf(score, answers);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (result === undefined || keeper === undefined) return setMissing(true);
    const stored = reportScore(score, answers, result);
    // Text and data are one change, so one step takes both back.
    keeper.edit((body) => addScore(stored)(addSentence(stored.sentence)(body)));
    say(`In the impression: ${score.title} ${result.category}.`);
    closeDialog();
  };
  return (
    <form onSubmit={onSubmit} className={classes.macros}>
      <div className={classes.scoreQuestions}>
        {askedQuestions(score, answers).map((question) => (
          <Question
            key={question.id}
            question={question}
            answers={answers}
            onAnswer={(answer) => setAnswers({ ...answers, [question.id]: answer })}
          />
        ))}
      </div>
      <div className={classes.scoreEnd}>
        <div role="status" className={classes.scoreResult}>
          {result === undefined ? (
            <span className={missing ? classes.trouble : classes.quiet}>
              {missing
                ? 'Not yet: answer every question above.'
                : 'The result stands here once every question is answered.'}
            </span>
          ) : (
            <>
              <b>{result.category}</b>, {result.meaning}. {result.advice}
            </>
          )}
        </div>
        <Group justify="flex-end" gap="xs">
          <Button onClick={closeDialog}>Close</Button>
          <Button type="submit" variant="filled">
            Into the impression
          </Button>
        </Group>
      </div>
    </form>
  );
}

function Question(props: {
  readonly question: ScoreQuestion;
  readonly answers: ScoreAnswers;
  readonly onAnswer: (answer: string | readonly string[] | number | undefined) => void;
}) {
  const { question, answers, onAnswer } = props;
  if (question.kind === 'number') return <NumberQuestion question={question} onAnswer={onAnswer} />;
  if (question.kind === 'several')
    return (
      <Checkbox.Group
        className={classes.scoreSeveral ?? ''}
        label={question.label}
        value={[...severalOf(answers, question.id)]}
        onChange={onAnswer}
      >
        <div className={classes.scoreOptions}>
          {question.options.map(({ id, label }) => (
            <Checkbox key={id} value={id} label={label} />
          ))}
        </div>
      </Checkbox.Group>
    );
  const value = chosen(answers, question.id) ?? '';
  const options = question.options.map(({ id, label }) => ({ value: id, label }));
  return (
    <NativeSelect
      label={question.label}
      value={value}
      data={value === '' ? [{ value: '', label: 'Choose…' }, ...options] : options}
      onChange={(event) => onAnswer(event.currentTarget.value)}
    />
  );
}

function NumberQuestion(props: {
  readonly question: ScoreQuestion & { readonly kind: 'number' };
  readonly onAnswer: (answer: number | undefined) => void;
}) {
  const { label, unit, min, max } = props.question;
  const [text, setText] = useState('');
  const number = text.trim() === '' ? undefined : Number(text.trim().replace(',', '.'));
  const isFit = number === undefined || (number >= min && number <= max);
  return (
    <TextInput
      label={`${label}, ${unit}`}
      value={text}
      inputMode="decimal"
      autoComplete="off"
      error={isFit ? undefined : `A number from ${min} to ${max}`}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        props.onAnswer(typed.trim() === '' ? undefined : Number(typed.trim().replace(',', '.')));
      }}
    />
  );
}
