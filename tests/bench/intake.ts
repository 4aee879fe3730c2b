import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import type { Bundle } from 'fhir/r4';

import { orderMessage } from '#tests/campaign/fuzz-seeds.ts';
import { ackCodeIn, openMllpSender } from '#tests/campaign/mllp-sender.ts';
import { freePort } from '#tests/support/free-port.ts';
import { startProgram, type StartedProgram } from '#tests/support/start-program.ts';

const ORDERS_A_MINUTE = 1000;
const SENDERS = 4;
const ACCESSION = 'urn:overread:site:mercy:accession';

/**
 * Orders over HL7 at 1 000 a minute to the real hub with its gateway, while a reader's workstation asks for the list every two seconds; half way
 * through the hub is killed (kill -9) and started again on the same database. An order without AA is sent again, as a site's engine does. At the end every
 * order that was ever acknowledged with AA must be on the hub, once.
 */
export async function benchIntake(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...argv], options: { json: { type: 'string' }, seconds: { type: 'string' } } });
  const seconds = Number(values.seconds ?? '60');
  const folder = mkdtempSync(join(tmpdir(), 'overread-bench-intake-'));
  const [port, ordersPort] = [await freePort(), await freePort()];
  const config = join(folder, 'config.json');
  const site = { id: 'mercy', name: 'Mercy General', orders: { hl7: { listen: ordersPort } }, return: [{ inbox: {} }] };
  const inbox = { listen: await freePort() };
  const reader = { id: 'dr-lee', name: 'Lee^Dana' };
  writeFileSync(config, JSON.stringify({ reader, hub: { fhir: 'embedded' }, inbox, sites: [site] }));
  const program = ['--port', String(port), '--database', `sqlite:${join(folder, 'hub.sqlite')}`, '--config', config];
  const start = () => startProgram('hub', program, { OVERREAD_BUNDLED: '1' });
  let hub: StartedProgram = await start();
  const total = Math.round((ORDERS_A_MINUTE * seconds) / 60);
  const waits: number[] = [];
  const acknowledged = new Set<string>();
  const listMs: number[] = [];
  let [next, resent, isOver] = [0, 0, false];
  const began = performance.now();
  const dueAt = (order: number) => began + (order * 60_000) / ORDERS_A_MINUTE;

  async function sendAll(): Promise<void> {
    let sender = await openMllpSender(ordersPort);
    while (next < total) {
      const order = next;
      next += 1;
      const wait = dueAt(order) - performance.now();
      if (wait > 0) await sleep(wait);
      const accession = `BI-${order}`;
      for (;;) {
        const sent = performance.now();
        const answer = await sender.send(Buffer.from(orderMessage(accession), 'latin1')).catch(() => undefined);
        if (answer !== undefined && ackCodeIn(answer) === 'AA') {
          waits.push(performance.now() - sent);
          acknowledged.add(accession);
          break;
        }
        resent += 1;
        if (answer === undefined) sender = await reopened();
      }
    }
    sender.close();
  }
  async function reopened() {
    for (;;) {
      const sender = await openMllpSender(ordersPort).catch(() => undefined);
      if (sender !== undefined) return sender;
      await sleep(50);
    }
  }
  async function readList(): Promise<void> {
    while (!isOver) {
      const asked = performance.now();
      const answer = await fetch(`${hub.url}/Task?status=requested,ready&_sort=authored-on&_count=200`).catch(
        () => undefined,
      );
      await answer?.json().catch(() => undefined);
      if (answer?.ok === true) listMs.push(performance.now() - asked);
      await sleep(2000);
    }
  }

  try {
    const reading = readList();
    const sending = Promise.all(Array.from({ length: SENDERS }, sendAll));
    await sleep((seconds * 1000) / 2);
    const killedAt = performance.now();
    const before = acknowledged.size;
    await hub.kill();
    hub = await start();
    const awayMs = performance.now() - killedAt;
    await sending;
    const tookMs = performance.now() - began;
    isOver = true;
    await reading;
    let [lost, doubled] = [0, 0];
    for (const accession of acknowledged) {
      const answer = await fetch(`${hub.url}/ServiceRequest?identifier=${ACCESSION}|${accession}&_summary=count`);
      const { total: found = 0 } = (await answer.json()) as Bundle;
      if (found === 0) lost += 1;
      if (found > 1) doubled += 1;
    }
    const facts = {
      bench: 'intake',
      orders: total,
      perMinute: Math.round((total / tookMs) * 60_000),
      neededPerMinute: ORDERS_A_MINUTE,
      acknowledgedBeforeKill: before,
      awayMs: Math.round(awayMs),
      resent,
      ackMedianMs: quantile(waits, 0.5),
      ackP95Ms: quantile(waits, 0.95),
      listMedianMs: quantile(listMs, 0.5),
      lost,
      doubled,
    };
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(facts, undefined, 2)}\n`);
    process.stdout.write(
      `${Object.entries(facts)
        .map(([fact, value]) => `${fact.padEnd(24)}${value}`)
        .join('\n')}\n`,
    );
    // The last order is due one interval before the end of the last minute.
    const isSustained = facts.perMinute >= ORDERS_A_MINUTE * 0.99;
    return isSustained && lost === 0 && doubled === 0 ? 0 : 1;
  } finally {
    isOver = true;
    await hub.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
const quantile = (values: readonly number[], part: number): number =>
  Math.round(values.toSorted((one, other) => one - other)[Math.floor(values.length * part)] ?? 0);
