import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import type { OpenCase } from '../bridge/index.ts';
import { closeDialog, useDialog } from '../ui/index.ts';
import classes from './notes.module.css';
import { readOutside } from './outside-order.ts';

/** Looking beyond the order wants a reason, which stands in the audit. */
export function OutsideDialog({ opened }: { readonly opened: OpenCase | undefined }) {
  const isOpen = useDialog(({ open }) => open === 'break-glass');
  return (
    <Modal opened={isOpen && opened !== undefined} onClose={closeDialog} title="Notes of other exams">
      {isOpen && opened !== undefined && <OutsideForm opened={opened} />}
    </Modal>
  );
}

function OutsideForm({ opened }: { readonly opened: OpenCase }) {
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    void readOutside(opened, reason).then((refusal) => {
      setIsBusy(false);
      setProblem(refusal);
      if (refusal === undefined) closeDialog();
    });
  };
  return (
    <form onSubmit={onSubmit} className={classes.form}>
      <p>What was said of this patient’s other exams is outside this order. Your name and the reason are recorded.</p>
      <TextInput
        label="Reason"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problem}
        maxLength={500}
        autoComplete="off"
        data-autofocus
      />
      <Group justify="flex-end" gap="xs">
        <Button onClick={closeDialog}>Cancel</Button>
        <Button type="submit" variant="filled" loading={isBusy}>
          Show them
        </Button>
      </Group>
    </form>
  );
}
