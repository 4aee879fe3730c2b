import { calls, type CallName, type CallRequest, type CallResponse } from '#shared/contract/calls.ts';

export interface DoorCall {
  <Name extends CallName>(name: Name, request: CallRequest<Name>): Promise<CallResponse<Name>>;
  /** What a page of this door sends with every request. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Enters a running workstation by its ticket as a browser would, and returns how its page calls. */
export async function enterDoor(ticketUrl: string): Promise<DoorCall> {
  const { origin } = new URL(ticketUrl);
  const entered = await fetch(ticketUrl, { redirect: 'manual' });
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0];
  if (entered.status !== 303 || cookie === undefined) throw new Error(`the ticket was refused: ${entered.status}`);
  const headers = { origin, cookie };
  const call = async <Name extends CallName>(name: Name, request: CallRequest<Name>): Promise<CallResponse<Name>> => {
    const { method, response } = calls[name];
    const answer = await fetch(`${origin}/api/${method}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    const body: unknown = await answer.json();
    if (!answer.ok) throw new Error(`${method}: ${answer.status} ${JSON.stringify(body)}`);
    return response.parse(body) as CallResponse<Name>;
  };
  return Object.assign(call, { headers });
}
