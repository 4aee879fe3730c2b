import { countOf } from '#shared/kernel/count-of.ts';

import type { Answer } from '../bridge/index.ts';
import { showReaderName } from '../ui/index.ts';

type AnySigning = Answer<'signReport'> | Answer<'amendReport'>;
type Refusal = Exclude<AnySigning, { status: 'signed' | 'signed-here' }>;

export interface RefusalWords {
  /** It stands at the PIN field. */
  readonly isPin: boolean;
  readonly text: string;
}

const pin = (text: string): RefusalWords => ({ isPin: true, text });
const words = (text: string): RefusalWords => ({ isPin: false, text });

/** Why nothing was signed, what is kept and what to do. */
export function refusalWords(answer: Refusal): RefusalWords {
  switch (answer.status) {
    case 'no-pin':
      return pin('There is no PIN yet: choose one.');
    case 'wrong-pin':
      return pin('That is not your PIN. Nothing was signed.');
    case 'wait':
      return pin(`Too many wrong PINs. Try again in ${answer.seconds} s.`);
    case 'not-confirmed':
      return words(
        answer.code === 'another-person'
          ? 'Not signed: somebody else signed in. Your text is kept.'
          : answer.code === 'declined'
            ? 'Not signed: the sign-in was not finished. Your text is kept.'
            : 'Not signed: the sign-in service does not answer. Your text is kept.',
      );
    case 'context-mismatch':
      return words(
        'Not signed: viewer, notes and report do not show the same case. Return to the list and open the case again; your text is kept.',
      );
    case 'identity-undecided':
      return words(
        'Not signed: order, images and notes do not name the same patient, and nobody has decided. Your text is kept.',
      );
    case 'claim-lost':
      return words('Not signed: the claim on this case was lost, another reader may have it. Your text is kept.');
    case 'already-signed':
      return words('Not signed again: this case already has a signed report.');
    case 'superseded':
      return words(
        'Not signed: another version of this report was signed meanwhile. Nothing was overwritten. Open the case again to see it; your text is kept here.',
      );
    case 'images-changed':
      return words(
        `Not signed: the site had ${countOf(answer.before, 'image')} when you opened the case and has ${answer.now} now. Look at them, then sign again; your text is kept.`,
      );
    case 'incomplete':
      return words('Not signed: see what is marked above.');
    case 'not-kept':
      return words(
        'Not signed: the hub does not answer and this disk takes nothing. Your text is in this window; free some space and sign again.',
      );
    case 'not-privileged':
      return words(`Not signed: ${answer.reason}. Your text is kept.`);
    case 'discrepancy-needed':
      return words(
        `Not signed yet: this differs from the preliminary report of ${showReaderName(answer.firstReader)}. Say how much.`,
      );
    case 'attestation-needed':
      return words('Not signed yet: another reader wrote this first. Read the attestation above, then sign again.');
    case 'nothing-changed':
      return words('Nothing was changed, so there is nothing to sign.');
    case 'hub-unreachable':
      return words('Not signed: the hub does not answer, and a later version needs the one before it. Try again.');
  }
}

/** What was done, in one line of the message bar. */
export function signedWords(answer: Extract<AnySigning, { status: 'signed' | 'signed-here' }>): string {
  if (answer.status === 'signed-here')
    return 'Signed on this workstation, waiting for the hub. It goes out when the hub answers.';
  const { deliveries } = answer;
  if (deliveries.length === 0) return 'Signed. The site has no return channel: nothing is delivered.';
  return `Signed. ${countOf(deliveries.length, 'delivery', 'deliveries')} under way.`;
}

/** Where the group has an identity provider. */
export const SIGN_IN_WORDS =
  'Your browser opens the sign-in page of your group. Sign in there as yourself; the report is signed when you come back.';
