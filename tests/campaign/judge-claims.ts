import type { Bundle, Task } from 'fhir/r4';

import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';

/** A claim as its reader was told of it. */
export interface Grant {
  readonly reader: string;
  readonly taskId: string;
  readonly version: number;
}

export interface ClaimsJudged {
  readonly completed: number;
  /** Readings that two held at one time, that were completed twice, or of which a reader was told what the hub did not do. */
  readonly doubled: number;
  /** Claims of killed readers that were never completed by them … */
  readonly heldByKilled: number;
  /** … and were taken over, each after its lease. */
  readonly takenOver: number;
}

/** Holds what the readers were told against every version the hub kept. */
export async function judgeClaims(
  hubUrl: string,
  grants: readonly Grant[],
  killed: ReadonlySet<string>,
): Promise<ClaimsJudged> {
  const told = new Map<string, Grant[]>();
  for (const grant of grants) told.set(grant.taskId, [...(told.get(grant.taskId) ?? []), grant]);
  const fhir = createFhirClient({ baseUrl: hubUrl, fetch: (request) => fetch(request), timeoutMs: 60_000 });
  const tasks = await fhir.search<Task>('Task', {}, 1_000_000);
  let [completed, doubled, heldByKilled, takenOver] = [0, 0, 0, 0];
  for (const { id = '' } of tasks) {
    const answer = await fetch(`${hubUrl}/Task/${id}/_history`);
    const versions = ((await answer.json()) as Bundle<Task>).entry?.map(({ resource }) => resource).toReversed() ?? [];
    const judged = judgeHistory(
      versions.filter((version) => version !== undefined),
      told.get(id) ?? [],
      killed,
    );
    completed += judged.completed > 0 ? 1 : 0;
    doubled += judged.isDoubled ? 1 : 0;
    heldByKilled += judged.heldByKilled;
    takenOver += judged.takenOver;
  }
  return { completed, doubled, heldByKilled, takenOver };
}

/** `versions`: oldest first. */
export function judgeHistory(versions: readonly Task[], told: readonly Grant[], killed: ReadonlySet<string>) {
  let holder: { readonly reader: string; readonly leaseUntil: number } | undefined;
  let [completed, heldByKilled, takenOver] = [0, 0, 0];
  let isDoubled = new Set(told.map(({ version }) => version)).size !== told.length;
  const granted = new Map<number, string>();
  for (const version of versions) {
    const task = readingTaskFromFhir(version);
    if (!task.ok) throw new Error('a version that is no reading');
    const { state, claim } = task.value;
    const at = Date.parse(version.meta?.lastUpdated ?? '');
    const reader = version.owner?.identifier?.value;
    if (state === 'claimed' && claim !== undefined && reader !== undefined) {
      if (holder !== undefined) {
        if (holder.reader !== reader && at < holder.leaseUntil) isDoubled = true;
        if (killed.has(holder.reader)) {
          heldByKilled += 1;
          takenOver += 1;
        }
      }
      holder = { reader, leaseUntil: claim.leaseUntil };
      granted.set(Number(version.meta?.versionId), reader);
    }
    if (state === 'completed') {
      completed += 1;
      if (holder === undefined || holder.reader !== reader) isDoubled = true;
      holder = undefined;
    }
  }
  if (holder !== undefined && killed.has(holder.reader)) heldByKilled += 1;
  if (completed > 1 || told.some(({ reader, version }) => granted.get(version) !== reader)) isDoubled = true;
  return { completed, isDoubled, heldByKilled, takenOver };
}
