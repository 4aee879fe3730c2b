import { recordOf } from './fhir-text.ts';

/** What a member must be for us to read it; a name that ends in `!` must be there. */
export type Shape = 'string' | 'number' | 'boolean' | readonly [Shape] | { readonly [name: string]: Shape };

/** A copy in which every member that `shape` names is what it says, or absent. Undefined when the whole is not; `wrong` hears each path. */
function wellShaped(value: unknown, shape: Shape, wrong: (path: string) => void, path = ''): unknown {
  if (typeof shape === 'string') {
    if (typeof value === shape) return value;
    wrong(path);
    return undefined;
  }
  if (Array.isArray(shape)) {
    const [each] = shape as readonly [Shape];
    if (!Array.isArray(value)) {
      wrong(path);
      return undefined;
    }
    const kept = value.map((item, place) => wellShaped(item, each, wrong, `${path}[${place}]`));
    return kept.filter((item) => item !== undefined);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    wrong(path);
    return undefined;
  }
  const copy: Record<string, unknown> = { ...value };
  for (const [key, member] of Object.entries(shape)) {
    const isNeeded = key.endsWith('!');
    const name = isNeeded ? key.slice(0, -1) : key;
    const below = path === '' ? name : `${path}.${name}`;
    const kept = copy[name] === undefined ? undefined : wellShaped(copy[name], member, wrong, below);
    if (kept === undefined && isNeeded) {
      if (copy[name] === undefined) wrong(`${below} (missing)`);
      return undefined;
    }
    if (kept === undefined) delete copy[name];
    else copy[name] = kept;
  }
  return copy;
}

const coding = { system: 'string', code: 'string', display: 'string' } as const;
const concept = { coding: [coding], text: 'string' } as const;
const identifier = { type: concept, system: 'string', value: 'string' } as const;
const reference = { reference: 'string', display: 'string', type: 'string', identifier } as const;
const meta = { versionId: 'string', lastUpdated: 'string', tag: [coding] } as const;
const quantity = { value: 'number', unit: 'string', code: 'string', comparator: 'string' } as const;
const period = { start: 'string', end: 'string' } as const;
const note = { 'text!': 'string', authorString: 'string', authorReference: reference, time: 'string' } as const;
const attachment = { contentType: 'string', data: 'string', title: 'string', url: 'string' } as const;
const text = { div: 'string' } as const;
const base = { id: 'string', meta, text } as const;
const measured = {
  'code!': concept,
  valueQuantity: quantity,
  valueString: 'string',
  valueCodeableConcept: concept,
  valueDateTime: 'string',
  valueInteger: 'number',
  valueBoolean: 'boolean',
} as const;

/** R4 resources as far as this program reads them of a site. */
const SHAPES: Readonly<Record<string, Shape>> = {
  ServiceRequest: {
    ...base,
    identifier: [identifier],
    requisition: identifier,
    'status!': 'string',
    'intent!': 'string',
    priority: 'string',
    code: concept,
    'subject!': reference,
    encounter: reference,
    authoredOn: 'string',
    requester: reference,
    performerType: concept,
    locationReference: [reference],
    locationCode: [concept],
    reasonCode: [concept],
    reasonReference: [reference],
    supportingInfo: [reference],
    bodySite: [concept],
    note: [note],
    patientInstruction: 'string',
  },
  Patient: {
    ...base,
    identifier: [identifier],
    name: [
      { use: 'string', text: 'string', family: 'string', given: ['string'], prefix: ['string'], suffix: ['string'] },
    ],
    gender: 'string',
    birthDate: 'string',
  },
  AllergyIntolerance: {
    ...base,
    clinicalStatus: concept,
    verificationStatus: concept,
    criticality: 'string',
    code: concept,
    recordedDate: 'string',
    onsetDateTime: 'string',
    asserter: reference,
    note: [note],
    reaction: [{ 'manifestation!': [concept], description: 'string', severity: 'string' }],
  },
  Observation: {
    ...base,
    ...measured,
    basedOn: [reference],
    'status!': 'string',
    category: [concept],
    effectiveDateTime: 'string',
    effectiveInstant: 'string',
    issued: 'string',
    performer: [reference],
    device: reference,
    method: concept,
    interpretation: [concept],
    component: [measured],
  },
  Condition: {
    ...base,
    clinicalStatus: concept,
    verificationStatus: concept,
    code: concept,
    onsetDateTime: 'string',
    recordedDate: 'string',
  },
  DiagnosticReport: {
    ...base,
    identifier: [identifier],
    basedOn: [reference],
    'status!': 'string',
    'code!': concept,
    effectiveDateTime: 'string',
    effectivePeriod: period,
    issued: 'string',
    performer: [reference],
    imagingStudy: [reference],
    conclusion: 'string',
    conclusionCode: [concept],
    presentedForm: [attachment],
  },
  DocumentReference: {
    ...base,
    'status!': 'string',
    type: concept,
    date: 'string',
    description: 'string',
    'content!': [{ 'attachment!': attachment }],
  },
  MedicationStatement: {
    ...base,
    'status!': 'string',
    medicationCodeableConcept: concept,
    medicationReference: reference,
    effectiveDateTime: 'string',
    effectivePeriod: period,
    dateAsserted: 'string',
    dosage: [{ text: 'string' }],
  },
  MedicationRequest: {
    ...base,
    'status!': 'string',
    medicationCodeableConcept: concept,
    medicationReference: reference,
    authoredOn: 'string',
    dosageInstruction: [{ text: 'string' }],
  },
  MedicationAdministration: {
    ...base,
    'status!': 'string',
    medicationCodeableConcept: concept,
    medicationReference: reference,
    effectiveDateTime: 'string',
    effectivePeriod: period,
    dosage: { text: 'string', dose: quantity },
  },
  ImagingStudy: {
    ...base,
    identifier: [identifier],
    basedOn: [reference],
    'status!': 'string',
    modality: [coding],
    started: 'string',
    description: 'string',
    numberOfInstances: 'number',
    procedureCode: [concept],
  },
  Encounter: {
    ...base,
    'status!': 'string',
    'class!': coding,
    type: [concept],
    reasonCode: [concept],
    period,
    location: [{ 'location!': reference }],
    diagnosis: [{ condition: reference }],
  },
  Procedure: {
    ...base,
    'status!': 'string',
    code: concept,
    performedDateTime: 'string',
    performedString: 'string',
    performedPeriod: period,
    bodySite: [concept],
    reasonReference: [reference],
    note: [note],
  },
  Flag: { ...base, 'status!': 'string', category: [concept], 'code!': concept, period },
  Consent: {
    ...base,
    'status!': 'string',
    scope: concept,
    category: [concept],
    dateTime: 'string',
    provision: { type: 'string', period, purpose: [coding] },
  },
  Immunization: { ...base, 'status!': 'string', 'vaccineCode!': concept, occurrenceDateTime: 'string' },
};

export interface ShapedResource<Resource> {
  /** Undefined when a member without which it says nothing is missing or is something else. */
  readonly resource?: Resource;
  /** Paths of members that are not what R4 says; they are left out. */
  readonly wrong: readonly string[];
}

/** Enough paths to find the fault by. */
const MOST_PATHS = 8;

/** What a site sent as one resource, parsed: inside, its members are what their types say. Types we do not read come back as they are. */
export function shapedResource<Resource>(raw: unknown): ShapedResource<Resource> {
  const wrong: string[] = [];
  const { resourceType } = recordOf(raw);
  const shape =
    typeof resourceType === 'string' && Object.hasOwn(SHAPES, resourceType) ? SHAPES[resourceType] : undefined;
  if (shape === undefined) return typeof resourceType === 'string' ? { resource: raw as Resource, wrong } : { wrong };
  const kept = wellShaped(raw, shape, (path) => {
    if (wrong.length < MOST_PATHS) wrong.push(path);
  });
  return kept === undefined ? { wrong } : { resource: kept as Resource, wrong };
}
