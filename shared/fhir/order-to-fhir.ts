import type { Identifier, ServiceRequest } from 'fhir/r4';

import type { IncomingOrder } from '../domain/order.ts';
import { fhirCode, fhirInstant, fhirString, fhirUri } from './fhir-text.ts';
import { siteSystem, SYSTEM } from './systems.ts';

type Keyed = Pick<IncomingOrder, 'siteId' | 'accessionNumber' | 'placerOrderNumber' | 'studyInstanceUid'>;

const TYPES = { accession: 'ACSN', placer: 'PLAC' } as const;

function typed(siteId: string, what: keyof typeof TYPES, value: string): Identifier {
  return {
    type: { coding: [{ system: SYSTEM.identifierType, code: TYPES[what] }] },
    system: siteSystem(siteId, what),
    value,
  };
}

/** The site's numbers for an order; the first is its key (DESIGN: issuer + accession number), the others stand in where it is missing. */
export function orderIdentifiers(order: Keyed): Identifier[] {
  const accession = fhirString(order.accessionNumber);
  const placer = fhirString(order.placerOrderNumber);
  return [
    ...(accession === undefined ? [] : [typed(order.siteId, 'accession', accession)]),
    ...(placer === undefined ? [] : [typed(order.siteId, 'placer', placer)]),
    ...(order.studyInstanceUid === undefined
      ? []
      : [{ system: SYSTEM.dicomUid, value: `urn:oid:${order.studyInstanceUid}` }]),
  ];
}

const FHIR_PRIORITY = {
  stroke: 'stat',
  trauma: 'stat',
  stat: 'stat',
  asap: 'asap',
  urgent: 'urgent',
  routine: 'routine',
} as const;

/** The order on the hub. `patient` is a reference; `base` the resource as the hub holds it. */
export function orderToFhir(order: IncomingOrder, patient: string, base?: ServiceRequest): ServiceRequest {
  const code = fhirCode(order.exam.code);
  const system = fhirUri(order.exam.codeSystem);
  const text = fhirString(order.exam.text);
  const coding = code === undefined ? [] : [{ ...(system === undefined ? {} : { system }), code }];
  const authoredOn = fhirInstant(order.orderedAt);
  const reason = fhirString(order.reason);
  const providerName = fhirString(order.orderedBy?.name);
  const providerId = fhirString(order.orderedBy?.id);
  const known = base?.identifier ?? [];
  const told = orderIdentifiers(order);
  return {
    ...base,
    resourceType: 'ServiceRequest',
    identifier: [...told, ...known.filter((each) => !told.some((other) => other.system === each.system))],
    status: order.control === 'cancel' ? 'revoked' : 'active',
    intent: 'order',
    priority: FHIR_PRIORITY[order.priority],
    category: [{ coding: [{ system: 'http://snomed.info/sct', code: '363679005', display: 'Imaging' }] }],
    ...(text === undefined && coding.length === 0
      ? {}
      : { code: { ...(coding.length === 0 ? {} : { coding }), ...(text === undefined ? {} : { text }) } }),
    subject: { reference: patient },
    ...(authoredOn === undefined || base?.authoredOn !== undefined ? {} : { authoredOn }),
    ...(providerName === undefined
      ? {}
      : {
          requester: {
            display: providerName,
            ...(providerId === undefined ? {} : { identifier: { value: providerId } }),
          },
        }),
    ...(reason === undefined ? {} : { reasonCode: [{ text: reason }] }),
  };
}
