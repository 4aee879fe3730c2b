import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Bundle } from 'fhir/r4';

import type { Campaign } from '#electron/hosts/cli/campaign.ts';
import { freePort } from '#tests/support/free-port.ts';
import { startProgram } from '#tests/support/start-program.ts';

import { openFuzzSite, soundCase, type SiteCase } from './fuzz-site.ts';
import { fuzzSeeds, orderMessage } from './fuzz-seeds.ts';
import { ackCodeIn, openMllpSender } from './mllp-sender.ts';
import { mutateHl7, mutateJson } from './mutate.ts';
import { seededRandom } from './seeded-random.ts';

/** Every so many tries a sound order, told twice over HL7 or once over FHIR: one reading, whatever stands around it. */
const SOUND_EVERY = 20;
/** Every so many tries a FHIR bundle of the site, request, patient and record; the others are HL7 messages. */
const FHIR_EVERY = 4;
/** Cases that the site's server shows at once. */
const MOST_WAITING = 500;
const MOST_LOOKS = 12;
const PATIENCE_MS = 10 * 60_000;
const ACCESSION = 'urn:overread:site:mercy:accession';
const PROBLEMS = 'Communication?category=urn:overread:task-kind|intake-problem&_summary=count';

/**
 * Broken HL7 messages over MLLP and broken FHIR resources on the site's own server, to the real hub with its gateway. Lost: a message without
 * acknowledgement (AA, or AE or AR with the reason), one refused that no person can find, a FHIR order that was neither taken nor kept, a sound order that
 * did not become a reading, or the program's end. Doubled: a refused message kept twice, a sound order with two readings.
 */
export const run: Campaign = async ({ seed, count, say }) => {
  const random = seededRandom(seed);
  const seeds = fuzzSeeds();
  const folder = mkdtempSync(join(tmpdir(), 'overread-intake-'));
  const [port, ordersPort] = [await freePort(), await freePort()];
  const fuzzSite = await openFuzzSite();
  const config = join(folder, 'config.json');
  const orders = { hl7: { listen: ordersPort }, fhir: { url: fuzzSite.url } };
  const site = { id: 'mercy', name: 'Mercy General', orders, return: [{ inbox: {} }] };
  const reader = { id: 'dr-lee', name: 'Lee^Dana' };
  const inbox = { listen: await freePort() };
  writeFileSync(config, JSON.stringify({ reader, hub: { fhir: 'embedded' }, inbox, sites: [site] }));
  const argv = ['--port', String(port), '--database', `sqlite:${join(folder, 'hub.sqlite')}`, '--config', config];
  const hub = await startProgram('hub', argv, { OVERREAD_BUNDLED: '1' });
  const numbers: Record<string, number> = {};
  const note = (what: string, by = 1) => (numbers[what] = (numbers[what] ?? 0) + by);
  const lost = (what: string) => {
    note('lost');
    say(what);
  };
  const sound: string[] = [];
  let refused = 0;
  let sender = await openMllpSender(ordersPort);

  async function sendHl7(bytes: Uint8Array, name: string): Promise<string> {
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
    // The reason stands in MSA-3 or in ERR.
    if (code !== 'AA' && !/\rMSA\|[AC][ER]\|[^|\r]*\|[^|\r]+|\rERR\|/.test(answer))
      lost(`${name}: ${code} without reason`);
    if (code !== 'AA' && code !== 'AR') lost(`${name}: answered ${code}`);
    return code;
  }

  const caseFrom = (name: string, accession: string): SiteCase => {
    const whole = soundCase(name, accession);
    const related: Record<string, unknown[]> = {};
    for (let left = Math.floor(random() * 6); left > 0; left -= 1) {
      const resource = resourceAmong(seeds.fhir[Math.floor(random() * seeds.fhir.length)], random);
      const type = (resource as { readonly resourceType?: string }).resourceType ?? 'Observation';
      related[type] = [...(related[type] ?? []), mutateJson(resource, random)];
    }
    const request = random() < 0.5 ? mutateJson(whole.request, random) : whole.request;
    const patient = random() < 0.3 ? mutateJson(whole.patient, random) : whole.patient;
    // By its id the poll knows a request at all, and the campaign each case.
    const isObject = typeof request === 'object' && request !== null && !Array.isArray(request);
    const named = { ...(isObject ? request : {}), resourceType: 'ServiceRequest', id: name };
    return { id: name, request: named, patient, related };
  };

  const outcomes = () => hub.stderr.filter((line) => /"intake\.order-(?:taken|refused|resting)"/.test(line)).length;
  let served = 0;
  async function settle(): Promise<void> {
    const [looks, deadline] = [fuzzSite.looks(), Date.now() + PATIENCE_MS];
    // An order whose record is not given is looked at some times before a person is asked.
    const isSettled = () => fuzzSite.waiting() === 0 && fuzzSite.looks() >= looks + 2 && outcomes() >= served;
    while (!isSettled() && fuzzSite.looks() < looks + MOST_LOOKS) {
      if (Date.now() > deadline) throw new Error('the site’s server is no longer looked at');
      if (hub.child.exitCode !== null) throw new Error('the hub ended');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const known = outcomes();
    if (known < served) for (let each = known; each < served; each += 1) lost('a FHIR order came to nothing');
    served = Math.max(known, served);
  }

  let doubled = 0;
  try {
    for (let attempt = 1; attempt <= count; attempt += 1) {
      const name = `fz-${seed}-${attempt}`;
      const accession = `FZ${seed}-${attempt}`;
      const isFhir = attempt % FHIR_EVERY === 0;
      const isSound = attempt % SOUND_EVERY < 2;
      if (isSound) sound.push(accession);
      if (isFhir) {
        fuzzSite.put(isSound ? soundCase(name, accession) : caseFrom(name, `X${accession}`));
        served += 1;
        note('fhir');
        if (fuzzSite.waiting() >= MOST_WAITING) await settle();
      } else if (isSound) {
        for (const turn of ['first', 'again'])
          if ((await sendHl7(Buffer.from(orderMessage(accession), 'latin1'), `${name}, ${turn}`)) !== 'AA')
            lost(`${name}: a sound order was refused`);
      } else {
        const from = seeds.hl7[Math.floor(random() * seeds.hl7.length)] ?? new Uint8Array();
        // The mark makes it a message of its own: the same one refused again is kept once.
        const marked = Buffer.concat([mutateHl7(from, random), Buffer.from(`\rZFZ|${seed}-${attempt}`)]);
        if ((await sendHl7(marked, name)) === 'AR') refused += 1;
      }
      if (hub.child.exitCode !== null || hub.child.signalCode !== null) throw new Error(`${name}: the hub ended`);
      if (attempt % 5000 === 0) say(`${attempt} tried, ${numbers['lost'] ?? 0} lost`);
    }
    await settle();
    for (const outcome of ['taken', 'refused', 'resting'])
      note(`fhir.${outcome}`, hub.stderr.filter((line) => line.includes(`"intake.order-${outcome}"`)).length);
    const expected = refused + (numbers['fhir.refused'] ?? 0);
    const totalOf = async (query: string) => ((await (await fetch(`${hub.url}/${query}`)).json()) as Bundle).total ?? 0;
    const kept = await totalOf(PROBLEMS);
    note('kept', kept);
    for (let each = kept; each < expected; each += 1) lost('a refused message was not kept');
    doubled += Math.max(0, kept - expected);
    for (const accession of sound) {
      const readings = await totalOf(`ServiceRequest?identifier=${ACCESSION}|${accession}&_summary=count`);
      if (readings === 0) lost(`${accession} is on no list`);
      doubled += Math.max(0, readings - 1);
    }
  } finally {
    sender.close();
    await hub.stop();
    await fuzzSite.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const { lost: losses = 0, ...details } = numbers;
  return { tried: count, survived: count - losses - doubled, lost: losses, doubled, details };
};

/** One resource of a seed: a bundle gives any of its own. */
function resourceAmong(seed: unknown, random: () => number): unknown {
  const { entry } = seed as { readonly entry?: readonly { readonly resource?: unknown }[] };
  const [each] = entry === undefined ? [] : [entry[Math.floor(random() * entry.length)]];
  return each?.resource ?? seed;
}
