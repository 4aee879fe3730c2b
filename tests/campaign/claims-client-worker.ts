import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

import type { Task } from 'fhir/r4';

import { openHubLink } from '#electron/adapters/fhir-client/open-hub-link.ts';
import { isClaimRunning } from '#shared/domain/claim.ts';
import type { RadiologistId, TaskId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { FhirError } from '#shared/fhir/fhir-client.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';

import { seededRandom } from './seeded-random.ts';

/** What a client says, one JSON line each: it may be killed after any of them. */
export type ClientLine =
  | { readonly said: 'tried' }
  | { readonly said: 'claimed'; readonly taskId: string; readonly version: string }
  | { readonly said: 'conflict' }
  | { readonly said: 'unanswered' }
  | { readonly said: 'completed'; readonly taskId: string; readonly version: string }
  /** Its fence was refused: someone else has taken the reading over. */
  | { readonly said: 'late'; readonly taskId: string };

const PAGE = 30;
const IDLE_MS = 60;
/** One case in so many is left lying until its lease is over. */
const FORGOTTEN = 20;

/** One reader in a process of its own, to be killed. Arguments: hub, reader, way, lease, seed. Ends by being killed. */
async function read([hubUrl = '', reader = '', way = '', leaseMs = '', seed = '']: readonly string[]): Promise<void> {
  const random = seededRandom(Number(seed));
  const lease = Number(leaseMs);
  const link = openHubLink({ baseUrl: hubUrl, fetch: (request) => fetch(request), timeoutMs: 20_000 });
  const say = (line: ClientLine) => void process.stdout.write(`${JSON.stringify(line)}\n`);
  const tasksOf = async (status: string) =>
    (await link.fhir.search<Task>('Task', { status, _count: String(PAGE) }, PAGE)).flatMap((resource) => {
      const task = readingTaskFromFhir(resource);
      return task.ok ? [{ resource, task: task.value }] : [];
    });
  const claimNow = () => {
    const now = Date.now();
    return {
      radiologistId: reader as RadiologistId,
      radiologistName: reader,
      since: now as EpochMs,
      leaseUntil: (now + lease) as EpochMs,
    };
  };
  type Seen = Awaited<ReturnType<typeof tasksOf>>;

  async function claimOne(free: Seen): Promise<Task | undefined> {
    if (way === 'claim-next') {
      const candidates = free.map(({ task }) => ({ taskId: task.id, version: task.version }));
      const answer = await link.claimNext({ candidates, claim: claimNow() });
      return answer.status === 'claimed' ? answer.task : undefined;
    }
    // The portable way: one at random among equals, under the version that was seen.
    const chosen = free[Math.floor(random() * free.length)];
    if (chosen === undefined) return undefined;
    const next: ReadingTask = { ...chosen.task, state: 'claimed', claim: claimNow() };
    return link.fhir.update<Task>(readingTaskToFhir(next, chosen.resource), chosen.task.version);
  }

  async function complete(resource: Task): Promise<void> {
    const task = readingTaskFromFhir(resource);
    if (!task.ok) throw new Error('the hub answered with something else');
    const { claim: _claim, ...rest } = task.value;
    const taskId: TaskId = task.value.id;
    if (Math.floor(random() * FORGOTTEN) === 0) await wait(lease * 1.5);
    else await wait(random() * 10);
    try {
      const done = await link.fhir.update<Task>(
        { ...readingTaskToFhir({ ...rest, state: 'completed' }, resource), ...ownerOf(resource) },
        task.value.version,
      );
      say({ said: 'completed', taskId, version: done.meta?.versionId ?? '' });
    } catch (error) {
      if (!(error instanceof FhirError) || error.refusal.code !== 'conflict') throw error;
      say({ said: 'late', taskId });
    }
  }

  for (;;) {
    try {
      let free = await tasksOf('ready');
      if (free.length === 0 || random() < 0.1) {
        const held = await tasksOf('in-progress');
        const now = Date.now() as EpochMs;
        free = [...held.filter(({ task }) => !isClaimRunning(task.claim, now)), ...free];
      }
      if (free.length === 0) {
        await wait(IDLE_MS);
        continue;
      }
      say({ said: 'tried' });
      const claimed = await claimOne(free);
      if (claimed?.id === undefined) {
        say({ said: 'conflict' });
        continue;
      }
      say({ said: 'claimed', taskId: claimed.id, version: claimed.meta?.versionId ?? '' });
      await complete(claimed);
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      say({ said: error.refusal.code === 'conflict' ? 'conflict' : 'unanswered' });
      if (error.refusal.code !== 'conflict') await wait(IDLE_MS);
    }
  }
}

/** Who read it stays on the completed Task. */
const ownerOf = ({ owner }: Task): Pick<Task, 'owner'> => (owner === undefined ? {} : { owner });

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await read(process.argv.slice(2));
