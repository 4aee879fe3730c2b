import type { Communication } from 'fhir/r4';

import type { Site } from '#shared/domain/site.ts';
import { type FhirClient } from '#shared/fhir/fhir-client.ts';
import { fhirString } from '#shared/fhir/fhir-text.ts';
import { fingerprint } from '#shared/fhir/fingerprint.ts';
import { identifierToken, ifNoneExist } from '#shared/fhir/identifier-search.ts';
import { siteSystem, SYSTEM } from '#shared/fhir/systems.ts';
import { fromIso, toIso, type EpochMs } from '#shared/kernel/clock.ts';

/** Communication.category of what a site sent and we could not take: a person looks at it. */
const PROBLEM_CODE = 'intake-problem';

/** Something a site sent that did not become a reading: kept whole, with the reason, until a person has dealt with it. */
export interface IntakeProblem {
  readonly siteId: string;
  readonly siteName: string;
  readonly code: string;
  readonly reason: string;
  /** What was sent, as text. */
  readonly content: string;
  readonly at: EpochMs;
}

/** Largest text a hub is asked to hold in one string (R4 limits strings to 1 MB); longer content is cut, its length told. */
const MAX_CONTENT = 900_000;

/** Keeps it on the hub; the same content kept again is kept once. Throws FhirError when the hub does not take it. */
export async function keepProblem(
  fhir: FhirClient,
  site: Pick<Site, 'id' | 'name'>,
  problem: Pick<IntakeProblem, 'code' | 'reason' | 'content' | 'at'>,
): Promise<void> {
  const system = siteSystem(site.id, 'message');
  const value = fingerprint(`${problem.code}\n${problem.content}`);
  const { content } = problem;
  const text =
    content.length > MAX_CONTENT ? `${content.slice(0, MAX_CONTENT)}\n(cut; ${content.length} characters)` : content;
  const communication: Communication = {
    resourceType: 'Communication',
    identifier: [{ system, value }],
    status: 'in-progress',
    category: [{ coding: [{ system: SYSTEM.taskKind, code: PROBLEM_CODE }] }],
    statusReason: { coding: [{ code: problem.code }], text: fhirString(problem.reason) ?? problem.code },
    sent: toIso(problem.at),
    sender: { identifier: { system: SYSTEM.site, value: site.id }, display: site.name },
    payload: [{ contentString: fhirString(text.replace(/\r\n?/g, '\n')) ?? '(empty)' }],
  };
  await fhir.create(communication, ifNoneExist(system, value));
}

/** What waits for a person. */
export async function readIntakeProblems(fhir: FhirClient): Promise<IntakeProblem[]> {
  const found = await fhir.search<Communication>('Communication', {
    category: identifierToken(SYSTEM.taskKind, PROBLEM_CODE),
    status: 'in-progress',
  });
  return found.map((each) => ({
    siteId: each.sender?.identifier?.value ?? '',
    siteName: each.sender?.display ?? '',
    code: each.statusReason?.coding?.[0]?.code ?? '',
    reason: each.statusReason?.text ?? '',
    content: each.payload?.[0]?.contentString ?? '',
    at: fromIso(each.sent) ?? (0 as EpochMs),
  }));
}
