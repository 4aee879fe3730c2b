import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Bundle } from 'fhir/r4';

import type { Campaign } from '#electron/hosts/cli/campaign.ts';
import { freePort } from '#tests/support/free-port.ts';
import { startProgram } from '#tests/support/start-program.ts';

import { fuzzSeeds, orderMessage } from './fuzz-seeds.ts';
import { ackCodeIn, openMllpSender } from './mllp-sender.ts';
import { jsonBytes, mutateHl7, mutateJson } from './mutate.ts';
import { seededRandom } from './seeded-random.ts';

/** Every so many messages a sound order, sent twice: it must become one reading whatever stands around it. */
const SOUND_EVERY = 10;
const ANSWER_MS = 60_000;
const ACCESSION = 'urn:overread:site:mercy:accession';
const PROBLEMS = 'Communication?category=urn:overread:task-kind|intake-problem&_summary=count';

/**
 * Broken HL7 messages over MLLP and broken FHIR transactions, in turn, to the real hub with its gateway. Lost: a message without an acknowledgement, one
 * refused (AR) that no person can find, a sound order between them that did not become a reading, a FHIR request that was not answered with a reason, or the
 * program's end. Doubled: a refused message kept twice, a sound order with two readings.
 */
export const run: Campaign = async ({ seed, count, say }) => {
  const random = seededRandom(seed);
  const seeds = fuzzSeeds();
  const folder = mkdtempSync(join(tmpdir(), 'overread-fuzz-'));
  const [port, ordersPort] = [await freePort(), await freePort()];
  const config = join(folder, 'config.json');
  const site = { id: 'mercy', name: 'Mercy General', orders: { hl7: { listen: ordersPort } }, return: [{ inbox: {} }] };
  const inbox = { listen: await freePort() };
  const reader = { id: 'dr-lee', name: 'Lee^Dana' };
  writeFileSync(config, JSON.stringify({ reader, hub: { fhir: 'embedded' }, inbox, sites: [site] }));
  const argv = ['--port', String(port), '--database', `sqlite:${join(folder, 'hub.sqlite')}`, '--config', config];
  const hub = await startProgram('hub', argv, { OVERREAD_BUNDLED: '1' });
  const answers: Record<string, number> = {};
  const sound: string[] = [];
  const lost = (what: string) => {
    answers['lost'] = (answers['lost'] ?? 0) + 1;
    say(what);
  };
  const note = (what: string) => (answers[what] = (answers[what] ?? 0) + 1);
  let sender = await openMllpSender(ordersPort);

  async function sendHl7(bytes: Uint8Array, name: string): Promise<string> {
    const answer = await sender.send(bytes).catch(() => undefined);
    if (answer === undefined) {
      lost(`${name}: no acknowledgement`);
      sender = await openMllpSender(ordersPort);
      return 'none';
    }
    const code = ackCodeIn(answer);
    note(`hl7.${code}`);
    if (code !== 'AA' && code !== 'AR') lost(`${name}: answered ${code}`);
    return code;
  }

  async function sendFhir(body: Uint8Array<ArrayBuffer>, name: string): Promise<void> {
    try {
      const signal = AbortSignal.timeout(ANSWER_MS);
      const headers = { 'content-type': 'application/fhir+json' };
      const answer = await fetch(hub.url, { method: 'POST', headers, body, signal });
      note(`fhir.${Math.floor(answer.status / 100)}xx`);
      const { resourceType } = (await answer.json()) as { readonly resourceType?: string };
      if (answer.status >= 500 || (resourceType !== 'OperationOutcome' && resourceType !== 'Bundle'))
        lost(`${name}: answered ${answer.status} ${resourceType ?? ''}`);
    } catch (error) {
      lost(`${name}: ${String(error)}`);
    }
  }

  let doubled = 0;
  let refused = 0;
  try {
    for (let attempt = 1; attempt <= count; attempt += 1) {
      const name = `try ${attempt}`;
      if (attempt % SOUND_EVERY === 0) {
        const accession = `FZ${seed}-${attempt}`;
        sound.push(accession);
        for (const turn of ['first', 'again']) {
          const code = await sendHl7(Buffer.from(orderMessage(accession), 'latin1'), `${name}, ${turn}`);
          if (code === 'AR') lost(`${name}: a sound order was refused`);
        }
      } else if (attempt % 2 === 0) {
        const from = seeds.fhir[Math.floor(random() * seeds.fhir.length)];
        await sendFhir(jsonBytes(mutateJson(asTransaction(from), random), random), name);
      } else {
        const from = seeds.hl7[Math.floor(random() * seeds.hl7.length)] ?? new Uint8Array();
        // The mark makes it a message of its own: the same one refused again is kept once.
        const marked = Buffer.concat([mutateHl7(from, random), Buffer.from(`\rZFZ|${seed}-${attempt}`)]);
        if ((await sendHl7(marked, name)) === 'AR') refused += 1;
      }
      if (hub.child.exitCode !== null || hub.child.signalCode !== null) throw new Error(`${name}: the hub ended`);
    }
    const totalOf = async (query: string) => ((await (await fetch(`${hub.url}/${query}`)).json()) as Bundle).total ?? 0;
    const kept = await totalOf(PROBLEMS);
    answers['kept'] = kept;
    if (kept < refused) for (let each = kept; each < refused; each += 1) lost('a refused message was not kept');
    doubled += Math.max(0, kept - refused);
    for (const accession of sound) {
      const readings = await totalOf(`ServiceRequest?identifier=${ACCESSION}|${accession}&_summary=count`);
      if (readings === 0) lost(`${accession} is on no list`);
      doubled += Math.max(0, readings - 1);
    }
  } finally {
    sender.close();
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  const { lost: losses = 0, ...details } = answers;
  return { tried: count, survived: count - losses - doubled, lost: losses, doubled, details };
};

/** A resource alone is created by a transaction; a transaction is one already. */
const asTransaction = (seed: unknown): unknown => {
  const resource = seed as { readonly resourceType?: string; readonly type?: string };
  if (resource.resourceType === 'Bundle' && resource.type === 'transaction') return seed;
  const entry = { resource, request: { method: 'POST', url: resource.resourceType ?? '' } };
  return { resourceType: 'Bundle', type: 'transaction', entry: [entry] };
};
