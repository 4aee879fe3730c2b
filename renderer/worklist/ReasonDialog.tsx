import { Button, Group, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';

import { call, type Answer } from '../bridge/index.ts';
import { closeDialog, showReaderName, useDialog, type DialogName } from '../ui/index.ts';
import { askedTask, declineTask, escalateTask, handOverTask, pickTask, type Outcome } from './acts.ts';
import classes from './worklist.module.css';

/** The acts that want one line of why. */
export function ReasonDialogs() {
  return (
    <>
      <ReasonDialog
        name="escalate"
        title="Escalate"
        intro="The referrer asks for it sooner. Your name, the time and the reason are recorded."
        button="Escalate"
        send={escalateTask}
      />
      <ReasonDialog
        name="decline"
        title="Decline this case"
        intro="It stays on the list for the other readers. You are asked for the reason once; it is recorded."
        button="Decline"
        send={declineTask}
      />
      <ReasonDialog
        name="pick"
        title="Take a case out of turn"
        intro="Your group reads in turn. The reason stands in the fairness ledger, which every reader sees."
        button="Take it"
        send={pickTask}
      />
      <HandOverDialog />
    </>
  );
}

function ReasonDialog(props: {
  readonly name: DialogName;
  readonly title: string;
  readonly intro: string;
  readonly button: string;
  readonly send: (taskId: string, reason: string) => Promise<Outcome>;
}) {
  const isOpen = useDialog(({ open }) => open === props.name);
  return (
    <Modal opened={isOpen} onClose={closeDialog} title={props.title}>
      {isOpen && <ReasonForm {...props} isReasonNeeded />}
    </Modal>
  );
}

function ReasonForm(props: {
  readonly intro: string;
  readonly button: string;
  readonly isReasonNeeded: boolean;
  readonly children?: ReactNode;
  readonly send: (taskId: string, reason: string) => Promise<Outcome>;
}) {
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string>();
  const [isSending, setIsSending] = useState(false);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const taskId = askedTask();
    if (isSending) return;
    if (taskId === undefined) return setError('This case is no longer on the list.');
    if (props.isReasonNeeded && reason.trim() === '') return setError('Say why, in a few words.');
    setIsSending(true);
    void props.send(taskId, reason.trim()).then((refusal) => {
      setIsSending(false);
      if (refusal === undefined) closeDialog();
      else setError(refusal);
    });
  };
  return (
    <form onSubmit={onSubmit} className={classes.form}>
      <p>{props.intro}</p>
      {props.children}
      <TextInput
        label={props.isReasonNeeded ? 'Reason' : 'Reason (may be left out)'}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={error}
        maxLength={500}
        autoComplete="off"
        autoFocus={props.isReasonNeeded}
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

type Reader = Answer<'readers'>['readers'][number];

function HandOverDialog() {
  const isOpen = useDialog(({ open }) => open === 'hand-over');
  return (
    <Modal opened={isOpen} onClose={closeDialog} title="Hand over">
      {isOpen && <HandOverForm />}
    </Modal>
  );
}

function HandOverForm() {
  const [readers, setReaders] = useState<readonly Reader[]>();
  const [chosen, setChosen] = useState('');
  useEffect(() => {
    call('readers', {}).then(
      (answer) => {
        setReaders(answer.readers);
        setChosen(answer.readers[0]?.id ?? '');
      },
      () => setReaders([]),
    );
  }, []);
  if (readers === undefined) return <p>Asking who is there…</p>;
  if (readers.length === 0)
    return <p>No other reader is known here. The configuration names the readers of a group.</p>;
  const to = readers.find(({ id }) => id === chosen) ?? readers[0];
  return (
    <ReasonForm
      intro="It is theirs for ten minutes; what they have not taken up by then stands on everyone’s list again."
      button="Hand over"
      isReasonNeeded={false}
      send={(taskId, reason) =>
        to === undefined ? Promise.resolve('Choose a reader.') : handOverTask(taskId, to, reason)
      }
    >
      <NativeSelect
        label="To"
        autoFocus
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={readers.map((reader) => ({ value: reader.id, label: readerWords(reader) }))}
      />
    </ReasonForm>
  );
}

const readerWords = ({ name, isOnShift, holds }: Reader): string =>
  [showReaderName(name), ...(isOnShift ? ['on shift'] : []), ...(holds > 0 ? [`reads ${holds} now`] : [])].join(', ');
