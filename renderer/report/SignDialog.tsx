import { Button, Group, Modal, NativeSelect, Textarea } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent } from 'react';

import { saysTheSame } from '#shared/reporting/compare-reports.ts';
import { isOverridable, SHORTEST_REASON, type Complaint } from '#shared/reporting/complaint.ts';
import type { ReportBody } from '#shared/reporting/report.ts';
import type { DiscrepancyCategory } from '#shared/reporting/signed-report.ts';

import { call, failureWords, type Answer, type OpenCase } from '../bridge/index.ts';
import { loadSession, SHORTEST_PIN, useSession } from '../settings/index.ts';
import { closeDialog, PinField, showReaderName, useDialog } from '../ui/index.ts';
import { useReport } from './current-report.ts';
import { writable, type DraftKeeper } from './draft-keeper.ts';
import classes from './report.module.css';
import { refusalWords, SIGN_IN_WORDS, signedWords, type RefusalWords } from './sign-words.ts';
import { complaintKey, SignComplaints, type Checks } from './SignComplaints.tsx';
import { offerUndo } from './undo.ts';

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

const KINDS = [
  { value: 'final', label: 'Final report' },
  { value: 'preliminary', label: 'Preliminary report, another reader confirms' },
  { value: 'cancelled', label: 'No reading: the examination cannot be read' },
] as const;
type Kind = (typeof KINDS)[number]['value'];

function SignForm(props: SignDialogProps) {
  const { keeper } = props;
  const [checks, setChecks] = useState<Checks>({ kind: 'running' });
  const [kind, setKind] = useState<Kind>('final');
  const [whyNoReading, setWhyNoReading] = useState('');
  const [reasons, setReasons] = useState<ReadonlyMap<string, string>>(new Map());
  const [pin, setPin] = useState('');
  const [firstReader, setFirstReader] = useState<string>();
  const [difference, setDifference] = useState<{ category: DiscrepancyCategory; comment: string }>(NO_DIFFERENCE);
  const [error, setError] = useState<RefusalWords>();
  const [isSigning, setIsSigning] = useState(false);
  const attests = useReport(({ opened }) => opened?.attests);
  const [asked, setAsked] = useState<string>();
  const attestation = kind === 'final' ? (asked ?? attestationFor(attests, keeper.store.getState().body)) : undefined;
  /** What stands before the reader once the checks are done: who signs sooner waits for them. */
  const checked = useRef<Promise<readonly Complaint[]>>(undefined);
  useEffect(() => {
    void keeper.flush();
    const body = writable(keeper.store.getState().body);
    checked.current = call('checkReport', { taskId: keeper.taskId, body }).then(
      ({ complaints: all }) => {
        const complaints = shown(all);
        setChecks({ kind: 'found', complaints });
        return complaints;
      },
      (failure: unknown) => {
        setChecks({ kind: 'failed', text: failureWords(failure) });
        return [];
      },
    );
  }, [keeper]);
  const signsIn = useSession(({ session }) => session?.signsWith === 'sign-in');
  const hasPin = useSession(({ session }) => session?.hasPin !== false) || signsIn;
  const found = checks.kind === 'found' ? checks.complaints : [];
  const isStopped = kind === 'cancelled' ? whyNoReading.trim() === '' : found.some((one) => isInTheWay(one, reasons));

  const sign = async () => {
    if (pin === '' && !signsIn) return setError({ isPin: true, text: 'Type your PIN.' });
    if (!hasPin && pin.length < SHORTEST_PIN) {
      return setError({ isPin: true, text: `At least ${SHORTEST_PIN} characters.` });
    }
    setIsSigning(true);
    setError(undefined);
    try {
      if (checks.kind === 'running' && kind !== 'cancelled') {
        const complaints = (await checked.current) ?? [];
        if (complaints.some((one) => isInTheWay(one, reasons))) return;
      }
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
        ...(kind === 'final' ? {} : { kind }),
        ...(kind === 'cancelled' ? { reason: whyNoReading } : {}),
        ...(reasons.size === 0 ? {} : { overrides: overridesOf(found, reasons) }),
        ...(attestation === undefined ? {} : { attestation }),
        ...(firstReader === undefined || kind !== 'final' ? {} : { discrepancy: difference }),
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
    if (answer.status === 'signed' || answer.status === 'signed-here') {
      offerUndo(keeper.taskId, answer);
      return props.onSigned(signedWords(answer));
    }
    if (answer.status === 'claim-lost') props.onClaimLost();
    if (answer.status === 'incomplete') setChecks({ kind: 'found', complaints: shown(answer.complaints) });
    if (answer.status === 'discrepancy-needed') setFirstReader(answer.firstReader);
    if (answer.status === 'attestation-needed') setAsked(answer.text);
    return setError(refusalWords(answer));
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!isSigning && !isStopped) void sign();
  };
  return (
    <form onSubmit={onSubmit} className={classes.sign}>
      <p className={classes.patientLine}>{props.patientLine}</p>
      {kind === 'cancelled' ? (
        <Textarea
          label="Why it cannot be read"
          value={whyNoReading}
          maxLength={2000}
          onChange={(event) => setWhyNoReading(event.currentTarget.value)}
        />
      ) : (
        <SignComplaints
          checks={checks}
          reasons={reasons}
          onReason={(key, reason) => setReasons(new Map(reasons).set(key, reason))}
        />
      )}
      <NativeSelect
        label="Sign as"
        value={kind}
        data={[...KINDS]}
        onChange={(event) => setKind(KINDS.find(({ value }) => value === event.currentTarget.value)?.value ?? 'final')}
      />
      {firstReader !== undefined && kind === 'final' && (
        <DifferenceFields firstReader={firstReader} difference={difference} onChange={setDifference} />
      )}
      {attestation !== undefined && (
        <figure aria-label="Attestation" className={classes.attestation}>
          <blockquote>{attestation}</blockquote>
          <figcaption className={classes.quiet}>Signed with your name and the time, as part of the report.</figcaption>
        </figure>
      )}
      {signsIn ? (
        <p className={classes.quiet}>{SIGN_IN_WORDS}</p>
      ) : (
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
      )}
      <div role="alert" className={classes.refusal}>
        {error !== undefined && !error.isPin && error.text}
      </div>
      <Group justify="flex-end" gap="xs">
        <Button onClick={closeDialog}>Go on editing</Button>
        <Button
          type="submit"
          variant="filled"
          loading={isSigning}
          disabled={isStopped}
          aria-disabled={checks.kind === 'running'}
        >
          Sign and return
        </Button>
      </Group>
    </form>
  );
}

/** What the reader puts their name to with this text. */
function attestationFor(attests: OpenCase['attests'], body: ReportBody): string | undefined {
  if (attests === undefined) return undefined;
  return saysTheSame(attests.before, body) ? attests.unchanged : attests.changed;
}

const NO_DIFFERENCE = { category: 'agreed', comment: '' } as const;
const CATEGORY_WORDS = {
  agreed: 'Worded otherwise, says the same',
  minor: 'Minor: unlikely to matter for the patient',
  major: 'Major: likely to matter for the patient',
} as const;

/** How much the final report differs from the preliminary one: the first reader is told. */
function DifferenceFields(props: {
  readonly firstReader: string;
  readonly difference: { readonly category: DiscrepancyCategory; readonly comment: string };
  readonly onChange: (difference: { category: DiscrepancyCategory; comment: string }) => void;
}) {
  const { difference } = props;
  return (
    <>
      <NativeSelect
        label="Difference from the preliminary report"
        description={`${showReaderName(props.firstReader)} is told.`}
        value={difference.category}
        data={Object.entries(CATEGORY_WORDS).map(([value, label]) => ({ value, label }))}
        onChange={(event) =>
          props.onChange({ ...difference, category: event.currentTarget.value as DiscrepancyCategory })
        }
      />
      <Textarea
        label="What to tell the first reader"
        value={difference.comment}
        maxLength={2000}
        onChange={(event) => props.onChange({ ...difference, comment: event.currentTarget.value })}
      />
    </>
  );
}

const isInTheWay = (complaint: Complaint, reasons: ReadonlyMap<string, string>): boolean =>
  complaint.severity === 'stop' &&
  (!isOverridable(complaint) || (reasons.get(complaintKey(complaint)) ?? '').trim().length < SHORTEST_REASON);

const overridesOf = (complaints: readonly Complaint[], reasons: ReadonlyMap<string, string>) =>
  complaints.flatMap((complaint) => {
    const reason = reasons.get(complaintKey(complaint));
    if (reason === undefined) return [];
    const { code, quote } = complaint;
    return [{ code, reason, ...(quote === undefined ? {} : { quote }) }];
  });

const FIRST_PIN =
  'Your first signature here: choose a PIN. It signs your reports, unlocks this workstation and protects what is stored on it.';

const NO_IMAGES =
  'Not signed: no images of this case are on screen, here or on the other display. Wait until they are; your text is kept.';

/** What stops stands first. */
const shown = (complaints: readonly Complaint[]): readonly Complaint[] => [
  ...complaints.filter(({ severity }) => severity === 'stop'),
  ...complaints.filter(({ severity }) => severity === 'warn'),
];
