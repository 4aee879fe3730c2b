import { join } from 'node:path';

import type { Task } from 'fhir/r4';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { answerHl7 } from '#electron/gateway/intake/answer-hl7.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { Site } from '#shared/domain/site.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { decideMatch, findRecordsElsewhere } from '#shared/fhir/records-elsewhere.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { machineClock, openRealHub, temporaryFolder, type RealHub } from '#tests/support/intake-rig.ts';

const site = (id: string): Site => ({
  id: id as SiteId,
  name: id,
  orders: { hl7ListenPort: 0, unordered: 'ignore' },
  returns: [],
  turnaroundMinutes: {},
});
const head = (event: string, id: string) => `MSH|^~\\&|HIS|X|||20261121220000||${event}|${id}|P|2.5.1`;
const order = (mrn: string, rest: string, accession: string) =>
  [
    head('ORM^O01', accession),
    `PID|||${mrn}^^^^MR${rest}`,
    `ORC|NW|${accession}`,
    `OBR|1|${accession}|${accession}|CTHEAD^CT HEAD^L|||||||||||||||${accession}`,
  ].join('\r');

let hub: RealHub;
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  hub = openRealHub(join(folder.path, 'hub.sqlite'));
});
afterEach(async () => {
  await hub.close();
  folder.remove();
});

it('finds a person of two sites on the real hub by number or birth date, and keeps what was decided through later messages', async () => {
  let sent = 0;
  const send = async (siteId: string, message: string) => {
    const nextControlId = () => `C${(sent += 1)}`;
    const reception = { fhir: hub.fhir, clock: machineClock, log: silentLog, nextControlId };
    const answer = new TextDecoder().decode(
      await answerHl7(new TextEncoder().encode(message), site(siteId), reception),
    );
    expect(answer).toContain('MSA|AA');
  };
  const readingOf = async (accession: string): Promise<ReadingTask> => {
    const [resource] = (await hub.fhir.search<Task>('Task', {})).filter(
      ({ identifier }) => identifier?.some(({ value }) => value === accession) === true,
    );
    const reading = readingTaskFromFhir(resource);
    if (!reading.ok) throw new Error(reading.error.reason);
    return reading.value;
  };
  const found = async (accession: string) =>
    (await findRecordsElsewhere(hub.fhir, await readingOf(accession))).map(({ siteId, match, decision }) => [
      siteId,
      match.strength,
      decision?.verdict,
    ]);
  await send('mercy', order('1', '~444-22-2333^^^USSSA^SS||Everyman^Adam||19610615|M', 'A-1'));
  await send('lex', order('2', '~444222333^^^USSSA^SS||EVERYMAN^ADAM|||M', 'B-1'));
  await send('oak', order('3', '||Everyman^Adam||19610615|M', 'C-1'));
  await send('elm', order('4', '||Everyman^Alan||19610615|M', 'D-1'));
  const ofFirst = await found('A-1');
  expect(ofFirst).toHaveLength(2);
  expect(ofFirst).toContainEqual(['lex', 'certain', undefined]);
  expect(ofFirst).toContainEqual(['oak', 'suggested', undefined]);
  const reading = await readingOf('A-1');
  const oak = (await findRecordsElsewhere(hub.fhir, reading)).find(({ siteId }) => siteId === 'oak');
  if (oak === undefined) throw new Error('not found');
  const decision = { verdict: 'same', by: 'dr-lee', byName: 'Lee^Dana', at: 1 as EpochMs, evidence: ['x'] } as const;
  expect(await decideMatch(hub.fhir, reading.patient.id, oak, decision)).toBe('decided');
  await send('oak', order('3', '||Everyman^Adam||19610615|M|||^^^^27401', 'C-2'));
  expect(await found('C-1')).toContainEqual(['mercy', 'suggested', 'same']);
  expect(await decideMatch(hub.fhir, reading.patient.id, oak, undefined)).toBe('decided');
  expect(await found('C-2')).toContainEqual(['mercy', 'suggested', undefined]);
});
