import type { Annotation, Communication, Extension } from 'fhir/r4';

import type { CriticalLevel, CriticalResult, TellingWay } from '../domain/critical-result.ts';
import { toIso } from '../kernel/clock.ts';
import { fhirInstant, fhirString, referenceTo } from './fhir-text.ts';
import { identifierToken } from './identifier-search.ts';
import { codePart, flagPart, foreignExtensions, groupPart, instantPart, textPart } from './nested-extension.ts';
import { siteSystem, SYSTEM } from './systems.ts';

/** Communication.category of a critical result. */
export const CRITICAL_CODE = 'critical-result';
export const CRITICAL_CATEGORY = identifierToken(SYSTEM.taskKind, CRITICAL_CODE);
/** The complex extension that carries what Communication has no element for. */
export const CRITICAL_EXTENSION = 'urn:overread:critical-result';

const PRIORITY: Readonly<Record<CriticalLevel, NonNullable<Communication['priority']>>> = {
  red: 'stat',
  orange: 'asap',
  yellow: 'urgent',
};

/** v3-ParticipationMode. */
const MEDIUM: Readonly<Record<TellingWay, { readonly code: string; readonly display: string }>> = {
  phone: { code: 'PHONE', display: 'telephone' },
  message: { code: 'ELECTRONIC', display: 'electronic data' },
  'in-person': { code: 'PHYSICAL', display: 'physical presence' },
};

/**
 * A critical result as FHIR R4 Communication: `in-progress` until confirmed, `completed` then. `sent` is the last telling, `received` the
 * confirmation; each act also stands as a note that any FHIR reader shows. `base` is the resource as the server holds it.
 */
export function criticalToFhir(result: CriticalResult, base?: Communication): Communication {
  const told = result.tellings.at(-1);
  const sent = fhirInstant(told?.at);
  const received = fhirInstant(result.confirmation?.at);
  const exam = fhirString(result.examText);
  return {
    ...base,
    resourceType: 'Communication',
    ...(result.id === '' ? {} : { id: result.id }),
    ...(result.version === '' ? {} : { meta: { ...base?.meta, versionId: result.version } }),
    extension: [
      ...foreignExtensions(base, CRITICAL_EXTENSION),
      { url: CRITICAL_EXTENSION, extension: extensionOf(result) },
    ],
    identifier: base?.identifier ?? [{ system: SYSTEM.critical, value: result.uuid }],
    basedOn: [{ reference: referenceTo('Task', result.taskId) }],
    ...(result.reportId === undefined
      ? {}
      : { about: [{ reference: referenceTo('DiagnosticReport', result.reportId) }] }),
    status: result.confirmation === undefined ? 'in-progress' : 'completed',
    category: [{ coding: [{ system: SYSTEM.taskKind, code: CRITICAL_CODE, display: 'Critical result' }] }],
    priority: PRIORITY[result.level],
    subject: subjectOf(result),
    ...(exam === undefined ? {} : { topic: { text: exam } }),
    ...(sent === undefined ? {} : { sent }),
    ...(received === undefined ? {} : { received }),
    ...(told === undefined
      ? {}
      : {
          medium: [
            {
              coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationMode', ...MEDIUM[told.how] }],
            },
          ],
          recipient: [{ type: 'Practitioner', display: `${told.to.name}, ${told.to.role}` }],
        }),
    sender: readerReference(result.foundBy),
    payload: [{ contentString: fhirString(result.finding) ?? '(no words)' }],
    note: notesOf(result),
  };
}

export const readerReference = ({ id, name }: { readonly id: string; readonly name: string }) => ({
  type: 'Practitioner',
  identifier: { system: SYSTEM.reader, value: id },
  display: fhirString(name) ?? id,
});

/** Patient of the hub, or a name only where the reading has none there. */
export const subjectOf = ({
  patientId,
  patientName,
}: {
  readonly patientId?: string;
  readonly patientName: string;
}): NonNullable<Communication['subject']> => {
  const display = fhirString(patientName);
  return {
    ...(patientId === undefined || patientId === ''
      ? { type: 'Patient' }
      : { reference: referenceTo('Patient', patientId) }),
    ...(display === undefined ? {} : { display }),
  };
};

function extensionOf(result: CriticalResult): Extension[] {
  return [
    ...codePart('level', result.level),
    ...codePart('caller', result.caller),
    ...instantPart('found-at', result.foundAt),
    ...instantPart('window-ends-at', result.windowEndsAt),
    ...instantPart('escalates-at', result.escalatesAt),
    ...placePart(result),
    ...result.tellings.flatMap(({ by, to, how, at, readBack }) =>
      groupPart('telling', [
        ...textPart('by-id', by.id),
        ...textPart('by-name', by.name),
        ...textPart('to-name', to.name),
        ...textPart('to-role', to.role),
        ...codePart('how', how),
        ...instantPart('at', at),
        ...flagPart('read-back', readBack),
      ]),
    ),
    ...result.escalations.flatMap(({ at, to }) =>
      groupPart('escalation', [
        ...instantPart('at', at),
        ...textPart('to-name', to?.name),
        ...textPart('to-role', to?.role),
        ...textPart('to-phone', to?.phone),
      ]),
    ),
    ...(result.confirmation === undefined
      ? []
      : groupPart('confirmation', [
          ...instantPart('at', result.confirmation.at),
          ...textPart('by', result.confirmation.by),
          ...codePart('via', result.confirmation.via),
        ])),
  ];
}

/** Which order of which site: with it the resource is understood without reading another. */
export const placePart = (place: {
  readonly siteId: string;
  readonly siteName: string;
  readonly accessionNumber?: string;
  readonly examText: string;
}): Extension[] =>
  groupPart('order', [
    ...textPart('site', place.siteId),
    ...textPart('site-name', place.siteName),
    ...textPart('accession', place.accessionNumber),
    ...textPart('accession-system', place.accessionNumber && siteSystem(place.siteId, 'accession')),
    ...textPart('exam', place.examText),
  ]);

function notesOf({ tellings, escalations, confirmation }: CriticalResult): Annotation[] {
  return [
    ...tellings.map(({ by, to, how, at, readBack }) => ({
      at,
      authorString: by.name,
      text: `Told to ${to.name}, ${to.role}; ${how}; read-back ${readBack ? 'yes' : 'no'}`,
    })),
    ...escalations.map(({ at, to }) => ({
      at,
      authorString: 'Overread gateway',
      text:
        to === undefined
          ? 'Not confirmed in time; nobody is on call'
          : `Not confirmed in time; to ${to.name}, ${to.role}`,
    })),
    ...(confirmation === undefined
      ? []
      : [{ at: confirmation.at, authorString: confirmation.by, text: `Confirmed (${confirmation.via})` }]),
  ]
    .toSorted((one, other) => one.at - other.at)
    .map(({ at, ...note }) => ({ time: toIso(at), ...note }));
}
