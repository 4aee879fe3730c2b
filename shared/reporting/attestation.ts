import type { EpochMs } from '../kernel/clock.ts';
import { saysTheSame } from './compare-reports.ts';
import { signatureName } from './printed-name.ts';
import type { ReportBody } from './report.ts';
import type { Attestation, Signer } from './signed-report.ts';

/** What a reader puts their name to who makes the text of another final; `{first}` stands for who wrote it first. */
export interface AttestationWords {
  /** The text says what the first reader wrote. */
  readonly unchanged: string;
  readonly changed: string;
}

/** Where the group has no words of its own. */
export const USUAL_ATTESTATION: AttestationWords = {
  unchanged:
    'I have looked at the images of this examination myself and agree with this report, first written by {first}.',
  changed:
    'I have looked at the images of this examination myself. {first} wrote this report first; I have changed it, and agree with it as it stands here.',
};

/** What another wrote for a reading, to be made final by a reader who may. */
export interface FirstHand {
  readonly reader: Signer;
  readonly state: Attestation['firstState'];
  readonly body: ReportBody;
}

/** The sentence for this text: the reader is shown it and signs it. */
export const attestationText = (words: AttestationWords, first: FirstHand, body: ReportBody): string =>
  (saysTheSame(first.body, body) ? words.unchanged : words.changed).replaceAll(
    '{first}',
    signatureName(first.reader.name),
  );

export const attestationOf = (
  text: string,
  { reader, state }: FirstHand,
  signedBy: Signer,
  signedAt: EpochMs,
): Attestation => ({ text, signedBy, signedAt, firstReader: reader, firstState: state });
