import { setTimeout as wait } from 'node:timers/promises';

import type { Bundle } from 'fhir/r4';

import { expectType, type FhirSender } from './fhir-sender.ts';
import type { HubOffers } from './hub-offers.ts';

/** Everyone sees who has what within two seconds: a look, its answer, and some air. */
const POLL_MS = 1200;
const AGAIN_MS = 1000;
/** A feed says at least a word every ten seconds. */
const SILENCE_MS = 25_000;
/** A server whose search index comes after its writes shows them late, under the time they were written. */
const OVERLAP_MS = 10_000;

export interface WatchPorts {
  readonly sender: FhirSender;
  readonly offers: () => Promise<HubOffers>;
  readonly tell: () => void;
  readonly pollMs?: number;
}

/** Tells whenever the server may hold something new, until the answer is called. By its change feed if it has one, else by asking for what is new. */
export function watchHub({ sender, offers, tell, pollMs = POLL_MS }: WatchPorts): () => void {
  const stopping = new AbortController();
  const { signal } = stopping;
  const rest = (ms: number) => wait(ms, undefined, { signal }).catch(() => undefined);
  const asker = createAsker(sender);
  void (async () => {
    while (!signal.aborted) {
      try {
        if ((await offers()).changes) await follow(sender, tell, signal);
        else if (await asker.isNew()) tell();
        await rest(pollMs);
      } catch {
        await rest(AGAIN_MS);
      }
    }
  })();
  return () => {
    stopping.abort();
  };
}

/** Until the feed ends. It begins with a word, so that nothing is missed between two of them. */
async function follow({ base, open }: FhirSender, tell: () => void, signal: AbortSignal): Promise<void> {
  const silent = new AbortController();
  let patience = setTimeout(() => silent.abort(), SILENCE_MS);
  try {
    const response = await open(`${base}/$changes`, 'text/event-stream', AbortSignal.any([signal, silent.signal]));
    if (!response.ok || response.body === null) throw new Error('no change feed');
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      clearTimeout(patience);
      patience = setTimeout(() => silent.abort(), SILENCE_MS);
      if (decoder.decode(chunk, { stream: true }).includes('data:')) tell();
    }
  } finally {
    clearTimeout(patience);
    silent.abort();
  }
}

/** By the server's own times, never by ours. */
function createAsker({ base, send }: FhirSender) {
  let newest: number | undefined;
  let seen = '';
  return {
    async isNew(): Promise<boolean> {
      const params = new URLSearchParams(
        newest === undefined
          ? { _sort: '-_lastUpdated', _count: '1' }
          : { _lastUpdated: `ge${new Date(newest - OVERLAP_MS).toISOString()}`, _sort: '-_lastUpdated', _count: '100' },
      );
      const answer = await send('GET', `${base}/Task?${params.toString()}`);
      const metas = (expectType<Bundle>(answer.resource, 'Bundle').entry ?? []).map(({ resource }) => ({
        key: `${resource?.id ?? ''}/${resource?.meta?.versionId ?? ''}`,
        at: Date.parse(resource?.meta?.lastUpdated ?? ''),
      }));
      const signature = metas.map(({ key }) => key).join();
      const isNew = signature !== seen;
      seen = signature;
      for (const { at } of metas) if (!Number.isNaN(at) && at > (newest ?? -Infinity)) newest = at;
      return isNew;
    },
  };
}
