import type { Encounter, FhirResource, Observation, ServiceRequest } from 'fhir/r4';
import { describe, expect, it } from 'vitest';

import type { SiteId } from '#shared/domain/identifiers.ts';
import { priorityOf } from '#shared/domain/order-priority.ts';
import { orderFromFhir } from '#shared/fhir/order-from-fhir.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';

const at = Date.UTC(2026, 10, 21, 22) as EpochMs;
const request: ServiceRequest = {
  resourceType: 'ServiceRequest',
  id: 'sr1',
  status: 'active',
  intent: 'order',
  priority: 'urgent',
  subject: { reference: 'Patient/p1' },
  identifier: [{ type: { coding: [{ code: 'ACSN' }] }, value: 'A-1' }],
  code: { text: 'CT head without contrast' },
  authoredOn: '2026-11-21T21:30:00Z',
};
function order(change: Partial<ServiceRequest> = {}, ...related: FhirResource[]) {
  const read = orderFromFhir(
    {
      request: { ...request, ...change },
      patient: { resourceType: 'Patient', id: 'p1', identifier: [{ value: '4711' }], name: [{ family: 'Doe' }] },
      related,
    },
    'mercy' as SiteId,
    at,
  );
  if (!read.ok) throw new Error(read.error.reason);
  return read.value;
}
const observation = (change: Partial<Observation>): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'Intracranial hemorrhage' },
  device: { display: 'Bleed Triage 2' },
  basedOn: [{ reference: 'ServiceRequest/sr1' }],
  issued: '2026-11-21T21:50:00Z',
  ...change,
});

describe('an AI result in a site’s FHIR server', () => {
  it('comes with the order: finding, probability, algorithm, time', () => {
    const positive = observation({
      valueCodeableConcept: { text: 'Subdural hemorrhage' },
      component: [{ code: { text: 'Probability' }, valueQuantity: { value: 93, unit: '%' } }],
    });
    expect(order({}, positive).aiResults).toEqual([
      {
        finding: 'Subdural hemorrhage',
        probability: 0.93,
        algorithm: 'Bleed Triage 2',
        at: Date.UTC(2026, 10, 21, 21, 50),
      },
    ]);
  });

  it('that says no has probability 0, in whatever way it says so', () => {
    const no: Partial<Observation>[] = [
      { valueBoolean: false },
      { valueCodeableConcept: { text: 'Negative' } },
      { interpretation: [{ coding: [{ code: 'NEG' }] }], valueQuantity: { value: 0.9 } },
    ];
    for (const change of no)
      expect(order({}, observation(change)).aiResults).toMatchObject([
        { finding: 'Intracranial hemorrhage', probability: 0 },
      ]);
  });

  it('is none when a person observed it, it belongs to another order, is withdrawn, or is older than the order', () => {
    const { device: _device, ...byPerson } = observation({});
    const { basedOn: _basedOn, ...unlinked } = observation({ issued: '2026-11-20T21:50:00Z' });
    const others = [
      byPerson,
      observation({ basedOn: [{ reference: 'ServiceRequest/other' }] }),
      observation({ status: 'entered-in-error' }),
      unlinked,
    ];
    expect(order({}, ...others).aiResults).toBeUndefined();
  });
});

describe('where the patient lies', () => {
  const encounter = (code: string, location: string): Encounter => ({
    resourceType: 'Encounter',
    id: 'e1',
    status: 'in-progress',
    class: { code },
    location: [{ location: { display: location } }],
  });
  it.each([
    ['EMER', 'ED bay 4', 'emergency'],
    ['IMP', 'Ward 3', 'inpatient'],
    ['IMP', 'Neuro ICU 12', 'icu'],
    ['AMB', 'Imaging', 'outpatient'],
  ])('is told by the encounter: %s at %s is %s', (code, place, patientClass) => {
    const told = order({ encounter: { reference: 'Encounter/e1' } }, encounter(code, place));
    expect(told).toMatchObject({ patientClass, location: place });
  });
});

describe('how an order says that it is urgent', () => {
  it('names the field of the reader, a patient on the table and a second opinion', () => {
    expect(order({ performerType: { text: 'Neuroradiologist' } }).subspecialty).toBe('neuro');
    expect(order({ performerType: { text: 'Radiologist' } }).subspecialty).toBeUndefined();
    expect(order({ note: [{ text: 'Patient is on the table, please call' }] }).patientWaiting).toBe(true);
    expect(order({ note: [{ text: 'patient waiting' }] }).patientWaiting).toBe(true);
    expect(order({ code: { text: 'CT head second opinion' } }).readType).toBe('second-opinion');
    expect(order()).not.toHaveProperty('readType');
  });

  it('in a word unknown to us stands as urgent and keeps the word', () => {
    const odd = order({ priority: 'yesterday' as 'stat' });
    expect(odd).toMatchObject({ priority: 'urgent', unclearPriority: 'yesterday' });
    expect(order()).not.toHaveProperty('unclearPriority');
    expect(priorityOf(['P4', 'S'], [])).toBe('stat');
    expect(priorityOf(['P4'], [], 'emergency')).toBe('asap');
    expect(priorityOf([], [])).toBe('routine');
  });

  it('in 10 MB of words is read in its first sentences, in no time that grows with the rest', () => {
    const long = `code stroke ${'chest pelvis '.repeat(800_000)}`;
    const told = order({ code: { text: `CT head ${'chest '.repeat(1_700_000)}` }, reasonCode: [{ text: long }] });
    expect(told).toMatchObject({ priority: 'stroke', exam: { modality: 'CT' } });
  });
});

describe('a Task whose priority is no word of FHIR', () => {
  const task = {
    resourceType: 'Task',
    id: 't1',
    status: 'ready',
    intent: 'order',
    code: { coding: [{ system: 'http://dicom.nema.org/resources/ontology/DCM', code: '110005' }] },
  };
  it.each([['EMERGENT!'], [17], [{}]])('(%j) is urgent and says so', (priority) => {
    const read = readingTaskFromFhir({ ...task, priority });
    expect(read.ok && read.value.priority).toBe('urgent');
    expect(read.ok && read.value.unclearPriority).toBeTruthy();
  });

  it('and nothing stated is routine, for an emergency patient ASAP', () => {
    const input = [
      {
        type: { coding: [{ system: 'urn:overread:task-input', code: 'patient-class' }] },
        valueString: 'emergency',
      },
    ];
    const priority = (resource: unknown) => {
      const read = readingTaskFromFhir(resource);
      return read.ok ? read.value.priority : undefined;
    };
    expect(priority(task)).toBe('routine');
    expect(priority({ ...task, input })).toBe('asap');
  });
});
