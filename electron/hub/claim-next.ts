import type { Parameters, Task } from 'fhir/r4';

import { isClaimRunning, LEASE_TTL_MS } from '#shared/domain/claim.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';
import { withAct } from '#shared/domain/reading-act.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import { SYSTEM } from '#shared/fhir/systems.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';

import type { Caller } from './caller.ts';
import { isObject, type JsonObject } from './json-shape.ts';
import { put, resourceIn, type HubContext } from './perform.ts';
import type { Candidate, FhirStore } from './ports.ts';
import { badRequest, Refusal } from './refusal.ts';

const MOST_CANDIDATES = 1000;
const LONGEST_LEASE_MS = 10 * LEASE_TTL_MS;

interface ClaimAsked {
  readonly readerId: string;
  readonly readerName: string;
  readonly leaseMs: number;
  /** In the reader's order. */
  readonly candidates: readonly Candidate[];
}

/**
 * `POST Task/$claim-next`: gives the first of the candidates that is still free to the reader, in one step. What a reader may read and in which order is
 * decided where it is decided for the list, by the workstation; the hub takes a candidate only at the version that was judged. The lease is counted by the
 * hub's clock. In: Parameters with `reader` (valueIdentifier), `reader-name` (valueString), `lease-seconds` (valueInteger) and `candidate` (valueReference,
 * `Task/ID/_history/VERSION`) as often as needed. Out: Parameters with `task`, or with nothing when none is free.
 */
export async function claimNext(
  body: JsonObject,
  store: FhirStore,
  caller: Caller,
  context: HubContext,
): Promise<Parameters> {
  const asked = claimIn(body);
  if (caller.readerId !== undefined && caller.readerId !== asked.readerId) {
    throw new Refusal(403, 'forbidden', 'A reader claims in their own name only.');
  }
  const claimed = await store.takeFirst('Task', asked.candidates, async (writer, current) => {
    const base = resourceIn(current) as Task;
    const reading = readingTaskFromFhir(base);
    const now = context.clock.now();
    if (!reading.ok) return undefined;
    const { state, claim } = reading.value;
    if (state !== 'ready' && (state !== 'claimed' || isClaimRunning(claim, now))) return undefined;
    const claimedBy = {
      radiologistId: asked.readerId as RadiologistId,
      radiologistName: asked.readerName,
      since: now,
      leaseUntil: (now + asked.leaseMs) as EpochMs,
    };
    const act = { kind: 'claimed', by: claimedBy.radiologistId, byName: claimedBy.radiologistName, at: now } as const;
    const acts = withAct(reading.value.acts, act);
    const next = readingTaskToFhir({ ...reading.value, state: 'claimed', claim: claimedBy, acts }, base);
    return put('Task', current.id, next as unknown as JsonObject, current.version, writer, context);
  });
  if (claimed === undefined) return { resourceType: 'Parameters' };
  return { resourceType: 'Parameters', parameter: [{ name: 'task', resource: resourceIn(claimed) }] };
}

function claimIn(body: JsonObject): ClaimAsked {
  const given = body['parameter'];
  if (body['resourceType'] !== 'Parameters' || !Array.isArray(given)) throw badRequest('$claim-next takes Parameters.');
  const parameters = given.filter(isObject);
  const one = (name: string) => parameters.find((parameter) => parameter['name'] === name) ?? {};
  const reader = one('reader')['valueIdentifier'];
  const readerId = isObject(reader) && reader['system'] === SYSTEM.reader ? reader['value'] : undefined;
  if (typeof readerId !== 'string' || readerId === '')
    throw badRequest(`reader is not an identifier of ${SYSTEM.reader}.`);
  const name = one('reader-name')['valueString'];
  const seconds = one('lease-seconds')['valueInteger'] ?? LEASE_TTL_MS / 1000;
  if (typeof seconds !== 'number' || !Number.isInteger(seconds) || seconds < 1) {
    throw badRequest('lease-seconds is not a whole number above 0.');
  }
  const candidates = parameters.filter((parameter) => parameter['name'] === 'candidate').map(candidateIn);
  if (candidates.length > MOST_CANDIDATES) throw badRequest(`No more than ${MOST_CANDIDATES} candidates.`);
  return {
    readerId,
    readerName: typeof name === 'string' && name !== '' ? name : readerId,
    leaseMs: Math.min(seconds * 1000, LONGEST_LEASE_MS),
    candidates,
  };
}

const TASK_VERSION = /^Task\/([A-Za-z0-9.-]{1,64})\/_history\/(\d{1,9})$/;

function candidateIn(parameter: JsonObject): Candidate {
  const { valueReference: reference } = parameter;
  const text = isObject(reference) ? reference['reference'] : undefined;
  const [, id, version] = (typeof text === 'string' ? TASK_VERSION.exec(text) : undefined) ?? [];
  if (id === undefined || version === undefined) throw badRequest('A candidate is not Task/ID/_history/VERSION.');
  return { id, version: Number(version) };
}
