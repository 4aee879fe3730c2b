import { Modal } from '@mantine/core';
import { useRef } from 'react';

import { closeDialog, ReasonForm, useDialog } from '../ui/index.ts';
import { decideIdentity } from './identity.ts';

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
  const { current: uuid } = useRef(crypto.randomUUID());
  return (
    <ReasonForm
      intro={props.intro}
      button={props.button}
      send={(reason) => decideIdentity(props.verdict, reason, uuid)}
    />
  );
}
