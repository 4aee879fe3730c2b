import type { Patient } from 'fhir/r4';

import type { PatientId, SiteId } from '../domain/identifiers.ts';
import type { Person } from '../domain/identity.ts';
import { matchPatients } from '../domain/patient-match.ts';
import { allTraits } from '../domain/person-traits.ts';
import type { ReadingTask } from '../domain/reading-task.ts';
import type { MatchDecision, RecordElsewhere } from '../domain/records-elsewhere.ts';
import { putEntry } from './critical-on-hub.ts';
import { FhirError, type FhirClient } from './fhir-client.ts';
import { identifierToken } from './identifier-search.ts';
import { matchDecisions, withMatchDecision } from './match-decision.ts';
import { linkedPatients } from './patient-link.ts';
import { personFromFhir } from './patient-to-fhir.ts';
import { readPatient } from './person-on-hub.ts';
import { siteSystem } from './systems.ts';

/** People born on one day, of whom the group knows. */
const MOST_CANDIDATES = 500;
const MAX_CONFLICTS = 5;
const OF_SITE = /^urn:overread:site:([^:]+):mrn$/;

/** All records that one site keeps of one person: what its merges have made one (ADT^A40). */
interface KnownPerson {
  readonly siteId: SiteId;
  readonly records: readonly Patient[];
  readonly person: Person;
  readonly numbers: readonly string[];
}

const siteOf = ({ identifier = [] }: Patient): SiteId | undefined =>
  identifier.map(({ system = '' }) => OF_SITE.exec(system)?.[1]).find((site) => site !== undefined) as
    | SiteId
    | undefined;

const idOf = ({ id = '' }: Patient): string => id;

/** Undefined for a record that bears no number of a site of ours. */
async function knownPerson(fhir: FhirClient, patient: Patient): Promise<KnownPerson | undefined> {
  const siteId = siteOf(patient);
  if (siteId === undefined) return undefined;
  const linked = await Promise.all(linkedPatients(patient).map((id) => readPatient(fhir, id)));
  const merged = linked.flatMap((each) => (each !== undefined && siteOf(each) === siteId ? [each] : []));
  // The number that goes on first: a merge leaves the other inactive (R4 Patient.active).
  const records = [patient, ...merged].toSorted((one, other) => rank(one) - rank(other));
  const persons = records.map((record) => personFromFhir(record, siteSystem(siteId, 'mrn')));
  const [first] = persons;
  if (first === undefined) return undefined;
  const traits = allTraits(persons.map((each) => each.traits));
  const birthDate = persons.find((each) => each.birthDate !== undefined)?.birthDate;
  const person: Person = {
    ...first,
    otherNames: persons.flatMap((each) => [each.name, ...(each.otherNames ?? [])]).filter((name) => name !== ''),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(traits === undefined ? {} : { traits }),
  };
  return { siteId, records, person, numbers: persons.map(({ mrn }) => mrn).filter((mrn) => mrn !== '') };
}
const rank = ({ active }: Patient): number => (active === false ? 1 : 0);

/** Everybody with one of the numbers, or born on the same day, and who was decided about before. */
async function candidates(
  fhir: FhirClient,
  { birthDate, traits }: Person,
  decisions: readonly MatchDecision[],
): Promise<readonly Patient[]> {
  const numbers = (traits?.numbers ?? []).map(({ issuer, value }) => identifierToken(issuer, value));
  const found = await Promise.all([
    numbers.length === 0 ? [] : fhir.search<Patient>('Patient', { identifier: numbers.join(',') }, MOST_CANDIDATES),
    birthDate === undefined ? [] : fhir.search<Patient>('Patient', { birthdate: birthDate }, MOST_CANDIDATES),
    Promise.all(decisions.map(({ patientId }) => readPatient(fhir, patientId))),
  ]);
  const patients = found.flat().filter((patient) => patient !== undefined);
  return [...new Map(patients.map((patient) => [idOf(patient), patient])).values()];
}

/** Who gave the site's number of this person, where the site has said so. */
const issuersOf = ({ person, numbers }: KnownPerson): readonly string[] =>
  (person.traits?.numbers ?? []).flatMap(({ kind, issuer, value }) =>
    kind === 'record' && numbers.includes(value) ? [issuer] : [],
  );

/** Within one site only records of issuers that are known and differ: what one issuer numbers twice is that issuer's to merge. */
function areOtherNameSpaces(own: KnownPerson, other: KnownPerson): boolean {
  if (own.siteId !== other.siteId) return true;
  const [issuers, others] = [issuersOf(own), issuersOf(other)];
  return issuers.length > 0 && others.length > 0 && !issuers.some((issuer) => others.includes(issuer));
}

/** Records of other sites, or of other issuers, that are or may be this person's, with what speaks for it. Throws FhirError. */
export async function findRecordsElsewhere(
  fhir: FhirClient,
  { patient }: Pick<ReadingTask, 'patient'>,
): Promise<readonly RecordElsewhere[]> {
  const held = patient.id === '' ? undefined : await readPatient(fhir, patient.id);
  const own = held === undefined ? undefined : await knownPerson(fhir, held);
  if (own === undefined) return [];
  const decisions = own.records.flatMap(matchDecisions);
  const seen = new Set(own.records.map(idOf));
  const found: RecordElsewhere[] = [];
  for (const candidate of await candidates(fhir, own.person, decisions)) {
    if (seen.has(idOf(candidate))) continue;
    const other = await knownPerson(fhir, candidate);
    other?.records.forEach((record) => seen.add(idOf(record)));
    const [first] = other?.records ?? [];
    if (other === undefined || first === undefined || !areOtherNameSpaces(own, other)) continue;
    const patientIds = other.records.map(idOf);
    const match = matchPatients(own.person, other.person);
    const decision = decisions.findLast((each) => patientIds.includes(each.patientId));
    const isTold = match.strength === 'never' ? decision?.verdict === 'same' : match.strength !== 'none';
    if (!isTold && decision === undefined) continue;
    found.push({
      patientId: idOf(first) as PatientId,
      siteId: other.siteId,
      match,
      ...(decision === undefined ? {} : { decision }),
      numbers: other.numbers,
      patientIds,
    });
  }
  return found;
}

/**
 * The decision in both records, in one transaction; `undefined` takes it back. No record is moved and none is linked: what a site keeps stays that site's.
 * Throws FhirError.
 */
export async function decideMatch(
  fhir: FhirClient,
  ownId: string,
  record: Pick<RecordElsewhere, 'patientId' | 'patientIds'>,
  decision: Omit<MatchDecision, 'patientId'> | undefined,
): Promise<'decided' | 'not-found'> {
  for (let attempt = 1; ; attempt += 1) {
    const own = await readPatient(fhir, ownId);
    const others = await Promise.all(record.patientIds.map((id) => readPatient(fhir, id)));
    if (own === undefined || others.every((other) => other === undefined)) return 'not-found';
    const about = (patientId: string) => (decision === undefined ? undefined : { ...decision, patientId });
    // An earlier decision may name a record that was merged since.
    const ownNow = record.patientIds.reduce(
      (patient, id) => withMatchDecision(patient, id, id === record.patientId ? about(id) : undefined),
      own,
    );
    const entry = [
      putEntry(ownNow, own.meta?.versionId ?? ''),
      ...others.flatMap((other) => {
        if (other === undefined) return [];
        const isIt = idOf(other) === record.patientId;
        const next = withMatchDecision(other, ownId, isIt ? about(ownId) : undefined);
        return [putEntry(next, other.meta?.versionId ?? '')];
      }),
    ];
    try {
      await fhir.transaction({ resourceType: 'Bundle', type: 'transaction', entry });
      return 'decided';
    } catch (error) {
      const isConflict = error instanceof FhirError && error.refusal.code === 'conflict';
      if (!isConflict || attempt === MAX_CONFLICTS) throw error;
    }
  }
}
