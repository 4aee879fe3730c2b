import type { ClaimNext } from '#electron/workstation/ports.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';

import { createClaimNext } from './claim-next.ts';
import { clientOver } from './create-fhir-client.ts';
import { createFhirSender, type FhirSenderOptions } from './fhir-sender.ts';
import { createHubOffers } from './hub-offers.ts';
import { watchHub } from './watch-hub.ts';

/** A hub as a workstation needs it: the portable subset, and more where the server has it. */
export interface HubLink {
  readonly fhir: FhirClient;
  readonly claimNext: ClaimNext;
  /** Calls back when the hub may hold something new; the answer ends it. */
  watch(tell: () => void): () => void;
}

export function openHubLink(options: FhirSenderOptions): HubLink {
  const sender = createFhirSender(options);
  const offers = createHubOffers(sender);
  return {
    fhir: clientOver(sender),
    claimNext: createClaimNext(sender, offers),
    watch: (tell) => watchHub({ sender, offers, tell }),
  };
}
