import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';

import { failureWords, type OpenCase } from '../bridge/index.ts';
import { closeDialog, useDialog, type DialogName } from '../ui/index.ts';
import { openAmendment, type OpenAmendment } from './amendment-draft.ts';
import { AmendForm } from './AmendForm.tsx';
import classes from './report.module.css';

const ACTS = {
  addendum: { kind: 'addendum', title: 'Add an addendum' },
  correct: { kind: 'correction', title: 'Correct the report' },
  withdraw: { kind: 'withdrawal', title: 'Withdraw the report' },
} as const;
type Act = keyof typeof ACTS;
const isAct = (open: DialogName | undefined): open is Act => open !== undefined && open in ACTS;

interface AmendProps {
  readonly opened: OpenCase;
  readonly patientLine: string;
  readonly onSigned: (message: string) => void;
}

/** A later version of a signed report: it stands beside the earlier one, which stays as it is. */
export function AmendDialog(props: AmendProps) {
  const open = useDialog((state) => state.open);
  const act = isAct(open) ? open : undefined;
  return (
    <Modal opened={act !== undefined} onClose={closeDialog} title={act === undefined ? '' : ACTS[act].title} size="xl">
      {act !== undefined && <Amendment key={act} act={act} {...props} />}
    </Modal>
  );
}

/** What was typed before and not signed comes back from the workstation's disk. */
function Amendment({ act, opened, ...props }: AmendProps & { readonly act: Act }) {
  const [amendment, setAmendment] = useState<OpenAmendment | string>();
  const [round, setRound] = useState(0);
  const { taskId, contextKey } = opened;
  useEffect(() => {
    openAmendment({ taskId, contextKey }, ACTS[act].kind).then(
      (found) => setAmendment(found ?? 'There is no signed report of this case.'),
      (failure: unknown) => setAmendment(`The signed report cannot be read. ${failureWords(failure)}`),
    );
  }, [taskId, contextKey, act, round]);
  if (amendment === undefined) return <p className={classes.quiet}>Reading the signed report…</p>;
  if (typeof amendment === 'string') return <p className={classes.refusal}>{amendment}</p>;
  return (
    <AmendForm
      key={round}
      {...props}
      amendment={amendment}
      onLoadOther={() => {
        setAmendment(undefined);
        setRound(round + 1);
      }}
    />
  );
}
