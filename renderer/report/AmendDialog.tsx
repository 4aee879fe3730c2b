import { Button, Checkbox, Group, Modal, Textarea } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';

import type { Complaint } from '#shared/reporting/complaint.ts';
import type { ReportBody } from '#shared/reporting/report.ts';

import { call, failureWords, type Answer, type OpenCase } from '../bridge/index.ts';
import { useSession } from '../settings/index.ts';
import { closeDialog, PinField, useDialog, type DialogName } from '../ui/index.ts';
import { DifferenceView } from './DifferenceView.tsx';
import { writable } from './draft-keeper.ts';
import { typeText } from './edit-report.ts';
import classes from './report.module.css';
import { refusalWords, SIGN_IN_WORDS, signedWords, type RefusalWords } from './sign-words.ts';
import { complaintKey, SignComplaints } from './SignComplaints.tsx';
import { offerUndo } from './undo.ts';

type Version = Answer<'reportVersions'>['versions'][number];

const TITLES = { addendum: 'Add an addendum', correct: 'Correct the report', withdraw: 'Withdraw the report' } as const;
type Act = keyof typeof TITLES;
const isAct = (open: DialogName | undefined): open is Act => open !== undefined && open in TITLES;

/** A later version of a signed report: it stands beside the earlier one, which stays as it is. */
export function AmendDialog(props: {
  readonly opened: OpenCase;
  readonly patientLine: string;
  readonly onSigned: (message: string) => void;
}) {
  const open = useDialog((state) => state.open);
  const act = isAct(open) ? open : undefined;
  return (
    <Modal opened={act !== undefined} onClose={closeDialog} title={act === undefined ? '' : TITLES[act]} size="xl">
      {act !== undefined && <NewestVersion key={act} act={act} {...props} />}
    </Modal>
  );
}

interface FormProps {
  readonly act: Act;
  readonly opened: OpenCase;
  readonly patientLine: string;
  readonly onSigned: (message: string) => void;
}

/** The version to change is asked for anew: another one may have been signed since the case was opened. */
function NewestVersion(props: FormProps) {
  const [newest, setNewest] = useState<Version | string>();
  const { taskId } = props.opened;
  useEffect(() => {
    call('reportVersions', { taskId }).then(
      ({ versions }) => setNewest(versions[0] ?? 'There is no signed report of this case.'),
      (failure: unknown) => setNewest(`The signed report cannot be read. ${failureWords(failure)}`),
    );
  }, [taskId]);
  if (newest === undefined) return <p className={classes.quiet}>Reading the signed report…</p>;
  if (typeof newest === 'string') return <p className={classes.refusal}>{newest}</p>;
  return <AmendForm {...props} newest={newest} />;
}

function AmendForm({ act, opened, patientLine, onSigned, newest }: FormProps & { readonly newest: Version }) {
  const [body, setBody] = useState<ReportBody>(newest.body);
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const [readAgain, setReadAgain] = useState(true);
  const [complaints, setComplaints] = useState<readonly Complaint[]>([]);
  const [reasons, setReasons] = useState<ReadonlyMap<string, string>>(new Map());
  const [pin, setPin] = useState('');
  const [error, setError] = useState<RefusalWords>();
  const [isSigning, setIsSigning] = useState(false);
  const signsIn = useSession(({ session }) => session?.signsWith === 'sign-in');
  const isReady = act === 'addendum' ? text.trim() !== '' : reason.trim() !== '';

  const sign = async () => {
    if (pin === '' && !signsIn) return setError({ isPin: true, text: 'Type your PIN.' });
    setIsSigning(true);
    setError(undefined);
    try {
      const answer = await call('amendReport', {
        taskId: opened.taskId,
        contextKey: opened.contextKey,
        basedOn: newest.reportUuid,
        pin,
        change:
          act === 'addendum'
            ? { kind: 'addendum', text }
            : act === 'correct'
              ? { kind: 'correction', body: writable(body), reason }
              : { kind: 'withdrawal', reason, readAgain },
        overrides: complaints.flatMap((complaint) => {
          const why = reasons.get(complaintKey(complaint));
          const { code, quote } = complaint;
          return why === undefined ? [] : [{ code, reason: why, ...(quote === undefined ? {} : { quote }) }];
        }),
      });
      setPin('');
      if (answer.status === 'signed' || answer.status === 'signed-here') {
        offerUndo(opened.taskId, answer);
        return onSigned(signedWords(answer));
      }
      if (answer.status === 'incomplete') setComplaints(answer.complaints);
      setError(refusalWords(answer));
    } catch (failure) {
      setError({ isPin: false, text: `Not signed. ${failureWords(failure)} Your text stands in this window.` });
    } finally {
      setIsSigning(false);
    }
    return undefined;
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!isSigning && isReady) void sign();
  };
  return (
    <form onSubmit={onSubmit} className={classes.sign}>
      <p className={classes.patientLine}>{patientLine}</p>
      <p className={classes.quiet}>
        Version {newest.version} stays as it was signed; this becomes version {newest.version + 1} and goes out on every
        channel.
      </p>
      {act === 'addendum' && (
        <Textarea
          label="Addendum"
          value={text}
          autosize
          minRows={4}
          maxLength={200_000}
          autoFocus
          spellCheck={false}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      {act === 'correct' && <CorrectionFields before={newest.body} body={body} onChange={setBody} />}
      {act !== 'addendum' && (
        <Textarea
          label={act === 'correct' ? 'Why it is corrected' : 'Why it is withdrawn'}
          value={reason}
          maxLength={2000}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      {act === 'withdraw' && (
        <Checkbox
          label="Put the examination back on the list, to be read again"
          checked={readAgain}
          onChange={(event) => setReadAgain(event.currentTarget.checked)}
        />
      )}
      {complaints.length > 0 && (
        <SignComplaints
          checks={{ kind: 'found', complaints }}
          reasons={reasons}
          onReason={(key, why) => setReasons(new Map(reasons).set(key, why))}
        />
      )}
      {signsIn ? (
        <p className={classes.quiet}>{SIGN_IN_WORDS}</p>
      ) : (
        <div className={classes.pin}>
          <PinField label="PIN" value={pin} onChange={setPin} error={error?.isPin === true ? error.text : undefined} />
        </div>
      )}
      <div role="alert" className={classes.refusal}>
        {error !== undefined && !error.isPin && error.text}
      </div>
      <Group justify="flex-end" gap="xs">
        <Button onClick={closeDialog}>Leave it as it is</Button>
        <Button type="submit" variant="filled" loading={isSigning} disabled={!isReady}>
          {SIGN_WORDS[act]}
        </Button>
      </Group>
    </form>
  );
}

const SIGN_WORDS = {
  addendum: 'Sign addendum',
  correct: 'Sign correction',
  withdraw: 'Sign withdrawal',
} as const;

/** The signed text to be changed, and beneath it what is different so far. */
function CorrectionFields(props: {
  readonly before: ReportBody;
  readonly body: ReportBody;
  readonly onChange: (body: ReportBody) => void;
}) {
  return (
    <>
      {props.body.sections.map((section) => (
        <Textarea
          key={section.id}
          label={section.title}
          value={section.text}
          autosize
          minRows={1}
          maxRows={8}
          maxLength={200_000}
          spellCheck={false}
          onChange={(event) => props.onChange(typeText(section.id, event.currentTarget.value)(props.body))}
        />
      ))}
      <DifferenceView before={props.before} after={props.body} />
    </>
  );
}
