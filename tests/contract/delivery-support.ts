import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Bundle, DiagnosticReport, Task } from 'fhir/r4';

import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { createSealer } from '#electron/adapters/secrets/sealer.ts';
import { openSignQueue } from '#electron/adapters/sign-queue/open-sign-queue.ts';
import { createSigningKey, newSigningKeyText } from '#electron/adapters/signing-key/create-signing-key.ts';
import type { SignInput } from '#electron/workstation/ports.ts';
import { createSigning } from '#electron/workstation/signing/create-signing.ts';
import { contextKeyOf } from '#shared/domain/context-key.ts';
import { deliveryFromFhir } from '#shared/fhir/delivery-from-fhir.ts';
import { FhirError, type FhirClient, type FhirRefusal } from '#shared/fhir/fhir-client.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import type { Delivery } from '#shared/domain/delivery.ts';
import type { PatientId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { ReturnChannel, Site } from '#shared/domain/site.ts';
import { silentLog } from '#shared/kernel/log.ts';
import type { ReportBody } from '#shared/reporting/report.ts';
import { minutesFrom, NIGHT, reader, readingTask } from '#tests/support/reading-tasks.ts';
import { sampleBody } from '#tests/unit/reporting/sample-report.ts';
import { openHub } from './hub-support.ts';

export const mercy = (returns: readonly ReturnChannel[]): Site => ({
  id: 'mercy' as Site['id'],
  name: 'Mercy General',
  orders: { unordered: 'ignore' },
  returns,
  turnaroundMinutes: {},
});

/** The link between a program and its hub, to be cut at the worst moment. */
function breakableClient(client: FhirClient) {
  let cut: 'no' | 'before' | 'after-transaction' = 'no';
  const refusal = (sent: boolean): FhirError => new FhirError({ code: 'unreachable', sent } satisfies FhirRefusal);
  const guarded = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    if (cut === 'before') throw refusal(false);
    return ask();
  };
  const fhir: FhirClient = {
    read: (type, id) => guarded(() => client.read(type, id)),
    search: (type, params, limit) => guarded(() => client.search(type, params, limit)),
    create: (resource, ifNoneExist) => guarded(() => client.create(resource, ifNoneExist)),
    update: (resource, version) => guarded(() => client.update(resource, version)),
    transaction: (bundle: Bundle) =>
      guarded(async () => {
        const answer = await client.transaction(bundle);
        if (cut === 'after-transaction') throw refusal(true);
        return answer;
      }),
  };
  return {
    fhir,
    cut(where: typeof cut) {
      cut = where;
    },
  };
}

/** A hub with one reading claimed by dr-lee, and all it takes to sign it: real store, real queue, real key. */
export async function openSigning(returns: readonly ReturnChannel[]) {
  const hub = openHub();
  const folder = mkdtempSync(join(tmpdir(), 'overread-signing-'));
  const client = createFhirClient({
    baseUrl: hub.baseUrl,
    fetch: (request) => hub.hub.fetch(request),
    timeoutMs: 20_000,
  });
  const link = breakableClient(client);
  const masterKey = randomBytes(32);
  const openQueue = () =>
    openSignQueue(
      join(folder, 'queue.db'),
      createSealer(() => masterKey, 'sign-queue'),
    );
  let queue = openQueue();
  let sites: readonly Site[] = [mercy(returns)];
  const key = await createSigningKey(await newSigningKeyText());
  const start = () =>
    createSigning({
      fhir: link.fhir,
      sites: () => sites,
      queue,
      key,
      clock: hub.clock,
      log: silentLog,
      newUuid: () => randomUUID(),
    });
  let signing = start();

  const claimedTask = async (id: string, facts: Partial<ReadingTask> = {}): Promise<ReadingTask> => {
    const task = readingTask(id, {
      state: 'claimed',
      patient: { ...readingTask(id).patient, id: '' as PatientId },
      claim: {
        radiologistId: reader().id,
        radiologistName: reader().name,
        since: NIGHT,
        leaseUntil: minutesFrom(NIGHT, 3),
      },
      ...facts,
    });
    const { id: _id, meta: _meta, ...resource } = readingTaskToFhir(task);
    return parsedTask(await client.create<Task>(resource));
  };

  return {
    hub,
    client,
    link,
    key,
    folder,
    claimedTask,
    get queue() {
      return queue;
    },
    get signing() {
      return signing;
    },
    /** As after a crash: everything is opened again from disk. */
    restart() {
      queue.close();
      queue = openQueue();
      signing = start();
    },
    configure(changed: readonly Site[]) {
      sites = changed;
    },
    sites: () => sites,
    readTask: async (id: string) => parsedTask(await client.read<Task>('Task', id)),
    reports: () => client.search<DiagnosticReport>('DiagnosticReport', {}),
    async deliveries(): Promise<Delivery[]> {
      const tasks = await client.search<Task>('Task', { code: 'urn:overread:task-kind|delivery' });
      return tasks
        .map((task) => deliveryFromFhir(task))
        .flatMap((read) => (read.ok ? [read.value] : []))
        .toSorted((left, right) => left.signedAt - right.signedAt || left.channelIndex - right.channelIndex);
    },
    async close() {
      queue.close();
      await hub.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type OpenSigning = Awaited<ReturnType<typeof openSigning>>;

export const signInput = (task: ReadingTask, body: ReportBody = sampleBody): SignInput => ({
  task,
  contextKey: contextKeyOf(task),
  body,
  reader: reader(),
});

function parsedTask(resource: Task): ReadingTask {
  const read = readingTaskFromFhir(resource);
  if (!read.ok) throw new Error(read.error.reason);
  return read.value;
}
