import type { Extension, Patient } from 'fhir/r4';

import type { MatchDecision } from '../domain/records-elsewhere.ts';
import type { EpochMs } from '../kernel/clock.ts';
import { listOf, recordOf, textOf } from './fhir-text.ts';

const MATCH_DECISION = 'urn:overread:match-decision';

const asText = ({ patientId, verdict, by, byName, at, evidence }: MatchDecision): string =>
  JSON.stringify({ patientId, verdict, by, byName, at, evidence });

/** Undefined for what is not one of ours. */
function fromText(text: string): MatchDecision | undefined {
  let json: Readonly<Record<string, unknown>>;
  try {
    json = recordOf(JSON.parse(text));
  } catch {
    return undefined;
  }
  const [patientId, by] = [textOf(json['patientId']), textOf(json['by'])];
  const { verdict, at } = json;
  if (patientId === undefined || by === undefined || typeof at !== 'number') return undefined;
  if (verdict !== 'same' && verdict !== 'different') return undefined;
  const evidence = listOf(json['evidence']).flatMap((each) => textOf(each) ?? []);
  return { patientId, verdict, by, byName: textOf(json['byName']) ?? by, at: at as EpochMs, evidence };
}

/** What readers have decided about this patient's records elsewhere. */
export const matchDecisions = ({ extension = [] }: Patient): readonly MatchDecision[] =>
  extension.flatMap(({ url, valueString = '' }) => (url === MATCH_DECISION ? (fromText(valueString) ?? []) : []));

/** With this decision in place of an earlier one about the same record; `undefined` takes the earlier one back. */
export function withMatchDecision(patient: Patient, about: string, decision: MatchDecision | undefined): Patient {
  const { extension = [], ...rest } = patient;
  const isAbout = ({ url, valueString = '' }: Extension) =>
    url === MATCH_DECISION && fromText(valueString)?.patientId === about;
  const kept = extension.filter((each) => !isAbout(each));
  const told = decision === undefined ? [] : [{ url: MATCH_DECISION, valueString: asText(decision) }];
  return kept.length + told.length === 0 ? rest : { ...rest, extension: [...kept, ...told] };
}
