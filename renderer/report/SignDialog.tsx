import { Button, Group, Modal } from '@mantine/core';
import { IconAlertOctagon, IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useEffect, useState, type FormEvent } from 'react';

import type { Complaint } from '#shared/reporting/complaint.ts';

import { call, failureWords, type Answer } from '../bridge/index.ts';
import { loadSession, SHORTEST_PIN, useSession } from '../settings/index.ts';
import { closeDialog, PinField, useDialog } from '../ui/index.ts';
import { writable, type DraftKeeper } from './draft-keeper.ts';
import classes from './report.module.css';

export interface SignDialogProps {
  readonly keeper: DraftKeeper;
  /** The patient line, in the words the reader sees behind the dialog. */
  readonly patientLine: string;
  /** Read at the moment of signing: what each panel shows then. */
  readonly contextKeys: () => Promise<{ readonly viewer: string; readonly notes: string; readonly report: string }>;
  readonly fence: () => string;
  readonly onSigned: (message: string) => void;
  readonly onClaimLost: () => void;
}

export function SignDialog(props: SignDialogProps) {
  const isOpen = useDialog(({ open }) => open === 'sign');
  return (
    <Modal opened={isOpen} onClose={closeDialog} title="Sign report" size="lg">
      {isOpen && <SignForm {...props} />}
    </Modal>
  );
}

type Checks = { readonly kind: 'running' } | { readonly kind: 'failed'; readonly text: string } | Found;
interface Found {
  readonly kind: 'found';
  readonly complaints: readonly Complaint[];
}

function SignForm(props: SignDialogProps) {
  const { keeper } = props;
  const [checks, setChecks] = useState<Checks>({ kind: 'running' });
  const [pin, setPin] = useState('');
  const [error, setError] = useState<{ readonly isPin: boolean; readonly text: string }>();
  const [isSigning, setIsSigning] = useState(false);
  useEffect(() => {
    void keeper.flush();
    call('checkReport', { taskId: keeper.taskId, body: writable(keeper.store.getState().body) }).then(
      ({ complaints }) => setChecks({ kind: 'found', complaints: shown(complaints) }),
      (failure: unknown) => setChecks({ kind: 'failed', text: failureWords(failure) }),
    );
  }, [keeper]);
  const hasPin = useSession(({ session }) => session?.hasPin !== false);
  const stops = checks.kind === 'found' && checks.complaints.some(({ severity }) => severity === 'stop');

  const sign = async () => {
    if (pin === '') return setError({ isPin: true, text: 'Type your PIN.' });
    if (!hasPin && pin.length < SHORTEST_PIN) {
      return setError({ isPin: true, text: `At least ${SHORTEST_PIN} characters.` });
    }
    setIsSigning(true);
    setError(undefined);
    try {
      if (!hasPin) {
        await call('setPin', { pin });
        await loadSession();
      }
      await keeper.flush();
      const contextKeys = await props.contextKeys();
      if (contextKeys.viewer === '') return setError({ isPin: false, text: NO_IMAGES });
      const answer = await call('signReport', {
        taskId: keeper.taskId,
        contextKeys,
        fence: props.fence(),
        pin,
        body: writable(keeper.store.getState().body),
      });
      setPin('');
      take(answer);
    } catch (failure) {
      setError({ isPin: false, text: `Not signed. ${failureWords(failure)} Your text is kept.` });
    } finally {
      setIsSigning(false);
    }
  };
  const take = (answer: Answer<'signReport'>) => {
    switch (answer.status) {
      case 'signed':
        return props.onSigned(signedWords(answer.deliveries.length));
      case 'signed-here':
        return props.onSigned('Signed on this workstation. It goes to the hub when the hub answers again.');
      case 'no-pin':
        return setError({ isPin: true, text: 'There is no PIN yet: choose one.' });
      case 'wrong-pin':
        return setError({ isPin: true, text: 'That is not your PIN. Nothing was signed.' });
      case 'wait':
        return setError({ isPin: true, text: `Too many wrong PINs. Try again in ${answer.seconds} s.` });
      case 'context-mismatch':
        return setError({
          isPin: false,
          text: 'Not signed: viewer, notes and report do not show the same case. Return to the list and open the case again; your text is kept.',
        });
      case 'claim-lost':
        props.onClaimLost();
        return setError({
          isPin: false,
          text: 'Not signed: the claim on this case was lost, another reader may have it. Your text is kept.',
        });
      case 'already-signed':
        return setError({ isPin: false, text: 'Not signed again: this case already has a signed report.' });
      case 'incomplete':
        setChecks({ kind: 'found', complaints: shown(answer.complaints) });
        return setError({ isPin: false, text: 'Not signed: the report is not complete. See above.' });
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!isSigning && !stops) void sign();
  };
  return (
    <form onSubmit={onSubmit} className={classes.sign}>
      <p className={classes.patientLine}>{props.patientLine}</p>
      <ComplaintList checks={checks} />
      <div className={classes.pin}>
        <PinField
          label="PIN"
          value={pin}
          onChange={setPin}
          error={error?.isPin === true ? error.text : undefined}
          hasFocusFirst
          isChosen={!hasPin}
          description={hasPin ? undefined : FIRST_PIN}
        />
      </div>
      <div role="alert" className={classes.refusal}>
        {error !== undefined && !error.isPin && error.text}
      </div>
      <Group justify="flex-end" gap="xs">
        <Button onClick={closeDialog}>Go on editing</Button>
        <Button type="submit" variant="filled" loading={isSigning} disabled={stops}>
          Sign and return
        </Button>
      </Group>
    </form>
  );
}

const FIRST_PIN =
  'Your first signature here: choose a PIN. It signs your reports, unlocks this workstation and protects what is stored on it.';

const NO_IMAGES =
  'Not signed: no images of this case are on screen, here or on the other display. Wait until they are; your text is kept.';

function signedWords(deliveryCount: number): string {
  if (deliveryCount === 0) return 'Signed. The site has no return channel: nothing is delivered.';
  return `Signed. ${deliveryCount} ${deliveryCount === 1 ? 'delivery' : 'deliveries'} under way`;
}

/** What stops stands first. */
const shown = (complaints: readonly Complaint[]): readonly Complaint[] => [
  ...complaints.filter(({ severity }) => severity === 'stop'),
  ...complaints.filter(({ severity }) => severity === 'warn'),
];

function ComplaintList({ checks }: { readonly checks: Checks }) {
  if (checks.kind === 'running') return <p className={classes.quiet}>Checking the report…</p>;
  if (checks.kind === 'failed') return <p className={classes.warn}>The report could not be checked: {checks.text}</p>;
  if (checks.complaints.length === 0) {
    return (
      <p className={classes.fine}>
        <IconCheck size={16} aria-hidden /> Checks found nothing to ask about.
      </p>
    );
  }
  return (
    <ul className={classes.complaints} aria-label="Before signing">
      {checks.complaints.map((complaint, place) => (
        <li key={place}>
          <span className={complaint.severity === 'stop' ? classes.stop : classes.warn}>
            {complaint.severity === 'stop' ? (
              <IconAlertOctagon size={16} aria-hidden />
            ) : (
              <IconAlertTriangle size={16} aria-hidden />
            )}
            {complaint.severity === 'stop' ? 'Must be fixed' : 'Please check'}
          </span>
          <span>
            {complaint.message}
            {complaint.quote !== undefined && <q className={classes.quote}>{complaint.quote}</q>}
            {complaint.fix !== undefined && <span className={classes.fix}>{complaint.fix}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
