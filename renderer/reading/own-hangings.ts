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

let isHere = false;

/**
 * Gives the viewer the reader's own hangings, once; asked again with every case until they have come. Before that none can
 * be saved: those that are stored would be lost.
 */
export async function offerOwnHangings(offer: Offer): Promise<void> {
  if (isHere) return;
  try {
    const { own } = await call('hangings', {});
    isHere = true;
    offer(own, (changed) => void keepHangings(changed));
  } catch {
    // Cases hang by what comes with the program meanwhile.
  }
}
