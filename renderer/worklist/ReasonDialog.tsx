import { Modal, NativeSelect } from '@mantine/core';
import { useEffect, useState } from 'react';

import { call, type Answer } from '../bridge/index.ts';
import { closeDialog, ReasonForm, showReaderName, useDialog, type DialogName } from '../ui/index.ts';
import { askedTask, declineTask, escalateTask, handOverTask, pickTask, type Outcome } from './acts.ts';

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
      {isOpen && <ReasonForm intro={props.intro} button={props.button} send={toAskedTask(props.send)} />}
    </Modal>
  );
}

/** Of the row that the dialog was opened for. */
const toAskedTask =
  (send: (taskId: string, reason: string) => Promise<Outcome>) =>
  async (reason: string): Promise<Outcome> => {
    const taskId = askedTask();
    return taskId === undefined ? 'This case is no longer on the list.' : send(taskId, reason);
  };

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
      isReasonOptional
      send={toAskedTask((taskId, reason) =>
        to === undefined ? Promise.resolve('Choose a reader.') : handOverTask(taskId, to, reason),
      )}
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
