import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import type { Bundle, Task } from 'fhir/r4';

import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import type { CampaignOutcome } from '#electron/hosts/cli/campaign.ts';
import { READING_CODE } from '#shared/fhir/systems.ts';
import { freePort } from '#tests/support/free-port.ts';
import { startProgram, type StartedProgram } from '#tests/support/start-program.ts';

import type { ClientLine } from './claims-client-worker.ts';
import { judgeClaims, type Grant } from './judge-claims.ts';
import { seededRandom } from './seeded-random.ts';

export interface ReadersRun {
  readonly name: string;
  readonly database: string;
  readonly hubs: number;
  readonly clients: number;
  readonly readings: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

const LEASE_MS = 2000;
/** Of the clients at the beginning, so many are killed in the course. */
const KILLED = 0.4;
const BUNDLE_ENTRIES = 500;
const TOTALLY_STUCK_MS = 60_000;

interface Client {
  readonly reader: string;
  readonly child: ChildProcess;
}

/** One arrangement from empty to all readings completed. */
export async function runReaders(run: ReadersRun): Promise<CampaignOutcome> {
  const { name, database, clients: clientCount, readings, seed, say } = run;
  const random = seededRandom(seed);
  const ports = await Promise.all(Array.from({ length: run.hubs }, () => freePort()));
  const startHub = (port: number) =>
    startProgram('hub', ['--port', String(port), '--database', database], { OVERREAD_BUNDLED: '1' });
  const hubs: StartedProgram[] = [];
  for (const port of ports) hubs.push(await startHub(port));
  const hub = () => hubs[0] as StartedProgram;
  const fhir = createFhirClient({ baseUrl: hub().url, fetch: (request) => fetch(request), timeoutMs: 60_000 });

  for (let made = 0; made < readings; made += BUNDLE_ENTRIES) {
    await fhir.transaction(bundleOf(Math.min(BUNDLE_ENTRIES, readings - made)));
  }

  const counts = { tried: 0, conflict: 0, unanswered: 0, late: 0, completed: 0 };
  const grants: Grant[] = [];
  const killed = new Set<string>();
  const living: Client[] = [];
  let started = 0;
  const startClient = () => {
    const reader = `reader-${String(started)}`;
    const way = started % 2 === 0 ? 'claim-next' : 'portable';
    const { url } = hubs[started % hubs.length] as StartedProgram;
    started += 1;
    const child = spawn(
      process.execPath,
      [
        fileURLToPath(new URL('./claims-client-worker.mjs', import.meta.url)),
        url,
        reader,
        way,
        String(LEASE_MS),
        String(seed + started),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = JSON.parse(text) as ClientLine;
      if (line.said === 'claimed') grants.push({ reader, taskId: line.taskId, version: Number(line.version) });
      else counts[line.said] += 1;
    });
    living.push({ reader, child });
  };
  const kill = async ({ reader, child }: Client) => {
    living.splice(
      living.findIndex((client) => client.reader === reader),
      1,
    );
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await gone;
    killed.add(reader);
  };
  for (let client = 0; client < clientCount; client += 1) startClient();

  const kills = Math.max(2, Math.round(clientCount * KILLED));
  let hubKills = 0;
  let last = { completed: -1, at: Date.now() };
  while (counts.completed < readings) {
    await wait(20);
    const progress = counts.completed / readings;
    if (killed.size < kills && progress > (killed.size + random()) / (kills + 1)) {
      await kill(living[Math.floor(random() * living.length)] as Client);
      startClient();
    }
    // The last hub: with two, the readers of the other go on meanwhile.
    if (hubKills === 0 && progress > 0.5) {
      hubKills = 1;
      await hubs.at(-1)?.kill();
      hubs[hubs.length - 1] = await startHub(ports.at(-1) as number);
    }
    if (counts.completed !== last.completed) last = { completed: counts.completed, at: Date.now() };
    // A completion may have been cut off before it was said.
    if (Date.now() - last.at > 2 * LEASE_MS && (await openReadings(hub().url)) === 0) break;
    if (Date.now() - last.at > TOTALLY_STUCK_MS) break;
  }
  for (const client of living.slice()) await kill(client);

  const judged = await judgeClaims(hub().url, grants, killed);
  for (const each of hubs) await each.stop();
  const lost = readings - judged.completed;
  say(
    `${name}: ${String(readings)} readings, ${String(started)} clients, ${String(kills)} killed, ${String(counts.tried)} attempts, ` +
      `${String(grants.length)} claims, ${String(judged.takenOver)} taken over, ${String(lost)} lost, ${String(judged.doubled)} doubled`,
  );
  return {
    tried: counts.tried,
    survived: counts.tried - judged.doubled - lost,
    lost,
    doubled: judged.doubled,
    details: {
      clients: started,
      killed: kills,
      hubsKilled: hubKills,
      claims: grants.length,
      conflicts: counts.conflict,
      unanswered: counts.unanswered,
      heldByKilled: judged.heldByKilled,
      takenOver: judged.takenOver,
      late: counts.late,
    },
  };
}

function bundleOf(count: number): Bundle {
  const resource: Task = {
    resourceType: 'Task',
    status: 'ready',
    intent: 'order',
    priority: 'routine',
    code: { coding: [READING_CODE] },
    authoredOn: '2026-11-21T21:00:00Z',
  };
  const request = { method: 'POST' as const, url: 'Task' };
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: Array.from({ length: count }, () => ({ resource, request })),
  };
}

async function openReadings(hubUrl: string): Promise<number> {
  const answer = await fetch(`${hubUrl}/Task?status=ready,in-progress&_summary=count`);
  return ((await answer.json()) as Bundle).total ?? 0;
}
