import type { FhirResource, Patient, ServiceRequest } from 'fhir/r4';
import { describe, expect, it } from 'vitest';

import { orderMessage, priorReportMessage } from '#electron/demo-site/order-messages.ts';
import { orderBundle } from '#electron/demo-site/order-resources.ts';
import { demoCatalogue } from '#electron/demo-site/studies/index.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import { orderFromFhir } from '#shared/fhir/order-from-fhir.ts';
import { parseHl7 } from '#shared/hl7/message.ts';
import { orderFromHl7 } from '#shared/hl7/order-from-hl7.ts';
import { resultFromHl7 } from '#shared/hl7/result-from-hl7.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';

const now = Date.UTC(2026, 10, 21, 22) as EpochMs;
const catalogue = demoCatalogue(7, now);
const current = catalogue.filter((study) => study.role === 'current');
const siteId = 'demo' as SiteId;

function read(text: string) {
  const parsed = parseHl7(text);
  if (!parsed.ok) throw new Error(parsed.error.reason);
  return parsed.value;
}

describe.each(current.map((study) => [study.key, study] as const))('the order of %s', (_key, study) => {
  const facts = study.notes.filter((fact) => fact.kind !== 'prior-report');

  it('says over HL7 what the story tells', () => {
    const order = orderFromHl7(read(orderMessage(study, now)), siteId, now);
    if (!order.ok) throw new Error(order.error.reason);
    expect(order.value).toMatchObject({
      control: 'new',
      accessionNumber: study.accessionNumber,
      studyInstanceUid: study.studyInstanceUid,
      patient: study.patient,
      priority: study.priority,
      patientClass: study.patientClass,
      location: study.location,
      reason: study.reason,
      orderedBy: study.orderedBy,
    });
    expect(order.value.exam).toMatchObject(study.exam);
    for (const { kind, label, text } of facts) {
      const told = order.value.notes.filter((fact) => fact.kind === kind);
      const words = told.map((fact) => `${fact.label}: ${fact.text}`).join('\n');
      if (kind !== 'technologist-note') expect(words).toContain(label);
      expect(words).toContain(text);
    }
  });

  it('says over FHIR what the story tells', () => {
    const resources = (orderBundle(study).entry ?? [])
      .map((entry) => entry.resource)
      .filter((each) => each !== undefined);
    const request = resources.find((each): each is ServiceRequest => each.resourceType === 'ServiceRequest');
    const patient = resources.find((each): each is Patient => each.resourceType === 'Patient');
    if (request === undefined || patient === undefined) throw new Error('no request');
    const related = resources.filter((each): each is FhirResource => each !== request && each !== patient);
    const order = orderFromFhir({ request, patient, related }, siteId, now);
    if (!order.ok) throw new Error(order.error.reason);
    expect(order.value).toMatchObject({
      control: 'new',
      accessionNumber: study.accessionNumber,
      patient: study.patient,
      priority: study.priority,
      location: study.location,
      reason: study.reason,
      orderedBy: study.orderedBy,
    });
    const words = order.value.notes.map((fact) => `${fact.label}: ${fact.text}`).join('\n');
    for (const { text } of study.notes) expect(words).toContain(text);
  });
});

describe('the report of a prior', () => {
  it('travels as ORU^R01 and arrives word for word', () => {
    for (const prior of catalogue.filter((study) => study.role === 'prior')) {
      const message = priorReportMessage(prior, now);
      if (message === undefined) throw new Error(`${prior.key} has no report`);
      const result = resultFromHl7(read(message));
      expect(result).toMatchObject({
        ok: true,
        value: {
          kind: 'prior-report',
          accessionNumber: prior.accessionNumber,
          studyInstanceUid: prior.studyInstanceUid,
          facts: [{ label: prior.exam.text, text: prior.report }],
        },
      });
    }
  });
});
