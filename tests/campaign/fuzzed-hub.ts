import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Bundle } from 'fhir/r4';

import type { CampaignOutcome } from '#electron/hosts/cli/campaign.ts';
import { freePort } from '#tests/support/free-port.ts';
import { startProgram } from '#tests/support/start-program.ts';

import { fuzzSeeds, orderMessage } from './fuzz-seeds.ts';
import { ackCodeIn, hasReason, openMllpSender } from './mllp-sender.ts';
import { mutateHl7 } from './mutate.ts';

const ACCESSION = 'urn:overread:site:mercy:accession';
const PROBLEMS = 'Communication?category=urn:overread:task-kind|intake-problem&_summary=count';

/** The real hub with its gateway under broken messages, and the books of what became of each. */
export interface FuzzedHub {
  readonly url: string;
  readonly seeds: ReturnType<typeof fuzzSeeds>;
  note(what: string, by?: number): void;
  lost(what: string): void;
  /** A broken message, marked as one of its own: the same one refused again is kept once. */
  sendBroken(name: string): Promise<void>;
  /** A sound order, told twice: it must become one reading whatever stands around it. */
  sendSound(name: string, accession: string): Promise<void>;
  /** Of an order that came another way: it must become one reading, too. */
  expectReading(accession: string): void;
  /** Log lines of the program with one of these events, so far. */
  countLogged(events: readonly string[]): number;
  /** Throws when the program ended. */
  expectAlive(name: string): void;
  /** Every refused message must be with a person, once: the HL7 ones, and so many others. Every sound order must be one reading. */
  close(tried: number, refusedElsewhere?: number): Promise<CampaignOutcome>;
  /** Ends the program and removes what it wrote. */
  clear(): Promise<void>;
}

/** `siteFhirUrl`: the gateway polls it for orders, too. */
export async function openFuzzedHub(
  { seed, say }: { readonly seed: number; readonly say: (line: string) => void },
  random: () => number,
  siteFhirUrl?: string,
): Promise<FuzzedHub> {
  const seeds = fuzzSeeds();
  const folder = mkdtempSync(join(tmpdir(), 'overread-fuzz-'));
  const [port, ordersPort] = [await freePort(), await freePort()];
  const config = join(folder, 'config.json');
  const orders = { hl7: { listen: ordersPort }, ...(siteFhirUrl === undefined ? {} : { fhir: { url: siteFhirUrl } }) };
  const site = { id: 'mercy', name: 'Mercy General', orders, return: [{ inbox: {} }] };
  const inbox = { listen: await freePort() };
  const reader = { id: 'dr-lee', name: 'Lee^Dana' };
  writeFileSync(config, JSON.stringify({ reader, hub: { fhir: 'embedded' }, inbox, sites: [site] }));
  const argv = ['--port', String(port), '--database', `sqlite:${join(folder, 'hub.sqlite')}`, '--config', config];
  const hub = await startProgram('hub', argv, { OVERREAD_BUNDLED: '1' });
  const numbers: Record<string, number> = {};
  const sound: string[] = [];
  let [refused, marks] = [0, 0];
  let sender = await openMllpSender(ordersPort);

  const note = (what: string, by = 1) => void (numbers[what] = (numbers[what] ?? 0) + by);
  const lost = (what: string) => {
    note('lost');
    say(what);
  };

  async function send(bytes: Uint8Array, name: string): Promise<string> {
    const began = performance.now();
    const answer = await sender.send(bytes).catch(() => undefined);
    numbers['slowestMs'] = Math.max(numbers['slowestMs'] ?? 0, Math.round(performance.now() - began));
    if (answer === undefined) {
      lost(`${name}: no acknowledgement`);
      sender = await openMllpSender(ordersPort);
      return 'none';
    }
    const code = ackCodeIn(answer);
    note(`hl7.${code}`);
    if (code !== 'AA' && !hasReason(answer)) lost(`${name}: ${code} without reason`);
    if (code !== 'AA' && code !== 'AR') lost(`${name}: answered ${code}`);
    return code;
  }

  const totalOf = async (query: string) => ((await (await fetch(`${hub.url}/${query}`)).json()) as Bundle).total ?? 0;

  return {
    url: hub.url,
    seeds,
    note,
    lost,
    async sendBroken(name) {
      const from = seeds.hl7[Math.floor(random() * seeds.hl7.length)] ?? new Uint8Array();
      marks += 1;
      const marked = Buffer.concat([mutateHl7(from, random), Buffer.from(`\rZFZ|${seed}-${marks}`)]);
      if ((await send(marked, name)) === 'AR') refused += 1;
    },
    async sendSound(name, accession) {
      sound.push(accession);
      for (const turn of ['first', 'again'])
        if ((await send(Buffer.from(orderMessage(accession), 'latin1'), `${name}, ${turn}`)) !== 'AA')
          lost(`${name}: a sound order was refused`);
    },
    expectReading: (accession) => void sound.push(accession),
    countLogged: (events) => hub.stderr.filter((line) => events.some((event) => line.includes(`"${event}"`))).length,
    expectAlive(name) {
      if (hub.child.exitCode !== null || hub.child.signalCode !== null) throw new Error(`${name}: the hub ended`);
    },
    async close(tried, refusedElsewhere = 0) {
      const expected = refused + refusedElsewhere;
      const kept = await totalOf(PROBLEMS);
      note('kept', kept);
      for (let each = kept; each < expected; each += 1) lost('a refused message was not kept');
      let doubled = Math.max(0, kept - expected);
      for (const accession of sound) {
        const readings = await totalOf(`ServiceRequest?identifier=${ACCESSION}|${accession}&_summary=count`);
        if (readings === 0) lost(`${accession} is on no list`);
        doubled += Math.max(0, readings - 1);
      }
      const { lost: losses = 0, ...details } = numbers;
      return { tried, survived: tried - losses - doubled, lost: losses, doubled, details };
    },
    async clear() {
      sender.close();
      await hub.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
