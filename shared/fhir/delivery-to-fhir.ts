import type { Identifier, Task } from 'fhir/r4';

import { toIso } from '../kernel/clock.ts';
import { MAX_ANSWER_CHARACTERS, MAX_TRIES, type Delivery, type DeliveryState } from '../domain/delivery.ts';
import { fhirInstant, fhirString, listOf, referenceTo } from './fhir-text.ts';
import { DELIVERY_CODE, SYSTEM } from './systems.ts';
import { countInput, foreignInputs, instantInput, textInput } from './task-input.ts';

const STATUS: Readonly<Record<DeliveryState, Task['status']>> = {
  waiting: 'requested',
  accepted: 'completed',
  'with-a-person': 'failed',
  'settled-by-hand': 'completed',
};

/** The same report version on the same channel is the same delivery, however often it is written. */
export const deliveryIdentifier = (reportUuid: string, channelIndex: number): Identifier => ({
  system: SYSTEM.delivery,
  value: `${reportUuid}/${channelIndex}`,
});

/**
 * A delivery as FHIR R4 Task. An empty `id` or `version` is left out, for creation; `reportId` and `taskId` may be an
 * `urn:uuid:` of the same transaction. `reportUuid` is `SignedReport.reportUuid`.
 * `base` is the Task as the server holds it: its identifier and what other systems wrote there stay.
 */
export function deliveryToFhir(delivery: Delivery, reportUuid: string | undefined, base?: Task): Task {
  const reading = { reference: referenceTo('Task', delivery.taskId) };
  const identifier = identifierOf(delivery, reportUuid, base);
  const siteName = fhirString(delivery.siteName);
  const authoredOn = fhirInstant(delivery.signedAt);
  return {
    ...base,
    resourceType: 'Task',
    ...(delivery.id === '' ? {} : { id: delivery.id }),
    ...(delivery.version === '' ? {} : { meta: { ...base?.meta, versionId: delivery.version } }),
    ...(identifier === undefined ? {} : { identifier }),
    basedOn: [reading],
    partOf: [reading],
    status: STATUS[delivery.state],
    businessStatus: { coding: [{ system: SYSTEM.taskKind, code: delivery.state }] },
    intent: base?.intent ?? 'order',
    code: { coding: [DELIVERY_CODE] },
    focus: { reference: referenceTo('DiagnosticReport', delivery.reportId) },
    ...forPatient(delivery, base),
    ...(authoredOn === undefined ? {} : { authoredOn }),
    requester: {
      identifier: { system: SYSTEM.site, value: delivery.siteId },
      ...(siteName === undefined ? {} : { display: siteName }),
    },
    input: [...inputsOf(delivery), ...foreignInputs(base?.input)],
  };
}

function identifierOf(delivery: Delivery, reportUuid: string | undefined, base: Task | undefined) {
  const kept = listOf(base?.identifier) as Identifier[];
  if (kept.length > 0) return kept;
  return reportUuid === undefined ? undefined : [deliveryIdentifier(reportUuid, delivery.channelIndex)];
}

function forPatient({ patientId, patientName }: Delivery, base: Task | undefined): Pick<Task, 'for'> {
  const display = fhirString(patientName);
  if (patientId === undefined && display === undefined) return {};
  return {
    for: {
      ...base?.for,
      type: 'Patient',
      ...(patientId === undefined ? {} : { reference: referenceTo('Patient', patientId) }),
      ...(display === undefined ? {} : { display }),
    },
  };
}

function inputsOf(delivery: Delivery): NonNullable<Task['input']> {
  return [
    ...textInput('channel', delivery.channel),
    ...countInput('channel-index', delivery.channelIndex),
    ...countInput('attempts', delivery.attempts),
    ...instantInput('signed-at', delivery.signedAt),
    ...instantInput('not-before', delivery.notBefore),
    ...instantInput('sent-at', delivery.sentAt),
    ...instantInput('acknowledged-at', delivery.acknowledgedAt),
    ...textInput('acknowledgement', delivery.acknowledgement),
    ...textInput('problem', delivery.problem),
    ...textInput('accession', delivery.accessionNumber),
    ...textInput('exam-text', delivery.examText),
    ...countInput('report-version', delivery.reportVersion),
    ...textInput('answer', delivery.answer?.slice(0, MAX_ANSWER_CHARACTERS)),
    ...instantInput('opened-at', delivery.openedAt),
    ...textInput('opened-by', delivery.openedBy),
    ...(delivery.tries ?? [])
      .slice(-MAX_TRIES)
      .flatMap(({ at, outcome, code }) => textInput('try', [toIso(at), outcome, code ?? ''].join(' ').trim())),
    ...(delivery.settlement === undefined
      ? []
      : [
          ...textInput('settled-how', delivery.settlement.how),
          ...textInput('settled-by', delivery.settlement.by),
          ...instantInput('settled-at', delivery.settlement.at),
        ]),
  ];
}
