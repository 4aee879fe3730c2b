import type { DeliveryView } from '../bridge/index.ts';

/** What happened to a delivery and what a person can do about it, in the field's words. */
export interface Explanation {
  readonly happened: string;
  readonly todo: string;
}

export const CHANNEL_WORDS = {
  hl7: 'HL7',
  fhir: 'FHIR',
  stow: 'DICOM',
  folder: 'Folder',
  mail: 'E-mail notice',
  inbox: 'Inbox page',
} as const;

const WAIT =
  'Nothing: it goes out again by itself, under the same identifiers. When it is urgent, send it another way.';
const FIX_LINE =
  'Ask the site whether its system runs. It goes out again by itself; when it is urgent, send it another way.';
const FIX_SETUP = 'Ask whoever looks after the configuration. Send it another way meanwhile.';
const ASK_SITE =
  'Ask the site why it refuses: unknown patient or accession number are the usual reasons. Resend when they have put it right, or send it another way.';

/** By the code of the last outcome; what ends in `-` is the beginning of one. */
const EXPLANATIONS: readonly (readonly [code: string, happened: string, todo: string])[] = [
  ['unanswered', 'Sent, and not answered yet.', WAIT],
  ['hl7-refused', 'Nobody listens at the site’s HL7 address.', FIX_LINE],
  ['hl7-unreachable', 'The site’s HL7 address cannot be reached.', FIX_LINE],
  ['hl7-timeout', 'The site took the connection and did not acknowledge.', WAIT],
  ['hl7-closed', 'The site closed the connection without acknowledging.', WAIT],
  ['hl7-bad-answer', 'The site answered something that is no acknowledgement.', FIX_LINE],
  ['hl7-not-trusted', 'The certificates do not fit: the site’s, or ours at the site.', FIX_SETUP],
  ['hl7-answer-to-another-message', 'The site acknowledged another message than this one.', WAIT],
  ['hl7-AE-20', 'The site had an error of its own just then.', WAIT],
  ['hl7-AR-20', 'The site had an error of its own just then.', WAIT],
  ['hl7-', 'The site refused the report; its answer is below.', ASK_SITE],
  ['fhir-unreachable', 'The site’s FHIR server cannot be reached or is too busy.', FIX_LINE],
  ['fhir-no-answer', 'The site’s FHIR server did not answer, and does not say whether it has the report.', WAIT],
  ['fhir-conflict', 'The site’s FHIR server says that something else changed in between.', WAIT],
  ['fhir-forbidden', 'The site’s FHIR server does not let us in.', FIX_SETUP],
  ['fhir-', 'The site’s FHIR server refused the report.', ASK_SITE],
  [
    'study-not-found',
    'The site’s archive no longer has the study.',
    'Ask the site where the images are, or send it another way.',
  ],
  ['site-has-no-archive', 'No archive is configured for this site.', FIX_SETUP],
  ['report-has-no-study', 'The report names no study to be stored beside.', 'Send it another way.'],
  ['archive-', 'The site’s archive cannot be reached.', FIX_LINE],
  ['stow-', 'The site’s archive refused the report’s objects.', ASK_SITE],
  ['http-', 'The site’s archive answered with an error.', FIX_LINE],
  ['folder-ENOSPC', 'The disk of the return folder is full.', 'Make room there; it goes out again by itself.'],
  ['folder-EACCES', 'The return folder may not be written.', FIX_SETUP],
  ['folder-', 'The return folder cannot be written.', FIX_SETUP],
  ['mail-some-addresses-refused', 'The mail server refused some of the addresses.', FIX_SETUP],
  ['mail-4', 'The mail server is too busy.', WAIT],
  ['mail-5', 'The mail server refused the notice.', FIX_SETUP],
  ['mail-', 'The mail server cannot be reached.', FIX_LINE],
  ['site-not-configured', 'This site is no longer in the configuration.', FIX_SETUP],
  ['channel-not-configured', 'This channel is no longer in the site’s configuration.', FIX_SETUP],
  ['report-not-found', 'The hub no longer has the report.', 'Ask whoever looks after the hub.'],
  [
    'report-damaged',
    'The report on the hub is not what was signed.',
    'Ask whoever looks after the hub; do not resend before.',
  ],
  ['report-', 'The report on the hub cannot be read.', 'Ask whoever looks after the hub.'],
  [
    'internal-fault',
    'Something failed on our side.',
    'It goes out again by itself; tell whoever looks after this program.',
  ],
];

/** An unknown problem is shown as it came. */
export function explain({ problem, state }: Pick<DeliveryView, 'problem' | 'state'>): Explanation | undefined {
  if (problem === undefined) return undefined;
  const known = EXPLANATIONS.find(([code]) =>
    code.endsWith('-') || /\d$/.test(code) ? problem.startsWith(code) : problem === code,
  );
  if (known !== undefined) return { happened: known[1], todo: known[2] };
  return { happened: problem, todo: state === 'with-a-person' ? ASK_SITE : WAIT };
}

/** The problem in a row: one clause. */
export const problemWords = (delivery: Pick<DeliveryView, 'problem' | 'state'>): string | undefined =>
  explain(delivery)?.happened.replace(/\.$/, '');

const LEG_WORDS = {
  held: 'Held back',
  queued: 'In line',
  sending: 'Being sent',
  sent: 'Sent',
  stopped: 'Not sent',
} as const;
const ANSWER_WORDS = {
  none: 'No answer yet',
  awaited: 'Answer awaited',
  unknown: 'No usable answer',
  accepted: 'Acknowledged',
  refused: 'Refused',
} as const;

/** Both legs, ours and the site's. */
export const legWords = ({ legs }: Pick<DeliveryView, 'legs'>): readonly [string, string] =>
  legs === undefined
    ? [LEG_WORDS.queued, ANSWER_WORDS.none]
    : [LEG_WORDS[legs.processing], ANSWER_WORDS[legs.acknowledgement]];

const TRY_WORDS = {
  accepted: 'acknowledged',
  'not-taken': 'not taken',
  unknown: 'sent, answer unknown',
  refused: 'refused',
} as const;

export const tryWords = ({ outcome, code }: NonNullable<DeliveryView['tries']>[number]): string =>
  code === undefined
    ? TRY_WORDS[outcome]
    : `${TRY_WORDS[outcome]}: ${problemWords({ problem: code, state: 'waiting' })}`;
