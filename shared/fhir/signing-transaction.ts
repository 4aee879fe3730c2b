import type { Bundle, BundleEntry, DiagnosticReport, Task } from 'fhir/r4';

import type { Delivery } from '../domain/delivery.ts';
import type { DeliveryId, ReportId } from '../domain/identifiers.ts';
import type { ReadingTask } from '../domain/reading-task.ts';
import type { Site } from '../domain/site.ts';
import type { EpochMs } from '../kernel/clock.ts';
import type { ReportBody } from '../reporting/report.ts';
import type { SignedReport } from '../reporting/signed-report.ts';
import { deliveryIdentifier, deliveryToFhir } from './delivery-to-fhir.ts';
import { discrepancyTask } from './discrepancy-to-fhir.ts';
import { readingTaskToFhir } from './reading-task-to-fhir.ts';
import { observationIfNoneExist, reportObservations } from './report-observations.ts';
import { reportProvenance, signingAuditEvent } from './report-provenance.ts';
import { reportIfNoneExist, reportToFhir, type AttachText } from './report-to-fhir.ts';
import { signingKeyDocument, signingKeyIfNoneExist, type PublicKey } from './signing-key-to-fhir.ts';
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
  /** Published with the first report it signs. */
  readonly key?: PublicKey;
  /** After `entered-in-error`: the reading goes back on the list. */
  readonly thenReadAgain?: boolean;
  /** What the first reader wrote and did not sign: goes with the notice to them. */
  readonly firstDraft?: ReportBody;
}

/** Positions of the entries, for reading the answer. */
export const SIGNING_ENTRY = { report: 0, provenance: 1, task: 2, firstDelivery: 3 } as const;

/**
 * The one transaction of signing (DESIGN 8): the report with its observations, its provenance with signature, the reading moved on under its fence, one
 * delivery for every return channel of the site, the audit event. All of it stands, or none.
 */
export function signingTransaction(input: SigningTransactionInput, attach: AttachText): Bundle {
  const { signed, signature, task, site, key } = input;
  const reportUrl = `urn:uuid:${signed.reportUuid}`;
  const report = reportToFhir(
    {
      signed,
      signature,
      ...(task.serviceRequestId === undefined ? {} : { serviceRequestId: task.serviceRequestId }),
    },
    attach,
  );
  const observations = reportObservations(signed, report.subject);
  const resulting: DiagnosticReport =
    observations.length === 0
      ? report
      : { ...report, result: observations.map(({ fullUrl }) => ({ reference: fullUrl })) };
  const notice = discrepancyTask(
    signed,
    reportUrl,
    input.firstDraft === undefined ? undefined : attach(JSON.stringify(input.firstDraft)),
  );
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        fullUrl: reportUrl,
        resource: resulting,
        request: { method: 'POST', url: 'DiagnosticReport', ifNoneExist: reportIfNoneExist(signed.reportUuid) },
      },
      {
        resource: reportProvenance(signed, signature, reportUrl, attach),
        request: { method: 'POST', url: 'Provenance' },
      },
      {
        resource: movedOn(input, reportUrl),
        request: { method: 'PUT', url: `Task/${task.id}`, ifMatch: `W/"${task.version}"` },
      },
      ...deliveriesOf(signed, site).map((delivery): BundleEntry => deliveryEntry(delivery, signed.reportUuid)),
      ...observations.map(({ fullUrl, resource }): BundleEntry => ({
        fullUrl,
        resource,
        request: { method: 'POST', url: 'Observation', ifNoneExist: observationIfNoneExist(resource) },
      })),
      { resource: signingAuditEvent(signed, reportUrl), request: { method: 'POST', url: 'AuditEvent' } },
      ...(notice === undefined ? [] : [{ resource: notice, request: { method: 'POST' as const, url: 'Task' } }]),
      ...(key === undefined
        ? []
        : [
            {
              resource: signingKeyDocument(key, signed.signedBy, signed.signedAt, attach),
              request: {
                method: 'POST' as const,
                url: 'DocumentReference',
                ifNoneExist: signingKeyIfNoneExist(key.keyId),
              },
            },
          ]),
    ],
  };
}

/** The reading after the signature: done, or open for the next reader after a preliminary or withdrawn report. */
function movedOn({ signed, task, base, thenReadAgain }: SigningTransactionInput, reportUrl: string): Task {
  const { claim: _claim, ...unclaimed } = task;
  const isOpen = signed.state === 'preliminary' || (signed.state === 'entered-in-error' && thenReadAgain === true);
  const next = readingTaskToFhir(
    {
      ...unclaimed,
      state: isOpen ? 'ready' : 'completed',
      reportId: reportUrl as ReportId,
      // Whoever confirms a preliminary report is somebody else.
      ...(signed.state === 'preliminary'
        ? {
            readType: 'double-reading' as const,
            earlierReaders: [...new Set([...(task.earlierReaders ?? []), signed.signedBy.id])],
          }
        : {}),
      ...(isOpen ? {} : { completedAt: task.completedAt ?? signed.signedAt }),
    },
    base,
  );
  return isOpen ? next : { ...next, owner: ownerOf(signed) };
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
    ...(signed.task.patient.id === '' ? {} : { patientId: signed.task.patient.id }),
    reportVersion: signed.version,
    channel: channel.kind,
    channelIndex,
    state: 'waiting',
    signedAt: signed.signedAt,
    attempts: 0,
    notBefore: leavesAt(signed, site),
  }));

/** When a report leaves: until then its signer may take it back. */
export const leavesAt = (signed: SignedReport, site: Site | undefined): EpochMs =>
  (signed.signedAt + (site?.undoMs ?? 0)) as EpochMs;

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
