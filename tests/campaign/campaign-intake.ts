import type { Campaign } from '#electron/hosts/cli/campaign.ts';

import { openFuzzSite, soundCase, type SiteCase } from './fuzz-site.ts';
import { openFuzzedHub, type FuzzedHub } from './fuzzed-hub.ts';
import { mutateJson } from './mutate.ts';
import { seededRandom } from './seeded-random.ts';

/** Every so many tries a sound order, told twice over HL7 or once over FHIR: one reading, whatever stands around it. */
const SOUND_EVERY = 20;
/** Every so many tries a FHIR bundle of the site, request, patient and record; the others are HL7 messages. */
const FHIR_EVERY = 4;
/** Cases that the site's server shows at once. */
const MOST_WAITING = 500;
const MOST_LOOKS = 12;
const PATIENCE_MS = 10 * 60_000;
const SAID_EVERY = 2500;
const OUTCOMES = ['taken', 'refused', 'resting'] as const;
const eventOf = (outcome: (typeof OUTCOMES)[number]) => `intake.order-${outcome}`;

/**
 * Broken HL7 messages over MLLP and broken FHIR resources on the site's own server, to the real hub with its gateway. Lost: a message without
 * acknowledgement (AA, or AR with the reason), one refused that no person can find, a FHIR order that was neither taken nor kept, a sound order that
 * did not become a reading, or the program's end. Doubled: a refused message kept twice, a sound order with two readings.
 */
export const run: Campaign = async ({ seed, count, say }) => {
  const random = seededRandom(seed);
  const site = await openFuzzSite();
  const hub = await openFuzzedHub({ seed, say }, random, site.url);
  let [served, tried, isCalledOff] = [0, 0, false];
  // Called off, it judges what it has tried until then.
  const callOff = () => void (isCalledOff = true);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, callOff);

  const outcomes = () => hub.countLogged(OUTCOMES.map(eventOf));
  async function settle(): Promise<void> {
    const [looks, deadline] = [site.looks(), Date.now() + PATIENCE_MS];
    // An order whose record is not given is looked at some times before a person is asked.
    const isSettled = () => site.waiting() === 0 && site.looks() >= looks + 2 && outcomes() >= served;
    while (!isSettled() && site.looks() < looks + MOST_LOOKS) {
      if (Date.now() > deadline) throw new Error('the site’s server is no longer looked at');
      hub.expectAlive('settling');
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    const known = outcomes();
    for (let each = known; each < served; each += 1) hub.lost('a FHIR order came to nothing');
    served = Math.max(known, served);
  }

  try {
    for (let attempt = 1; attempt <= count && !isCalledOff; attempt += 1) {
      tried = attempt;
      const name = `fz-${seed}-${attempt}`;
      const accession = `FZ${seed}-${attempt}`;
      const isSound = attempt % SOUND_EVERY < 2;
      if (attempt % FHIR_EVERY === 0) {
        if (isSound) hub.expectReading(accession);
        site.put(isSound ? soundCase(name, accession) : brokenCase(name, `X${accession}`, hub.seeds, random));
        served += 1;
        hub.note('fhir');
        if (site.waiting() >= MOST_WAITING) await settle();
      } else if (isSound) await hub.sendSound(name, accession);
      else await hub.sendBroken(name);
      hub.expectAlive(name);
      if (attempt % SAID_EVERY === 0) say(`${attempt} tried in ${Math.round(performance.now() / 1000)} s`);
    }
    await settle();
    for (const outcome of OUTCOMES) hub.note(`fhir.${outcome}`, hub.countLogged([eventOf(outcome)]));
    return await hub.close(tried, hub.countLogged([eventOf('refused')]));
  } finally {
    await hub.clear();
    await site.close();
  }
};

/** A sound case with faults in its request, its patient or the record that is found for it. */
function brokenCase(name: string, accession: string, seeds: FuzzedHub['seeds'], random: () => number): SiteCase {
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
}

/** One resource of a seed: a bundle gives any of its own. */
function resourceAmong(seed: unknown, random: () => number): unknown {
  const { entry } = seed as { readonly entry?: readonly { readonly resource?: unknown }[] };
  const [each] = entry === undefined ? [] : [entry[Math.floor(random() * entry.length)]];
  return each?.resource ?? seed;
}
