import type { CapabilityStatement } from 'fhir/r4';

import { expectType, type FhirSender } from './fhir-sender.ts';

/** What a server says it has beyond the portable subset. */
export interface HubOffers {
  readonly claimNext: boolean;
  readonly changes: boolean;
}

/** Asked once it answers, and remembered: a server does not change while we run. Throws FhirError while it is away. */
export function createHubOffers({ base, send }: FhirSender): () => Promise<HubOffers> {
  let known: HubOffers | undefined;
  return async () => {
    if (known !== undefined) return known;
    const { rest = [] } = expectType<CapabilityStatement>(
      (await send('GET', `${base}/metadata`)).resource,
      'CapabilityStatement',
    );
    const task = rest.flatMap(({ resource = [] }) => resource).find(({ type }) => type === 'Task');
    known = {
      claimNext: task?.operation?.some(({ name }) => name === 'claim-next') === true,
      changes: rest.some(({ operation = [] }) => operation.some(({ name }) => name === 'changes')),
    };
    return known;
  };
}
