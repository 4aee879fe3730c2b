import type { Task } from 'fhir/r4';
import { afterEach, beforeEach, expect, it } from 'vitest';

import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { decideMatch, findRecordsElsewhere } from '#shared/fhir/records-elsewhere.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { messageHead, openHubTakingHl7, type HubTakingHl7 } from '#tests/support/hub-taking-hl7.ts';

const order = (mrn: string, rest: string, accession: string) =>
  [
    messageHead('ORM^O01', accession),
    `PID|||${mrn}^^^^MR${rest}`,
    `ORC|NW|${accession}`,
    `OBR|1|${accession}|${accession}|CTHEAD^CT HEAD^L|||||||||||||||${accession}`,
  ].join('\r');

let hub: HubTakingHl7;
beforeEach(() => {
  hub = openHubTakingHl7();
});
afterEach(() => hub.close());

it('finds a person of two sites on the real hub by number or birth date, and keeps what was decided through later messages', async () => {
  const { send } = hub;
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
