import type { FhirResource, ImagingStudy } from 'fhir/r4';

import type { NoteFact } from '../domain/notes.ts';
import { codeOf, wordsOf } from './care-notes.ts';
import { instantOf, recordOf, textOf } from './fhir-text.ts';
import { noteFromFhir } from './notes-from-fhir.ts';
import { SYSTEM } from './systems.ts';
import { shapedResource } from './well-shaped.ts';

/** What one resource of a site tells a reader: at least one fact, or the reason why there is none. */
export type Told =
  | { readonly facts: readonly [NoteFact, ...NoteFact[]] }
  | { readonly facts: readonly []; readonly reason: string };

const WITHDRAWN = new Set([
  'entered-in-error',
  'cancelled',
  'not-done',
  'not-taken',
  'refuted',
  'inactive',
  'draft',
  'registered',
]);

const CLINICAL = new Set([
  'AllergyIntolerance',
  'Observation',
  'DiagnosticReport',
  'Condition',
  'DocumentReference',
  'MedicationStatement',
  'MedicationRequest',
  'MedicationAdministration',
  'Encounter',
  'Procedure',
  'Flag',
  'Consent',
  'Immunization',
  'ImagingStudy',
]);

const notReadable = (type: string, paths: readonly string[], source: string): NoteFact => ({
  kind: 'other',
  label: 'Not readable',
  text: `${type}: ${paths.join(', ')} ${paths.length === 1 ? 'is' : 'are'} not as FHIR R4 says`,
  source,
});

/** Anything a site's FHIR server may send, well formed or not. */
export function toldBy(raw: unknown, source: string): Told {
  const type = textOf(recordOf(raw)['resourceType']);
  if (type === undefined) return { facts: [], reason: 'it names no resource type' };
  if (type === 'Patient' || type === 'ServiceRequest') return { facts: [], reason: `${type} is read with the order` };
  if (!CLINICAL.has(type)) return { facts: [], reason: `${type} says nothing of the patient that is shown here` };
  const { resource, wrong } = shapedResource<FhirResource>(raw);
  if (resource === undefined) return { facts: [notReadable(type, wrong, source)] };
  const fact = resource.resourceType === 'ImagingStudy' ? fromStudy(resource, source) : noteFromFhir(resource, source);
  if (fact !== undefined) return { facts: wrong.length === 0 ? [fact] : [fact, notReadable(type, wrong, source)] };
  if (wrong.length > 0) return { facts: [notReadable(type, wrong, source)] };
  const status = statusOf(resource);
  const reason =
    status !== undefined && WITHDRAWN.has(status) ? `${type} has status ${status}` : `${type} has no value in words`;
  return { facts: [], reason };
}

function statusOf(resource: FhirResource): string | undefined {
  const { status, verificationStatus } = recordOf(resource);
  const verified = codeOf(verificationStatus as Parameters<typeof codeOf>[0]);
  return textOf(status) ?? verified;
}

/** An earlier exam that the site's record knows of; its images are looked for in the archive. */
function fromStudy(study: ImagingStudy, source: string): NoteFact | undefined {
  if (study.status === 'entered-in-error' || study.status === 'cancelled') return undefined;
  const modalities = (study.modality ?? []).map(({ code }) => code);
  const uid = study.identifier?.find(({ system }) => system === SYSTEM.dicomUid)?.value;
  const words = [study.description ?? wordsOf(study.procedureCode?.[0]), ...modalities];
  const at = instantOf(study.started);
  const text = words.filter((word) => word !== undefined).join(', ');
  return {
    kind: 'procedure',
    label: 'Imaging',
    text: text === '' ? 'study without description' : text,
    ...(at === undefined ? {} : { at }),
    source,
    ...(uid === undefined ? {} : { studyInstanceUid: uid.replace(/^urn:oid:/, '') }),
  };
}
