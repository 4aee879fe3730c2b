import type { CallError } from '#shared/contract/contract.ts';

/** A call that cannot be answered at all; the door turns it into a CallError. `message` holds no patient data. */
export class CallFailure extends Error {
  readonly code: CallError['code'];
  constructor(code: CallError['code'], message: string) {
    super(message);
    this.name = 'CallFailure';
    this.code = code;
  }
}

export const hubUnreachable = () => new CallFailure('hub-unreachable', 'The hub does not answer.');
