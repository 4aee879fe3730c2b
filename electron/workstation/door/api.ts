import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';

import { CallFailure } from '#electron/workstation/call-failure.ts';
import { calls, type CallName } from '#shared/contract/calls.ts';
import type { CallError, Contract } from '#shared/contract/contract.ts';
import type { Log } from '#shared/kernel/log.ts';

/** One use case for every call of the contract; a call without one does not compile. */
export type CallHandlers = {
  readonly [Name in CallName]: (
    request: z.output<(typeof calls)[Name]['request']>,
  ) => Promise<z.input<(typeof calls)[Name]['response']>>;
};

type Serve = (raw: unknown) => Promise<unknown>;

/** Longer bodies are no call of ours: every text of a report has its own, far smaller limit. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

const STATUS: Readonly<Record<CallError['code'], ContentfulStatusCode>> = {
  'invalid-request': 400,
  'not-signed-in': 401,
  'not-found': 404,
  locked: 423,
  'site-unreachable': 502,
  'hub-unreachable': 503,
  internal: 500,
};

export const answerOf = (error: CallError): Response =>
  Response.json(error, { status: STATUS[error.code], headers: { 'Cache-Control': 'no-store' } });

/** A failure as data; what we did not expect says nothing of itself to the caller. */
export function failureAnswer(error: unknown, log: Log): Response {
  if (error instanceof CallFailure) return answerOf({ code: error.code, message: error.message });
  log.error('call.failed', { code: error instanceof Error ? error.name : 'unknown' });
  return answerOf({ code: 'internal', message: 'Something went wrong inside Overread.' });
}

/** Nothing unparsed crosses, in either direction (STYLE 3). */
function serve(contract: Contract, run: (request: never) => Promise<unknown>): Serve {
  return async (raw) => {
    const request = contract.request.safeParse(raw);
    if (!request.success) {
      const path = request.error.issues[0]?.path.join('.') ?? '';
      throw new CallFailure('invalid-request', `Not a request of ${contract.method}${path === '' ? '' : `: ${path}`}.`);
    }
    return contract.response.parse(await run(request.data as never));
  };
}

/** Calls that are no sign of the reader: the screen makes them by itself. */
const UNATTENDED: ReadonlySet<string> = new Set([
  calls.session.method,
  calls.worklist.method,
  calls.shiftBoard.method,
  calls.deliveries.method,
  calls.renewClaim.method,
  calls.openCaseNow.method,
  calls.nextCase.method,
  calls.importedFolders.method,
  calls.criticalResults.method,
  calls.support.method,
  calls.speechModel.method,
  calls.biasSpeech.method,
]);

export function createApi({
  handlers,
  isLocked,
  touch,
  log,
}: {
  readonly handlers: CallHandlers;
  readonly isLocked: () => boolean;
  readonly touch: () => void;
  readonly log: Log;
}): Hono {
  const byMethod = new Map<string, Serve>(
    (Object.keys(calls) as CallName[]).map((name) => [calls[name].method, serve(calls[name], handlers[name])]),
  );
  const limit = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: () => answerOf({ code: 'invalid-request', message: 'The request is too long.' }),
  });

  const api = new Hono();
  api.post('/:method', limit, async (context) => {
    const method = context.req.param('method');
    const call = byMethod.get(method);
    if (call === undefined) return answerOf({ code: 'not-found', message: 'There is no such call.' });
    if (isLocked() && !method.startsWith('session.'))
      return answerOf({ code: 'locked', message: 'The session is locked.' });
    if (!UNATTENDED.has(method)) touch();
    try {
      const text = await context.req.text();
      return Response.json(await call(text === '' ? {} : parseJson(text)), {
        headers: { 'Cache-Control': 'no-store' },
      });
    } catch (error) {
      return failureAnswer(error, log);
    }
  });
  return api;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CallFailure('invalid-request', 'The request is not JSON.');
  }
}
