import { call, failureWords, type OpenCase } from '../bridge/index.ts';
import { clearAlert, raiseAlert, say, showReaderName } from '../ui/index.ts';

export type RecordElsewhere = OpenCase['elsewhere'][number];
type Verdict = 'same' | 'different' | 'taken-back';

/** What stands above the evidence. */
export function recordWords({ siteName, strength, isUsed, decision }: RecordElsewhere): string {
  if (decision?.verdict === 'different')
    return `Not the same patient as at ${siteName}, by ${showReaderName(decision.byName)}`;
  if (strength === 'never') return `Not used any more: the record at ${siteName} differs`;
  if (decision !== undefined) return `Same patient at ${siteName}, by ${showReaderName(decision.byName)}`;
  return isUsed ? `Same patient at ${siteName}` : `Possibly the same patient at ${siteName}`;
}

/** What can be decided about a record as it stands. */
export const choicesOf = ({ isUsed, decision }: RecordElsewhere): readonly Verdict[] =>
  decision !== undefined ? ['taken-back'] : isUsed ? ['different'] : ['same', 'different'];

export const CHOICE_WORDS: Readonly<Record<Verdict, string>> = {
  same: 'Same patient',
  different: 'Not the same',
  'taken-back': 'Take back',
};

const DONE: Readonly<Record<Verdict, string>> = {
  same: 'Recorded: the same patient. Its priors are asked for.',
  different: 'Recorded: not the same patient.',
  'taken-back': 'Taken back and recorded.',
};

const REFUSED = {
  changed: 'What speaks for it has changed meanwhile. Look again, then decide.',
  'not-open': 'This case is no longer open.',
  'not-found': 'That record is no longer there.',
  'hub-unreachable': 'Not recorded: the hub does not answer. Try again.',
} as const;

/** What becomes of it comes with the next look at the case. */
export async function decideElsewhere(
  taskId: string,
  { patientId, evidence }: RecordElsewhere,
  verdict: Verdict,
): Promise<void> {
  clearAlert('elsewhere');
  try {
    const { status } = await call('decideElsewhere', { taskId, patientId, verdict, evidence });
    if (status === 'decided') say(DONE[verdict]);
    else raiseAlert('elsewhere', REFUSED[status]);
  } catch (failure) {
    raiseAlert('elsewhere', `Not recorded. ${failureWords(failure)}`);
  }
}
