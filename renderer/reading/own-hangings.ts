import type { CallRequest } from '#shared/contract/calls.ts';
import type { HangingProtocol } from '#shared/domain/hanging-protocol.ts';

import { call, failureWords } from '../bridge/index.ts';
import { raiseAlert, say } from '../ui/index.ts';

type Offer = (own: readonly HangingProtocol[], keep: (own: readonly HangingProtocol[]) => void) => void;

async function keepHangings(own: readonly HangingProtocol[]): Promise<void> {
  try {
    const { status } = await call('saveHangings', {
      own: structuredClone(own) as unknown as CallRequest<'saveHangings'>['own'],
    });
    if (status === 'saved') say('Hangings saved.');
    else raiseAlert('hangings', 'Your hangings could not be stored; they are kept in this window only.');
  } catch (failure) {
    raiseAlert('hangings', `Your hangings are kept in this window only. ${failureWords(failure)}`);
  }
}

/** Gives the viewer the reader's own hangings; without them it hangs by those that come with the program. */
export async function offerOwnHangings(offer: Offer): Promise<void> {
  const keep = (own: readonly HangingProtocol[]) => void keepHangings(own);
  offer([], keep);
  try {
    offer((await call('hangings', {})).own, keep);
  } catch {
    // They are asked for again when the program starts anew.
  }
}
