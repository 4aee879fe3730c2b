import { Button, Group, Modal, Textarea, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';

import { DAY_MS } from '#shared/kernel/clock.ts';

import type { OpenCase } from '../bridge/index.ts';
import { closeDialog, currentSecond, useDialog } from '../ui/index.ts';
import { recommend } from './critical.ts';
import classes from './critical.module.css';

/** A follow-up as data: what, when, why. */
export function RecommendDialog({ opened }: { readonly opened: OpenCase | undefined }) {
  const isOpen = useDialog(({ open }) => open === 'recommend');
  return (
    <Modal opened={isOpen && opened !== undefined} onClose={closeDialog} title="Recommend follow-up" size="lg">
      {isOpen && opened !== undefined && <RecommendForm opened={opened} />}
    </Modal>
  );
}

const IN_HALF_A_YEAR_MS = 182 * DAY_MS;
const dateText = (at: number): string => new Date(at).toISOString().slice(0, 10);

function RecommendForm({ opened }: { readonly opened: OpenCase }) {
  const [what, setWhat] = useState('');
  const [why, setWhy] = useState('');
  const [by, setBy] = useState(dateText(currentSecond() + IN_HALF_A_YEAR_MS));
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const { current: uuid } = useRef(crypto.randomUUID());

  const record = async () => {
    const dueAt = Date.parse(`${by}T12:00:00Z`);
    if (what.trim() === '' || why.trim() === '') return setProblem('Say what is advised, and why.');
    if (Number.isNaN(dueAt)) return setProblem('Say by when.');
    setIsBusy(true);
    const recorded = await recommend({ uuid, taskId: opened.taskId, what, why, dueAt }, opened.canReport);
    setIsBusy(false);
    if (recorded.ok) closeDialog();
    else setProblem(recorded.why);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!isBusy) void record();
  };
  return (
    <form onSubmit={onSubmit} className={classes.form}>
      <TextInput
        label="What"
        placeholder="CT chest without contrast"
        value={what}
        maxLength={2000}
        autoFocus
        onChange={(event) => setWhat(event.currentTarget.value)}
      />
      <TextInput label="By" type="date" value={by} onChange={(event) => setBy(event.currentTarget.value)} />
      <Textarea
        label="Why"
        placeholder="7 mm solid nodule, right upper lobe"
        value={why}
        maxLength={2000}
        autosize
        minRows={2}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      <div role="alert" className={classes.problem}>
        {problem}
      </div>
      <Group justify="flex-end" gap="xs">
        <Button onClick={closeDialog}>Cancel</Button>
        <Button type="submit" variant="filled" loading={isBusy}>
          Record
        </Button>
      </Group>
    </form>
  );
}
