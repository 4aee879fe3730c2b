import type { Parameters, Task } from 'fhir/r4';

import type { ClaimNext } from '#electron/workstation/ports.ts';
import { SYSTEM } from '#shared/fhir/systems.ts';

import { expectType, type FhirSender } from './fhir-sender.ts';
import type { HubOffers } from './hub-offers.ts';

/** `POST Task/$claim-next` where the server's CapabilityStatement names it (see `electron/hub/claim-next.ts` for its parameters). */
export const createClaimNext =
  ({ base, send }: FhirSender, offers: () => Promise<HubOffers>): ClaimNext =>
  async ({ candidates, claim }) => {
    if (!(await offers()).claimNext) return { status: 'not-offered' };
    const asked: Parameters = {
      resourceType: 'Parameters',
      parameter: [
        { name: 'reader', valueIdentifier: { system: SYSTEM.reader, value: claim.radiologistId } },
        { name: 'reader-name', valueString: claim.radiologistName },
        { name: 'lease-seconds', valueInteger: Math.max(1, Math.round((claim.leaseUntil - claim.since) / 1000)) },
        ...candidates.map(({ taskId, version }) => ({
          name: 'candidate',
          valueReference: { reference: `Task/${taskId}/_history/${version}` },
        })),
      ],
    };
    const answer = expectType<Parameters>(
      (await send('POST', `${base}/Task/$claim-next`, asked)).resource,
      'Parameters',
    );
    const task = answer.parameter?.find(({ name }) => name === 'task')?.resource;
    return task?.resourceType === 'Task' ? { status: 'claimed', task: task as Task } : { status: 'none-free' };
  };
