import type { DiagnosticReport, Observation, Task } from 'fhir/r4';

import { LEASE_TTL_MS } from '#shared/domain/claim.ts';
import type { ReportId } from '#shared/domain/identifiers.ts';
import { deliveryFromFhir } from '#shared/fhir/delivery-from-fhir.ts';
import { deliveryIdentifier } from '#shared/fhir/delivery-to-fhir.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { reportUuidOf } from '#shared/fhir/report-from-fhir.ts';
import { SYSTEM } from '#shared/fhir/systems.ts';
import { undoTransaction } from '#shared/fhir/undo-transaction.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';

/** `too-late`: it has left, or someone has gone on from it. */
export type UndoOutcome = 'undone' | 'too-late' | 'hub-unreachable';

/** The reading may be written between our look and our transaction; more often than this it is contended. */
const MAX_ATTEMPTS = 4;

interface UndoPorts {
  readonly fhir: FhirClient;
  /** The reading as it was before it was signed. */
  readonly before: ReadingTask;
  /** How many deliveries its signing made. */
  readonly channels: number;
  readonly now: EpochMs;
}

/** Takes a report back from the hub, whole or not at all. */
export async function undoReport(signed: SignedReport, ports: UndoPorts): Promise<UndoOutcome> {
  try {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const outcome = await undoOnce(signed, ports);
      if (outcome !== 'conflict') return outcome;
    }
    return 'too-late';
  } catch (error) {
    if (!(error instanceof FhirError)) throw error;
    return 'hub-unreachable';
  }
}

async function undoOnce(signed: SignedReport, ports: UndoPorts): Promise<UndoOutcome | 'conflict'> {
  const { fhir, before, channels, now } = ports;
  const base = await fhir.read<Task>('Task', signed.taskId);
  const reading = readingTaskFromFhir(base);
  if (!reading.ok || reading.value.reportId === undefined) return 'too-late';
  const task = reading.value;
  const report = await fhir.read<DiagnosticReport>('DiagnosticReport', reading.value.reportId);
  if (reportUuidOf(report) !== signed.reportUuid || task.state === 'claimed') return 'too-late';

  const deliveries = await deliveriesOnHub(signed.reportUuid, channels, fhir);
  if (deliveries.some(hasLeft)) return 'too-late';
  const observations = await Promise.all(
    (report.result ?? []).map(({ reference = '' }) =>
      fhir.read<Observation>('Observation', reference.split('/').at(-1) ?? ''),
    ),
  );
  const { predecessor } = signed;
  try {
    await fhir.transaction(
      undoTransaction({
        task,
        base,
        before,
        previousReportId: predecessor === undefined ? undefined : await reportIdOf(predecessor.reportUuid, fhir),
        claim: {
          radiologistId: signed.signedBy.id,
          radiologistName: signed.signedBy.name,
          since: now,
          leaseUntil: (now + LEASE_TTL_MS) as EpochMs,
        },
        report,
        observations,
        deliveries,
        by: signed.signedBy,
        at: now,
      }),
    );
    return 'undone';
  } catch (error) {
    if (error instanceof FhirError && error.refusal.code === 'conflict') return 'conflict';
    throw error;
  }
}

async function deliveriesOnHub(reportUuid: string, channels: number, fhir: FhirClient): Promise<Task[]> {
  const found: Task[] = [];
  for (let index = 0; index < channels; index += 1) {
    const { system, value } = deliveryIdentifier(reportUuid, index);
    found.push(...(await fhir.search<Task>('Task', { identifier: `${system}|${value}` })));
  }
  return found;
}

function hasLeft(resource: Task): boolean {
  const delivery = deliveryFromFhir(resource);
  return !delivery.ok || delivery.value.attempts > 0 || delivery.value.state !== 'waiting';
}

async function reportIdOf(reportUuid: string, fhir: FhirClient): Promise<ReportId | undefined> {
  const [found] = await fhir.search<DiagnosticReport>('DiagnosticReport', {
    identifier: `${SYSTEM.report}|${reportUuid}`,
  });
  return found?.id as ReportId | undefined;
}
