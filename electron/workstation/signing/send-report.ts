import type { Bundle, DiagnosticReport, Task } from 'fhir/r4';

import type { Delivery } from '#shared/domain/delivery.ts';
import type { DeliveryId, ReportId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { Site } from '#shared/domain/site.ts';
import { deliveryFromFhir } from '#shared/fhir/delivery-from-fhir.ts';
import { deliveryIdentifier } from '#shared/fhir/delivery-to-fhir.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { reportUuidOf } from '#shared/fhir/report-from-fhir.ts';
import { deliveriesOf, SIGNING_ENTRY, signingTransaction } from '#shared/fhir/signing-transaction.ts';
import { attachText } from '#electron/ports/attach-text.ts';
import type { WaitingReport } from './ports.ts';

export type SendOutcome =
  | { readonly status: 'signed'; readonly reportId: string; readonly deliveries: readonly Delivery[] }
  | { readonly status: 'claim-lost' }
  | { readonly status: 'already-signed' }
  /** Another version was signed after the one this follows. */
  | { readonly status: 'superseded' }
  /** Nothing is known of what the hub did, or it was never reached: to be sent again, under the same ids. */
  | { readonly status: 'unreachable' }
  /** The hub will never take it as it is. */
  | { readonly status: 'rejected'; readonly problem: string };

/** The lease heartbeat may write the Task between our read and our transaction; more often than this it is not the heartbeat. */
const MAX_ATTEMPTS = 4;

/** Brings one signed report to the hub. Safe to call again after any outcome: the hub holds the report at most once. */
export async function sendReport(
  report: WaitingReport,
  { fhir, site }: { readonly fhir: FhirClient; readonly site: Site | undefined },
): Promise<SendOutcome> {
  try {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const base = await fhir.read<Task>('Task', report.task.id);
      const standing = await whereTaskStands(report, base, fhir, site);
      if (standing.status !== 'open') return standing;
      const bundle = signingTransaction({ ...report, task: standing.task, base, site }, attachText);
      const answer = await transactUnlessConflict(fhir, bundle);
      if (answer !== 'conflict') return { status: 'signed', ...readAnswer(answer, report, site) };
    }
    return { status: 'claim-lost' };
  } catch (error) {
    if (!(error instanceof FhirError)) throw error;
    return refusalOutcome(error);
  }
}

async function transactUnlessConflict(fhir: FhirClient, bundle: Bundle): Promise<Bundle | 'conflict'> {
  try {
    return await fhir.transaction(bundle);
  } catch (error) {
    if (error instanceof FhirError && error.refusal.code === 'conflict') return 'conflict';
    throw error;
  }
}

function refusalOutcome({ refusal }: FhirError): SendOutcome {
  switch (refusal.code) {
    case 'unreachable':
    // Credentials can be put right while the report waits.
    // falls through
    case 'forbidden':
      return { status: 'unreachable' };
    case 'not-found':
      return { status: 'claim-lost' };
    case 'conflict':
      return { status: 'claim-lost' };
    case 'rejected':
      return { status: 'rejected', problem: `hub-rejected-${refusal.status}` };
    default:
      return refusal satisfies never;
  }
}

type Standing = SendOutcome | { readonly status: 'open'; readonly task: ReadingTask };

/**
 * Whether the reading may still take this report. A first version may while nobody else holds the reading and it is still the same patient, order and
 * studies: a renewed or lapsed lease of the signer does not take the right away, another reader's claim does. A later version may while the one it follows
 * is the newest.
 */
async function whereTaskStands(
  { signed, task }: WaitingReport,
  base: Task,
  fhir: FhirClient,
  site: Site | undefined,
): Promise<Standing> {
  const read = readingTaskFromFhir(base);
  if (!read.ok) return { status: 'claim-lost' };
  const now = read.value;
  const newest = await newestReportUuid(now, fhir);
  if (now.reportId !== undefined && newest === signed.reportUuid) {
    return {
      status: 'signed',
      reportId: now.reportId,
      deliveries: await findDeliveries(signed.reportUuid, fhir, site),
    };
  }
  if (newest !== signed.predecessor?.reportUuid) {
    return { status: signed.predecessor === undefined ? 'already-signed' : 'superseded' };
  }
  // A completed reading still names who read it: that is no claim.
  const isOthers = now.state === 'claimed' && now.claim?.radiologistId !== signed.signedBy.id;
  if (now.state === 'cancelled' || isOthers || !isSameCase(now, task)) return { status: 'claim-lost' };
  return { status: 'open', task: now };
}

/** The report version that stands for the reading; one of another system has no UUID of ours, but stands all the same. */
async function newestReportUuid({ state, reportId }: ReadingTask, fhir: FhirClient): Promise<string | undefined> {
  if (reportId === undefined) return state === 'completed' ? 'unknown' : undefined;
  return reportUuidOf(await fhir.read<DiagnosticReport>('DiagnosticReport', reportId)) ?? 'unknown';
}

const isSameCase = (now: ReadingTask, then: ReadingTask): boolean =>
  now.patient.id === then.patient.id &&
  now.patient.mrn === then.patient.mrn &&
  now.accessionNumber === then.accessionNumber &&
  now.studyInstanceUids.toSorted().join() === then.studyInstanceUids.toSorted().join();

async function findDeliveries(reportUuid: string, fhir: FhirClient, site: Site | undefined): Promise<Delivery[]> {
  const found: Delivery[] = [];
  for (const index of (site?.returns ?? []).keys()) {
    const { system, value } = deliveryIdentifier(reportUuid, index);
    for (const resource of await fhir.search<Task>('Task', { identifier: `${system}|${value}` })) {
      const delivery = deliveryFromFhir(resource);
      if (delivery.ok) found.push(delivery.value);
    }
  }
  return found;
}

/** Ids and versions from the answer's `location` (`Task/12/_history/1`, with or without a base). */
function readAnswer(
  answer: Bundle,
  { signed }: WaitingReport,
  site: Site | undefined,
): { reportId: string; deliveries: Delivery[] } {
  const locations = (answer.entry ?? []).map((entry) => {
    const [path = '', history = ''] = (entry.response?.location ?? '').split('/_history/');
    const resource = entry.resource;
    return {
      id: path.split('/').at(-1) || (resource?.id ?? ''),
      version: history || (resource?.meta?.versionId ?? entry.response?.etag?.replace(/^W\/|"/g, '') ?? ''),
    };
  });
  const reportId = locations[SIGNING_ENTRY.report]?.id ?? '';
  const deliveries = deliveriesOf(signed, site).map((delivery, index) => {
    const at = locations[SIGNING_ENTRY.firstDelivery + index];
    return {
      ...delivery,
      id: (at?.id ?? '') as DeliveryId,
      version: at?.version ?? '',
      reportId: reportId as ReportId,
    };
  });
  return { reportId, deliveries };
}
