import { calls, type CallName, type CallRequest } from '#shared/contract/calls.ts';
import type { CallError } from '#shared/contract/contract.ts';

import type { Answer } from './exact.ts';

/** `door-unreachable`: no answer at all. `unexpected-answer`: an answer that is not in the contract. */
export type CallFailureCode = CallError['code'] | 'door-unreachable' | 'unexpected-answer';

/** A call that could not be carried out; expected outcomes are in the response instead. `message` holds no patient data. */
export class CallFailed extends Error {
  readonly code: CallFailureCode;
  constructor(code: CallFailureCode, message: string) {
    super(message);
    this.name = 'CallFailed';
    this.code = code;
  }
}

interface CallOptions {
  readonly signal?: AbortSignal;
  /** Let the request outlive the page: the last save when a window closes. */
  readonly keepalive?: boolean;
}

export type Call = <Name extends CallName>(
  name: Name,
  request: CallRequest<Name>,
  options?: CallOptions,
) => Promise<Answer<Name>>;

const FAILURE_CODES: ReadonlySet<string> = new Set<CallError['code']>([
  'invalid-request',
  'not-signed-in',
  'locked',
  'not-found',
  'hub-unreachable',
  'internal',
]);

function isCallError(raw: unknown): raw is CallError {
  if (typeof raw !== 'object' || raw === null || !('code' in raw) || !('message' in raw)) return false;
  return typeof raw.code === 'string' && FAILURE_CODES.has(raw.code) && typeof raw.message === 'string';
}

/** Speaks to the door by relative URL; request and response are parsed by the contract, so nothing unparsed crosses. */
export function createCall({ fetch }: { readonly fetch: typeof globalThis.fetch }): Call {
  return async (name, request, options = {}) => {
    const contract = calls[name];
    const body = JSON.stringify(contract.request.parse(request));
    let status: number;
    let raw: unknown;
    try {
      const response = await fetch(`/api/${contract.method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        ...options,
      });
      status = response.status;
      raw = await response.json();
    } catch (cause) {
      if (options.signal?.aborted === true) throw cause;
      throw new CallFailed('door-unreachable', 'The workstation does not answer.');
    }
    if (status >= 400) {
      if (isCallError(raw)) throw new CallFailed(raw.code, raw.message);
      throw new CallFailed('unexpected-answer', `The workstation answered ${status}.`);
    }
    const parsed = contract.response.safeParse(raw);
    if (!parsed.success)
      throw new CallFailed('unexpected-answer', 'The workstation sent an answer this window cannot read.');
    // The schema that parsed it belongs to `name`; the compiler cannot follow the lookup through a generic key.
    return parsed.data as Answer<typeof name>;
  };
}

/** What to tell a person about a failed call: what happened, never internals. */
export function failureWords(failure: unknown): string {
  return failure instanceof CallFailed ? failure.message : 'Something unexpected went wrong in this window.';
}
