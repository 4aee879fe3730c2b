import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';

import { closeDialog, useDialog } from '../ui/index.ts';
import { decideIdentity } from './identity.ts';
import classes from './reading.module.css';

/** The two ways out of a case whose sources name different people; each wants one line of why. */
export function IdentityDialogs() {
  const open = useDialog((state) => state.open);
  return (
    <>
      <Modal opened={open === 'same-person'} onClose={closeDialog} title="Same person: go on">
        {open === 'same-person' && (
          <DecisionForm
            verdict="same-person"
            intro="The images are shown. Your name, what differs and the reason are recorded; the next reader is not asked again."
            button="Same person"
          />
        )}
      </Modal>
      <Modal opened={open === 'send-back'} onClose={closeDialog} title="Not this patient: ask the site">
        {open === 'send-back' && (
          <DecisionForm
            verdict="sent-back"
            intro="The case goes back on the list and its clock stands still until the site has said whose images these are. Your draft is kept."
            button="Send back"
          />
        )}
      </Modal>
    </>
  );
}

function DecisionForm(props: {
  readonly verdict: 'same-person' | 'sent-back';
  readonly intro: string;
  readonly button: string;
}) {
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const { current: uuid } = useRef(crypto.randomUUID());
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    void decideIdentity(props.verdict, reason, uuid).then((refusal) => {
      setIsBusy(false);
      setProblem(refusal);
    });
  };
  return (
    <form onSubmit={onSubmit} className={classes.decision}>
      <p>{props.intro}</p>
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
          {props.button}
        </Button>
      </Group>
    </form>
  );
}
