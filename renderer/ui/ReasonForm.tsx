import { Button, Group, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';

import { closeDialog } from './dialogs.ts';
import classes from './ReasonForm.module.css';

/** One line of why, in a dialog: `send` answers why it was refused; what was done closes the dialog. */
export function ReasonForm(props: {
  readonly intro?: string;
  readonly button: string;
  readonly isReasonOptional?: boolean;
  /** Asked before the reason; where there is something, the focus begins there. */
  readonly children?: ReactNode;
  readonly send: (reason: string) => Promise<string | undefined>;
}) {
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string>();
  const [isSending, setIsSending] = useState(false);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    if (props.isReasonOptional !== true && reason.trim() === '') return setError('Say why, in a few words.');
    setIsSending(true);
    void props.send(reason.trim()).then((refusal) => {
      setIsSending(false);
      setError(refusal);
      if (refusal === undefined) closeDialog();
    });
  };
  return (
    <form onSubmit={onSubmit} className={classes.form}>
      {props.intro !== undefined && <p>{props.intro}</p>}
      {props.children}
      <TextInput
        label={props.isReasonOptional === true ? 'Reason (may be left out)' : 'Reason'}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={error}
        maxLength={500}
        autoComplete="off"
        autoFocus={props.children === undefined}
      />
      <Group justify="flex-end" gap="xs">
        <Button onClick={closeDialog}>Cancel</Button>
        <Button type="submit" variant="filled" loading={isSending}>
          {props.button}
        </Button>
      </Group>
    </form>
  );
}
