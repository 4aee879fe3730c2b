import { call, failureWords, type Answer, type OpenCase } from '../bridge/index.ts';
import { raiseAlert, say, showPersonName } from '../ui/index.ts';
import { flushReport } from '../report/index.ts';
import { finishSentBack, useReading } from './reading.ts';

export type CaseIdentity = OpenCase['identity'];
type Conflict = CaseIdentity['conflicts'][number];

/** No image may be seen before it is known whose it is, nor while sources name different people. */
export const isCovered = (opened: OpenCase | undefined): boolean =>
  opened !== undefined && opened.identity.state !== 'agreed';

/** A case whose images must not even be loaded onto the screen. */
export const isDisputed = (opened: OpenCase | undefined): boolean => opened?.identity.state === 'conflict';

export const coverWords = ({ identity }: OpenCase): string =>
  identity.state === 'conflict'
    ? 'Images are covered: it is not certain whose they are.'
    : 'Images are covered until the site has said whose they are.';

const FACTS: Readonly<Record<Conflict['fact'], string>> = {
  name: 'Name',
  'birth-date': 'Birth date',
  sex: 'Sex',
  'patient-id': 'Patient id',
};
const SAYS: Readonly<Record<Conflict['one']['source'], string>> = {
  order: 'order says',
  images: 'images say',
  notes: 'notes say',
};
const SEXES: Readonly<Record<string, string>> = { M: 'male', F: 'female' };

function showValue(fact: Conflict['fact'], value: string): string {
  if (fact === 'name') return showPersonName(value);
  return fact === 'sex' ? (SEXES[value] ?? value) : value;
}

/** "Birth date: order says 1952-03-04, images say 1952-03-05" */
export const conflictWords = ({ fact, one, other }: Conflict): string =>
  `${FACTS[fact]}: ${SAYS[one.source]} ${showValue(fact, one.value)}, ${SAYS[other.source]} ${showValue(fact, other.value)}`;

const RETRY_MS = 3000;

/** Asks whose images they are until it is known; answers how to stop. */
export function followIdentity(taskId: string, take: (identity: CaseIdentity) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const ask = async () => {
    const answer = await call('caseIdentity', { taskId }).catch(() => undefined);
    if (isOver) return;
    if (answer?.status === 'checked') take(answer.identity);
    const isKnown = answer?.status === 'checked' && answer.identity.state !== 'unread';
    if (!isKnown) timer = setTimeout(() => void ask(), RETRY_MS);
  };
  void ask();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

/** Of the case on this screen, if it still is that one. */
export function takeIdentity(taskId: string, identity: CaseIdentity): void {
  const { opened } = useReading.getState();
  if (opened?.taskId === taskId) useReading.setState({ opened: { ...opened, identity } });
}

/** More has come of a study: it may be somebody else's. */
export async function checkIdentityAgain(taskId: string): Promise<void> {
  const answer = await call('caseIdentity', { taskId }).catch(() => undefined);
  if (answer?.status === 'checked') takeIdentity(taskId, answer.identity);
}

type Verdict = 'same-person' | 'sent-back';
type Decided = Answer<'decideIdentity'>;

/** Sends the decision; undefined when it stands, else why not. */
export async function decideIdentity(
  verdict: Verdict,
  reason: string,
  questionUuid: string,
): Promise<string | undefined> {
  const { opened } = useReading.getState();
  if (opened === undefined) return 'This case is no longer open.';
  if (verdict === 'sent-back' && opened.canReport && !(await flushReport()))
    return 'Your last changes are not saved yet. Try again.';
  const conflicts = opened.identity.conflicts.map(({ key }) => key);
  try {
    const { taskId } = opened;
    const answer = await call('decideIdentity', { taskId, verdict, conflicts, reason, questionUuid });
    return take(taskId, answer);
  } catch (failure) {
    return `Not decided. ${failureWords(failure)}`;
  }
}

function take(taskId: string, answer: Decided): string | undefined {
  switch (answer.status) {
    case 'decided':
      takeIdentity(taskId, answer.identity);
      say('Decided and recorded.');
      return undefined;
    case 'sent-back':
      finishSentBack();
      return undefined;
    case 'changed':
      takeIdentity(taskId, answer.identity);
      return 'What differs has changed meanwhile. Look again, then decide.';
    case 'reason-needed':
      return 'Say why, in a few words.';
    case 'not-held':
      raiseAlert('claim', 'Not decided: the claim on this case was lost.');
      return 'Not decided: the claim on this case was lost.';
    case 'hub-unreachable':
      return 'Not decided: the hub does not answer. Try again.';
  }
}
