import type { Bundle, BundleEntry, Provenance, Task } from 'fhir/r4';

import type { Delivery } from '../domain/delivery.ts';
import type { DeliveryId, ReportId } from '../domain/identifiers.ts';
import type { ReadingTask } from '../domain/reading-task.ts';
import type { Site } from '../domain/site.ts';
import { toIso } from '../kernel/clock.ts';
import type { SignedReport } from '../reporting/signed-report.ts';
import { deliveryIdentifier, deliveryToFhir } from './delivery-to-fhir.ts';
import { readingTaskToFhir } from './reading-task-to-fhir.ts';
import { reportIfNoneExist, reportToFhir, type AttachText } from './report-to-fhir.ts';
import { SYSTEM } from './systems.ts';

export interface SigningTransactionInput {
  readonly signed: SignedReport;
  /** Detached compact JWS over the canonical report. */
  readonly signature: string;
  /** The reading as the hub holds it; `task.version` fences the write. */
  readonly task: ReadingTask;
  /** The Task resource that `task` was read from: what other systems wrote there stays. */
  readonly base: Task;
  /** The site the report goes back to; absent when it is no longer configured, then nothing is delivered. */
  readonly site: Site | undefined;
}

/** Positions of the entries, for reading the answer. */
export const SIGNING_ENTRY = { report: 0, provenance: 1, task: 2, firstDelivery: 3 } as const;

/**
 * The one transaction of signing (DESIGN 8): the report, its provenance with signature, the reading completed under its fence, and one
 * delivery for every return channel of the site. All of it stands, or none.
 */
export function signingTransaction(input: SigningTransactionInput, attach: AttachText): Bundle {
  const { signed, signature, task, base, site } = input;
  const reportUrl = `urn:uuid:${signed.reportUuid}`;
  const report = reportToFhir(
    {
      signed,
      signature,
      ...(task.serviceRequestId === undefined ? {} : { serviceRequestId: task.serviceRequestId }),
    },
    attach,
  );
  const { claim: _claim, ...unclaimed } = task;
  const completed: Task = {
    ...readingTaskToFhir({ ...unclaimed, state: 'completed', reportId: reportUrl as ReportId }, base),
    owner: ownerOf(signed),
  };
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        fullUrl: reportUrl,
        resource: report,
        request: { method: 'POST', url: 'DiagnosticReport', ifNoneExist: reportIfNoneExist(signed.reportUuid) },
      },
      { resource: provenanceOf(signed, signature, reportUrl, attach), request: { method: 'POST', url: 'Provenance' } },
      {
        resource: completed,
        request: { method: 'PUT', url: `Task/${task.id}`, ifMatch: `W/"${task.version}"` },
      },
      ...deliveriesOf(signed, site).map((delivery): BundleEntry => deliveryEntry(delivery, signed.reportUuid)),
    ],
  };
}

/** Deliveries that signing a report creates, in the order of the site's `return` list; not yet known to the hub. */
export const deliveriesOf = (signed: SignedReport, site: Site | undefined): Delivery[] =>
  (site?.returns ?? []).map((channel, channelIndex) => ({
    id: '' as DeliveryId,
    version: '',
    reportId: `urn:uuid:${signed.reportUuid}` as ReportId,
    taskId: signed.taskId,
    siteId: signed.task.siteId,
    siteName: signed.task.siteName,
    ...(signed.task.accessionNumber === undefined ? {} : { accessionNumber: signed.task.accessionNumber }),
    examText: signed.task.exam.text,
    patientName: signed.task.patient.name,
    channel: channel.kind,
    channelIndex,
    state: 'waiting',
    signedAt: signed.signedAt,
    attempts: 0,
    notBefore: signed.signedAt,
  }));

function deliveryEntry(delivery: Delivery, reportUuid: string): BundleEntry {
  const { system, value } = deliveryIdentifier(reportUuid, delivery.channelIndex);
  return {
    resource: deliveryToFhir(delivery, reportUuid),
    request: { method: 'POST', url: 'Task', ifNoneExist: `identifier=${encodeURIComponent(`${system}|${value}`)}` },
  };
}

/** Who read it stays visible on the completed Task. */
const ownerOf = (signed: SignedReport): NonNullable<Task['owner']> => ({
  identifier: { system: SYSTEM.reader, value: signed.signedBy.id },
  display: signed.signedBy.name,
});

function provenanceOf(signed: SignedReport, signature: string, target: string, attach: AttachText): Provenance {
  const at = toIso(signed.signedAt);
  const who = {
    type: 'Practitioner',
    identifier: { system: SYSTEM.reader, value: signed.signedBy.id },
    display: signed.signedBy.name,
  };
  return {
    resourceType: 'Provenance',
    target: [{ reference: target }],
    recorded: at,
    activity: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/v3-DocumentCompletion',
          code: 'LA',
          display: 'legally authenticated',
        },
      ],
    },
    agent: [
      {
        type: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code: 'author' }],
        },
        who,
      },
    ],
    signature: [
      {
        // ASTM E1762-95: the author's own signature.
        type: [{ system: 'urn:iso-astm:E1762-95:2013', code: '1.2.840.10065.1.12.1.1', display: "Author's Signature" }],
        when: at,
        who,
        targetFormat: 'application/json',
        sigFormat: 'application/jose',
        data: attach(signature).data,
      },
    ],
  };
}
