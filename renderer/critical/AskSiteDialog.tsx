import { Button, Group, Modal, Textarea } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';

import { cannedQuestions } from '#shared/domain/canned-questions.ts';

import type { OpenCase } from '../bridge/index.ts';
import { closeDialog, currentSecond, useDialog } from '../ui/index.ts';
import { askSite } from './critical.ts';
import classes from './critical.module.css';

/** A question about the open case, to whoever ordered it. */
export function AskSiteDialog({ opened }: { readonly opened: OpenCase | undefined }) {
  const isOpen = useDialog(({ open }) => open === 'ask-site');
  return (
    <Modal opened={isOpen && opened !== undefined} onClose={closeDialog} title="Ask the site">
      {isOpen && opened !== undefined && <AskForm opened={opened} />}
    </Modal>
  );
}

function AskForm({ opened }: { readonly opened: OpenCase }) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const { current: uuid } = useRef(crypto.randomUUID());
  const { row, notes, priors } = opened;
  const asked = { exam: row.exam, patient: row.patient, facts: notes.facts, priors };
  const canned = cannedQuestions(row.reason === undefined ? asked : { ...asked, reason: row.reason }, currentSecond());
  const add = (question: string) =>
    setText((typed) => (typed.trim() === '' ? question : `${typed.trimEnd()} ${question}`));
  const ask = async () => {
    if (text.trim() === '') return setProblem('Type the question.');
    setIsBusy(true);
    const asked = await askSite({ uuid, taskId: opened.taskId, text });
    setIsBusy(false);
    if (asked.ok) closeDialog();
    else setProblem(asked.why);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!isBusy) void ask();
  };
  return (
    <form onSubmit={onSubmit} className={classes.form}>
      <Textarea
        label={`Question to ${opened.row.siteName}`}
        value={text}
        maxLength={2000}
        autosize
        minRows={3}
        autoFocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {canned.length > 0 && (
        <ul className={classes.canned} aria-label="Questions for this case">
          {canned
            .filter((question) => !text.includes(question))
            .map((question) => (
              <li key={question}>
                <Button onClick={() => add(question)} justify="flex-start" h="auto" py={6}>
                  <span className={classes.cannedWords}>{question}</span>
                </Button>
              </li>
            ))}
        </ul>
      )}
      <div role="alert" className={classes.problem}>
        {problem}
      </div>
      <Group justify="flex-end" gap="xs">
        <Button onClick={closeDialog}>Cancel</Button>
        <Button type="submit" variant="filled" loading={isBusy}>
          Send
        </Button>
      </Group>
    </form>
  );
}
