import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { openDrafts } from '#electron/adapters/drafts/open-drafts.ts';
import { createSealer } from '#electron/adapters/secrets/sealer.ts';
import type { Campaign } from '#electron/hosts/cli/campaign.ts';
import type { RadiologistId, TaskId } from '#shared/domain/identifiers.ts';
import { SECOND_MS } from '#shared/kernel/clock.ts';
import { silentLog } from '#shared/kernel/log.ts';
import type { ReportBody } from '#shared/reporting/report.ts';

import { DRAFT_KEY, READER, textAfter } from './draft-typing.ts';
import { seededRandom } from './seeded-random.ts';

/** Never more than the last second may be lost. */
const MAY_BE_LOST_MS = SECOND_MS;
const SHORTEST_MS = 300;
const LONGEST_MS = 4000;
/** So many people type at the same time. */
const AT_ONCE = 4;

/**
 * Someone types ten keys a second into a report and is killed (kill -9) at any moment, window and workstation in one; then the draft is opened again. Lost: a
 * key typed more than a second before the kill. Doubled: a draft or an earlier state that is not exactly what had been typed by some moment.
 */
export const run: Campaign = async ({ seed, count, say }) => {
  const random = seededRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'overread-drafts-'));
  let [survived, lost, doubled, keys, states, worstMs] = [0, 0, 0, 0, 0, 0];
  const plans = Array.from({ length: count }, (_, at) => ({
    at: at + 1,
    killMs: SHORTEST_MS + random() * (LONGEST_MS - SHORTEST_MS),
  }));
  const tryOnce = async ({ at, killMs }: (typeof plans)[number]): Promise<void> => {
    const file = join(folder, `${at}.sqlite`);
    const { typed, killedAt } = await typeUntilKilled(file, killMs);
    const found = await readDraft(file);
    keys += typed.length;
    states += found.states.length;
    const kept = found.states[0]?.length ?? 0;
    const isBroken = found.states.some((text) => text !== textAfter(text.length));
    const firstLost = typed[kept];
    const lostMs = firstLost === undefined ? 0 : Math.max(0, killedAt - firstLost);
    worstMs = Math.max(worstMs, lostMs);
    if (isBroken) doubled += 1;
    if (lostMs > MAY_BE_LOST_MS) {
      lost += 1;
      say(
        `try ${at}: ${typed.length - kept} of ${typed.length} keys gone, the first typed ${lostMs} ms before the kill`,
      );
    }
    if (!isBroken && lostMs <= MAY_BE_LOST_MS) survived += 1;
  };
  try {
    const waiting = plans.toReversed();
    const typist = async (): Promise<void> => {
      for (let plan = waiting.pop(); plan !== undefined; plan = waiting.pop()) await tryOnce(plan);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, typist));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { tried: count, survived, lost, doubled, details: { keys, states, worstMs } };
};

/** Every state that is kept of the draft, newest first. */
async function readDraft(file: string): Promise<{ readonly states: readonly string[] }> {
  const drafts = openDrafts(file, { sealer: createSealer(() => DRAFT_KEY, 'drafts'), log: silentLog });
  const textOf = (body: ReportBody): string => body.sections[0]?.text ?? '';
  const kept = await drafts.history(TASK as TaskId, READER as RadiologistId);
  drafts.close();
  return { states: kept.map(({ body }) => textOf(body)) };
}
const TASK = 't1';

interface Typed {
  /** When each key was typed, by the clock of this machine. */
  readonly typed: readonly number[];
  readonly killedAt: number;
}

function typeUntilKilled(file: string, killMs: number): Promise<Typed> {
  const worker = fileURLToPath(new URL('./draft-typist-worker.mjs', import.meta.url));
  const child = spawn(process.execPath, [worker, file, TASK, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const typed: number[] = [];
  let killedAt = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [, at] = line.split(' ');
    typed.push(Number(at));
    if (typed.length !== 1) return;
    setTimeout(() => {
      killedAt = Date.now();
      child.kill('SIGKILL');
    }, killMs);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (_code, signal) => {
      if (signal === 'SIGKILL') resolve({ typed, killedAt });
      else reject(new Error('the typist ended by itself'));
    });
  });
}
