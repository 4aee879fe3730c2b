import type { DiagnosticReport, Task } from 'fhir/r4';

import { attachText } from '#electron/ports/attach-text.ts';
import { noAudit, type Audit } from '#electron/ports/audit.ts';
import type { CallResponse } from '#shared/contract/calls.ts';
import type { AuditAct } from '#shared/domain/audit-entry.ts';
import { isOpenDelivery, type Delivery, type Settlement } from '#shared/domain/delivery.ts';
import type { DeliveryId } from '#shared/domain/identifiers.ts';
import type { Radiologist } from '#shared/domain/radiologist.ts';
import type { Site } from '#shared/domain/site.ts';
import { deliveryFromFhir } from '#shared/fhir/delivery-from-fhir.ts';
import { deliveryIdentifier, deliveryToFhir } from '#shared/fhir/delivery-to-fhir.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { reportUuidOf, storedReportOf } from '#shared/fhir/report-from-fhir.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import { renderText } from '#shared/reporting/render-text.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';

import { hubUnreachable } from './call-failure.ts';
import { onHub } from './on-hub.ts';

/** What a person can do about a delivery. Every act is written down, and a repeat of a report always goes under the same ids. */
export interface DeliveryActs {
  /** Puts a delivery back in line, due now. `again`: also one that the site has acknowledged. */
  resend(deliveryId: string, again: boolean): Promise<CallResponse<'retryDelivery'>>;
  /** Sends the report on another channel of its site and settles this delivery. */
  reroute(deliveryId: string, channelIndex: number): Promise<CallResponse<'rerouteDelivery'>>;
  /** The report was handed over outside this program. */
  settle(deliveryId: string): Promise<CallResponse<'settleDelivery'>>;
  /** The report as it is printed. */
  text(deliveryId: string): Promise<CallResponse<'deliveryText'>>;
}

export interface DeliveryActsPorts {
  readonly fhir: FhirClient;
  readonly sites: () => readonly Site[];
  readonly reader: Pick<Radiologist, 'name'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit?: Audit;
}

const MAX_CONFLICTS = 5;

export function createDeliveryActs({
  fhir,
  sites,
  reader,
  clock,
  log,
  audit = noAudit,
}: DeliveryActsPorts): DeliveryActs {
  const record = (act: AuditAct, { id, taskId, siteId, channel }: Delivery) => {
    audit.record({ act, deliveryId: id, taskId, siteId, channel });
    log.info(act, { deliveryId: id, siteId, channel });
  };

  async function readOrNothing<Resource extends Task | DiagnosticReport>(
    type: Resource['resourceType'],
    id: string,
  ): Promise<Resource | undefined> {
    try {
      return await fhir.read<Resource>(type, id);
    } catch (error) {
      if (error instanceof FhirError && error.refusal.code === 'not-found') return undefined;
      throw error;
    }
  }

  /** Changes a delivery as it is on the hub now; when another write comes in between, as it is then. */
  async function change<Refusal>(
    deliveryId: string,
    next: (delivery: Delivery) => Delivery | { readonly refused: Refusal },
  ): Promise<{ readonly changed: Delivery } | { readonly refused: Refusal | 'not-found' }> {
    for (let attempt = 0; attempt < MAX_CONFLICTS; attempt += 1) {
      const task = await readOrNothing<Task>('Task', deliveryId);
      const delivery = deliveryFromFhir(task);
      if (task === undefined || !delivery.ok) return { refused: 'not-found' };
      const wanted = next(delivery.value);
      if ('refused' in wanted) return wanted;
      try {
        await fhir.update<Task>(deliveryToFhir(wanted, undefined, task), delivery.value.version);
        return { changed: wanted };
      } catch (error) {
        if (!(error instanceof FhirError) || error.refusal.code !== 'conflict') throw error;
      }
    }
    throw hubUnreachable();
  }

  const settled = (delivery: Delivery, how: Settlement['how']): Delivery => ({
    ...delivery,
    state: 'settled-by-hand',
    settlement: { how, by: reader.name, at: clock.now() },
  });

  /** The delivery of this report on that channel: made, or opened again when it was closed otherwise. */
  async function ensure(delivery: Delivery, channelIndex: number, site: Site): Promise<void> {
    const channel = site.returns[channelIndex];
    const report = await readOrNothing<DiagnosticReport>('DiagnosticReport', delivery.reportId);
    const reportUuid = reportUuidOf(report);
    if (channel === undefined || reportUuid === undefined) throw hubUnreachable();
    const { system, value } = deliveryIdentifier(reportUuid, channelIndex);
    const fresh: Delivery = {
      ...withoutOutcome(delivery),
      id: '' as DeliveryId,
      version: '',
      channel: channel.kind,
      channelIndex,
      state: 'waiting',
      attempts: 0,
      notBefore: clock.now(),
    };
    const created = await fhir.create<Task>(
      deliveryToFhir(fresh, reportUuid),
      `identifier=${encodeURIComponent(`${system}|${value}`)}`,
    );
    const there = deliveryFromFhir(created);
    if (there.ok && there.value.state === 'with-a-person') await resendOnce(there.value.id, false);
  }

  async function resendOnce(deliveryId: string, again: boolean) {
    return change<'already-accepted'>(deliveryId, (delivery) => {
      if (!again && !isOpenDelivery(delivery)) return { refused: 'already-accepted' };
      const { settlement: _settlement, ...open } = delivery;
      return { ...open, state: 'waiting', notBefore: clock.now() };
    });
  }

  return {
    resend: (deliveryId, again) =>
      onHub(async () => {
        const outcome = await resendOnce(deliveryId, again);
        if ('refused' in outcome) return { status: outcome.refused };
        record('delivery.resent', outcome.changed);
        return { status: 'queued' };
      }),

    reroute: (deliveryId, channelIndex) =>
      onHub(async () => {
        const task = await readOrNothing<Task>('Task', deliveryId);
        const delivery = deliveryFromFhir(task);
        if (!delivery.ok) return { status: 'not-found' };
        if (!isOpenDelivery(delivery.value)) return { status: 'already-accepted' };
        const site = sites().find(({ id }) => id === delivery.value.siteId);
        if (site?.returns[channelIndex] === undefined || channelIndex === delivery.value.channelIndex) {
          return { status: 'no-such-channel' };
        }
        // The other channel first: cut off in between, the report is on its way twice rather than not at all.
        await ensure(delivery.value, channelIndex, site);
        const outcome = await change<'already-accepted'>(deliveryId, (now) =>
          isOpenDelivery(now) ? settled(now, 'rerouted') : { refused: 'already-accepted' },
        );
        if ('refused' in outcome) return { status: outcome.refused };
        record('delivery.rerouted', outcome.changed);
        return { status: 'rerouted' };
      }),

    settle: (deliveryId) =>
      onHub(async () => {
        const outcome = await change<'already-accepted'>(deliveryId, (delivery) =>
          isOpenDelivery(delivery) ? settled(delivery, 'handed-over') : { refused: 'already-accepted' },
        );
        if ('refused' in outcome) return { status: outcome.refused };
        record('delivery.settled', outcome.changed);
        return { status: 'settled' };
      }),

    text: (deliveryId) =>
      onHub(async () => {
        const delivery = deliveryFromFhir(await readOrNothing<Task>('Task', deliveryId));
        if (!delivery.ok) return { status: 'not-found' };
        const resource = await readOrNothing<DiagnosticReport>('DiagnosticReport', delivery.value.reportId);
        const decode = (base64: string) => Buffer.from(base64, 'base64').toString('utf8');
        const stored = storedReportOf(resource, { decode, attach: attachText });
        if (!stored.ok) return { status: 'not-found' };
        record('delivery.printed', delivery.value);
        // Its size and hash were checked against what was signed.
        return { status: 'found', text: renderText(JSON.parse(stored.value.canonical) as SignedReport) };
      }),
  };
}

function withoutOutcome(delivery: Delivery): Delivery {
  const {
    sentAt: _sentAt,
    acknowledgedAt: _acknowledgedAt,
    acknowledgement: _acknowledgement,
    problem: _problem,
    tries: _tries,
    answer: _answer,
    settlement: _settlement,
    ...rest
  } = delivery;
  return rest;
}
