import { Button, Checkbox, Group, Textarea } from '@mantine/core';
import { Fragment, useEffect, useState, type FormEvent } from 'react';
import { useStore } from 'zustand';

import { startAmendment, type Amendment } from '#shared/reporting/amendment.ts';
import type { Complaint } from '#shared/reporting/complaint.ts';
import type { ReportBody } from '#shared/reporting/report.ts';

import { call, failureWords } from '../bridge/index.ts';
import { useSession } from '../settings/index.ts';
import { closeDialog, PinField, showTime } from '../ui/index.ts';
import { closeAmendment, type OpenAmendment } from './amendment-draft.ts';
import { useReport } from './current-report.ts';
import { DifferenceView } from './DifferenceView.tsx';
import { writable } from './draft-keeper.ts';
import { typeText } from './edit-report.ts';
import classes from './report.module.css';
import { SaveStateLine } from './SaveStateLine.tsx';
import { SectionFields } from './SectionFields.tsx';
import { refusalWords, SIGN_IN_WORDS, signedWords, type RefusalWords } from './sign-words.ts';
import { complaintKey, SignComplaints } from './SignComplaints.tsx';
import { offerUndo } from './undo.ts';

/** One kind of later version, typed and signed. */
export function AmendForm({
  amendment: { kind, newest, keeper, restoredFrom },
  patientLine,
  onSigned,
  onLoadOther,
}: {
  readonly amendment: OpenAmendment;
  readonly patientLine: string;
  readonly onSigned: (message: string) => void;
  readonly onLoadOther: () => void;
}) {
  const { text, body, reason, readAgain, basedOn } = useStore(keeper.store, (draft) => draft.body);
  const change = (part: Partial<Amendment>) => keeper.edit((before) => ({ ...before, ...part }));
  useEffect(() => () => void keeper.flush(), [keeper]);
  const [complaints, setComplaints] = useState<readonly Complaint[]>([]);
  const [reasons, setReasons] = useState<ReadonlyMap<string, string>>(new Map());
  const [pin, setPin] = useState('');
  const [error, setError] = useState<RefusalWords>();
  const [isSigning, setIsSigning] = useState(false);
  const signsIn = useSession(({ session }) => session?.signsWith === 'sign-in');
  const isReady = kind === 'addendum' ? text.trim() !== '' : reason.trim() !== '';

  const sign = async () => {
    if (pin === '' && !signsIn) return setError({ isPin: true, text: 'Type your PIN.' });
    setIsSigning(true);
    setError(undefined);
    try {
      await keeper.flush();
      const answer = await call('amendReport', {
        taskId: keeper.taskId,
        contextKey: keeper.contextKey,
        basedOn: newest.reportUuid,
        pin,
        change:
          kind === 'addendum'
            ? { kind: 'addendum', text }
            : kind === 'correction'
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
        closeAmendment();
        offerUndo(keeper.taskId, answer);
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
      {restoredFrom !== undefined && (
        <p role="note" className={classes.quiet}>
          What you typed and did not sign is back, as saved {showTime(restoredFrom)}.
        </p>
      )}
      {basedOn.reportUuid !== newest.reportUuid && (
        <Group gap="xs">
          <p role="note" aria-label="Newer version" className={classes.trouble}>
            This was begun on version {basedOn.version}; version {newest.version} was signed since. Compare before you
            sign.
          </p>
          <Button onClick={() => keeper.edit(() => startAmendment(newest))}>
            Start anew from version {newest.version}
          </Button>
        </Group>
      )}
      {kind === 'addendum' && (
        <Textarea
          label="Addendum"
          value={text}
          autosize
          minRows={4}
          maxLength={200_000}
          autoFocus
          spellCheck={false}
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
      )}
      {kind === 'correction' && (
        <CorrectionFields before={newest.body} body={body} onChange={(corrected) => change({ body: corrected })} />
      )}
      {kind !== 'addendum' && (
        <Textarea
          label={kind === 'correction' ? 'Why it is corrected' : 'Why it is withdrawn'}
          value={reason}
          maxLength={2000}
          onChange={(event) => change({ reason: event.currentTarget.value })}
        />
      )}
      {kind === 'withdrawal' && (
        <Checkbox
          label="Put the examination back on the list, to be read again"
          checked={readAgain}
          onChange={(event) => change({ readAgain: event.currentTarget.checked })}
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
        <SaveStateLine keeper={keeper} onLoadOther={onLoadOther} />
        <Button onClick={closeDialog}>Leave it as it is</Button>
        <Button type="submit" variant="filled" loading={isSigning} disabled={!isReady}>
          {SIGN_WORDS[kind]}
        </Button>
      </Group>
    </form>
  );
}

const SIGN_WORDS = {
  addendum: 'Sign addendum',
  correction: 'Sign correction',
  withdrawal: 'Sign withdrawal',
} as const;

/** The signed text to be changed, and beneath it what is different so far. */
function CorrectionFields(props: {
  readonly before: ReportBody;
  readonly body: ReportBody;
  readonly onChange: (body: ReportBody) => void;
}) {
  const template = useReport(({ template: chosen }) => chosen);
  const asked = template?.id === props.body.templateId ? template : undefined;
  return (
    <>
      {props.body.sections.map((section) => (
        <Fragment key={section.id}>
          <SectionFields
            section={section}
            template={asked?.sections.find(({ id }) => id === section.id)}
            isReadOnly={false}
            hasFixedEntries
            onEdit={(edit) => props.onChange(edit(props.body))}
          />
          <Textarea
            label={section.title}
            value={section.text}
            autosize
            minRows={1}
            maxRows={8}
            maxLength={200_000}
            spellCheck={false}
            onChange={(event) => props.onChange(typeText(section.id, event.currentTarget.value)(props.body))}
          />
        </Fragment>
      ))}
      <DifferenceView before={props.before} after={props.body} />
    </>
  );
}
