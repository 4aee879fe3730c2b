import type { Campaign } from '#electron/hosts/cli/campaign.ts';

import { openFuzzedHub, type FuzzedHub } from './fuzzed-hub.ts';
import { jsonBytes, mutateJson } from './mutate.ts';
import { seededRandom } from './seeded-random.ts';

/** Every so many messages a sound order. */
const SOUND_EVERY = 10;
const ANSWER_MS = 60_000;

/**
 * Broken HL7 messages over MLLP and broken FHIR transactions, in turn, to the real hub with its gateway. Lost: a message without an acknowledgement, one
 * refused (AR) that no person can find, a sound order between them that did not become a reading, a FHIR request that was not answered with a reason, or the
 * program's end. Doubled: a refused message kept twice, a sound order with two readings.
 */
export const run: Campaign = async ({ seed, count, say }) => {
  const random = seededRandom(seed);
  const hub = await openFuzzedHub({ seed, say }, random);
  const { fhir } = hub.seeds;
  try {
    for (let attempt = 1; attempt <= count; attempt += 1) {
      const name = `try ${attempt}`;
      if (attempt % SOUND_EVERY === 0) await hub.sendSound(name, `FZ${seed}-${attempt}`);
      else if (attempt % 2 === 0) {
        const from = fhir[Math.floor(random() * fhir.length)];
        await sendFhir(hub, jsonBytes(mutateJson(asTransaction(from), random), random), name);
      } else await hub.sendBroken(name);
      hub.expectAlive(name);
    }
    return await hub.close(count);
  } finally {
    await hub.clear();
  }
};

async function sendFhir(hub: FuzzedHub, body: Uint8Array<ArrayBuffer>, name: string): Promise<void> {
  try {
    const signal = AbortSignal.timeout(ANSWER_MS);
    const headers = { 'content-type': 'application/fhir+json' };
    const answer = await fetch(hub.url, { method: 'POST', headers, body, signal });
    hub.note(`fhir.${Math.floor(answer.status / 100)}xx`);
    const { resourceType } = (await answer.json()) as { readonly resourceType?: string };
    if (answer.status >= 500 || (resourceType !== 'OperationOutcome' && resourceType !== 'Bundle'))
      hub.lost(`${name}: answered ${answer.status} ${resourceType ?? ''}`);
  } catch (error) {
    hub.lost(`${name}: ${String(error)}`);
  }
}

/** A resource alone is created by a transaction; a transaction is one already. */
const asTransaction = (seed: unknown): unknown => {
  const resource = seed as { readonly resourceType?: string; readonly type?: string };
  if (resource.resourceType === 'Bundle' && resource.type === 'transaction') return seed;
  const entry = { resource, request: { method: 'POST', url: resource.resourceType ?? '' } };
  return { resourceType: 'Bundle', type: 'transaction', entry: [entry] };
};
