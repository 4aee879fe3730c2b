import type {
  AllergyIntolerance,
  Bundle,
  BundleEntry,
  Condition,
  DiagnosticReport,
  Observation,
  Patient,
  ServiceRequest,
} from 'fhir/r4';

import type { NoteFact } from '#shared/domain/notes.ts';
import { ifNoneExist } from '#shared/fhir/identifier-search.ts';
import { humanNames } from '#shared/fhir/person-name.ts';
import { toIso } from '#shared/kernel/clock.ts';
import type { DemoStudy } from './studies/index.ts';

/** The clinic's own namespaces: another system than ours, with its own ways. */
const SYSTEMS = {
  mrn: 'urn:harbor:mrn',
  accession: 'urn:harbor:accession',
  fact: 'urn:harbor:fact',
  priority: 'urn:harbor:activation',
} as const;
const IDENTIFIER_TYPE = 'http://terminology.hl7.org/CodeSystem/v2-0203';
const PATIENT = 'urn:uuid:00000000-0000-4000-8000-00000000000a';
const GENDER = { M: 'male', F: 'female', O: 'other', unknown: 'unknown' } as const;
const PRIORITY = {
  stroke: 'stat',
  trauma: 'stat',
  stat: 'stat',
  asap: 'asap',
  urgent: 'urgent',
  routine: 'routine',
} as const;
const ACTIVATION: Readonly<Record<string, string>> = { stroke: 'Code stroke', trauma: 'Trauma activation' };

type Identified = Patient | ServiceRequest | AllergyIntolerance | Condition | DiagnosticReport | Observation;

function post(resource: Identified, fullUrl?: string): BundleEntry {
  const key = resource.identifier?.[0];
  return {
    ...(fullUrl === undefined ? {} : { fullUrl }),
    resource,
    request: {
      method: 'POST',
      url: resource.resourceType,
      ifNoneExist: ifNoneExist(key?.system ?? '', key?.value ?? ''),
    },
  };
}

function patientOf({ patient }: DemoStudy): Patient {
  return {
    resourceType: 'Patient',
    identifier: [
      { type: { coding: [{ system: IDENTIFIER_TYPE, code: 'MR' }] }, system: SYSTEMS.mrn, value: patient.mrn },
    ],
    name: humanNames(patient.name),
    gender: GENDER[patient.sex],
    birthDate: patient.birthDate,
  };
}

function requestOf(study: DemoStudy): ServiceRequest {
  const { exam } = study;
  const activation = ACTIVATION[study.priority];
  const technologist = study.notes.filter((fact) => fact.kind === 'technologist-note');
  return {
    resourceType: 'ServiceRequest',
    identifier: [
      {
        type: { coding: [{ system: IDENTIFIER_TYPE, code: 'ACSN' }] },
        system: SYSTEMS.accession,
        value: study.accessionNumber,
      },
    ],
    status: 'active',
    intent: 'order',
    priority: PRIORITY[study.priority],
    code: {
      ...(exam.code === undefined
        ? {}
        : { coding: [{ system: exam.codeSystem ?? 'urn:harbor:exam', code: exam.code }] }),
      text: exam.text,
    },
    subject: { reference: PATIENT },
    authoredOn: toIso(study.studyDateTime),
    requester: { display: study.orderedBy.name, identifier: { value: study.orderedBy.id } },
    locationCode: [{ text: study.location }],
    reasonCode: [{ text: study.reason }, ...(activation === undefined ? [] : [{ text: activation }])],
    note: technologist.map((fact) => ({ authorString: 'Technologist', text: fact.text })),
  };
}

const QUANTITY = /^([<>]?)(\d+(?:\.\d+)?) (\S+)$/;

function observationOf(fact: NoteFact, identifier: Observation['identifier']): Observation {
  const quantity = QUANTITY.exec(fact.text);
  return {
    resourceType: 'Observation',
    ...(identifier === undefined ? {} : { identifier }),
    status: 'final',
    ...(fact.kind === 'lab'
      ? {
          category: [
            { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
          ],
        }
      : {}),
    code: {
      ...(fact.code === undefined ? {} : { coding: [{ system: 'http://loinc.org', code: fact.code }] }),
      text: fact.label,
    },
    subject: { reference: PATIENT },
    ...(fact.at === undefined ? {} : { effectiveDateTime: toIso(fact.at) }),
    ...(quantity === null || quantity[1] !== ''
      ? { valueString: fact.text === '' ? fact.label : fact.text }
      : { valueQuantity: { value: Number(quantity[2]), unit: quantity[3] ?? '' } }),
    ...(fact.abnormal === true
      ? {
          interpretation: [
            { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code: 'A' }] },
          ],
        }
      : {}),
  };
}

/** One fact in the resource type that a record system would hold it in. */
function factResource(
  fact: NoteFact,
  key: string,
): AllergyIntolerance | Condition | DiagnosticReport | Observation | undefined {
  const identifier = [{ system: SYSTEMS.fact, value: key }];
  switch (fact.kind) {
    case 'technologist-note':
    case 'reason':
      return undefined;
    case 'allergy':
    case 'contrast-reaction':
      return {
        resourceType: 'AllergyIntolerance',
        identifier,
        clinicalStatus: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
        },
        ...(fact.abnormal === true ? { criticality: 'high' } : {}),
        code: { text: fact.label },
        patient: { reference: PATIENT },
        ...(fact.text === '' ? {} : { reaction: [{ manifestation: [{ text: fact.text }] }] }),
      };
    case 'history':
      return {
        resourceType: 'Condition',
        identifier,
        clinicalStatus: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
        },
        code: { text: fact.text === '' ? fact.label : `${fact.label}: ${fact.text}` },
        subject: { reference: PATIENT },
      };
    case 'prior-report':
      return {
        resourceType: 'DiagnosticReport',
        identifier,
        status: 'final',
        code: { text: fact.label },
        subject: { reference: PATIENT },
        ...(fact.at === undefined ? {} : { effectiveDateTime: toIso(fact.at) }),
        ...(fact.studyInstanceUid === undefined
          ? {}
          : { imagingStudy: [{ identifier: { system: 'urn:dicom:uid', value: `urn:oid:${fact.studyInstanceUid}` } }] }),
        conclusion: fact.text,
      };
    default:
      return observationOf(fact, identifier);
  }
}

/** A reason said in the facts adds to the request's own. */
const moreReasons = (study: DemoStudy): { text: string }[] =>
  study.notes.filter((fact) => fact.kind === 'reason').map((fact) => ({ text: fact.text }));

/** The order and all that the clinic's record holds of the patient, as one transaction; sent again it creates nothing twice. */
export function orderBundle(study: DemoStudy): Bundle {
  const request = requestOf(study);
  const facts = study.notes.map((fact, index) => factResource(fact, `${study.key}-${index}`));
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      post(patientOf(study), PATIENT),
      ...facts.filter((resource) => resource !== undefined).map((resource) => post(resource)),
      post({ ...request, reasonCode: [...(request.reasonCode ?? []), ...moreReasons(study)] }),
    ],
  };
}
