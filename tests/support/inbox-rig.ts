import { randomUUID } from 'node:crypto';

import type { DiagnosticReport, Patient, Task } from 'fhir/r4';

import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { openInbox } from '#electron/hosts/compose/open-inbox.ts';
import { openPrinter } from '#electron/hosts/compose/open-printer.ts';
import { attachText } from '#electron/ports/attach-text.ts';
import type { SiteArchive } from '#electron/ports/site-archive.ts';
import { createInboxLinks } from '#electron/workstation/inbox-links.ts';
import type { AuditFacts } from '#shared/domain/audit-entry.ts';
import type { DeliveryId, PatientId, ReportId, SiteId, TaskId } from '#shared/domain/identifiers.ts';
import type { Site } from '#shared/domain/site.ts';
import { recordCritical } from '#shared/fhir/critical-on-hub.ts';
import { deliveryFromFhir } from '#shared/fhir/delivery-from-fhir.ts';
import { deliveryToFhir } from '#shared/fhir/delivery-to-fhir.ts';
import { askQuestion } from '#shared/fhir/question-on-hub.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import { reportToFhir } from '#shared/fhir/report-to-fhir.ts';
import { deliveriesOf } from '#shared/fhir/signing-transaction.ts';
import type { Log, LogFields } from '#shared/kernel/log.ts';
import type { KeyImage } from '#shared/reporting/report.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { openHub } from '#tests/contract/hub-support.ts';
import { criticalResult, MERCY_RULES } from '#tests/unit/critical/critical-support.ts';
import { sampleBody, sampleReport } from '#tests/unit/reporting/sample-report.ts';
import { reader, readingTask } from './reading-tasks.ts';

const site = (id: string, name: string): Site => ({
  id: id as SiteId,
  name,
  orders: { unordered: 'ignore' },
  returns: [{ kind: 'inbox' }],
  turnaroundMinutes: {},
  critical: MERCY_RULES,
});

/** A real hub with two sites that have nothing but a browser, and their pages on a port. */
export async function openInboxRig({ archive }: { readonly archive?: SiteArchive } = {}) {
  const hub = openHub();
  const { clock } = hub;
  const fhir = createFhirClient({
    baseUrl: hub.baseUrl,
    fetch: (request) => hub.hub.fetch(request),
    timeoutMs: 20_000,
  });
  const sites = [site('mercy', 'Mercy General'), site('lex', 'Lexington Clinic')];
  const lines: { readonly event: string; readonly fields: LogFields }[] = [];
  const note = (event: string, fields: LogFields = {}) => void lines.push({ event, fields });
  const log: Log = { info: note, warn: note, error: note };
  const audited: AuditFacts[] = [];
  const inbox = await openInbox({
    listen: 0,
    fhir,
    sites: () => sites,
    archiveOf: () => archive,
    renderPdf: await openPrinter(),
    audit: { record: (facts) => void audited.push(facts) },
    clock,
    log,
  });
  const { id: _id, meta: _meta, ...reading } = readingTaskToFhir(readingTask('1'));
  const taskId = (await fhir.create<Task>({ ...reading, for: { display: 'Doe^Jane' } })).id as TaskId;
  const links = createInboxLinks({ fhir, sites: () => sites, reader: reader(), clock, log, inboxUrl: () => inbox.url });

  return {
    clock,
    fhir,
    url: inbox.url,
    lines,
    audited,
    links,
    async invite(siteId = 'mercy') {
      const invited = await links.invite(siteId);
      if (invited.status !== 'invited') throw new Error(invited.status);
      return invited;
    },
    /** A signed report that the delivery loop has put into the site's inbox. */
    async deliver(siteId = 'mercy', keyImages: readonly KeyImage[] = []): Promise<string> {
      const patient = await fhir.create<Patient>({ resourceType: 'Patient' });
      const base = sampleReport();
      const signed: SignedReport = {
        ...base,
        reportUuid: randomUUID(),
        taskId: `t-${siteId}` as TaskId,
        task: {
          ...base.task,
          siteId: siteId as SiteId,
          siteName: siteId,
          patient: { ...base.task.patient, id: (patient.id ?? '') as PatientId },
        },
        body: { ...sampleBody, ...(keyImages.length === 0 ? {} : { keyImages }) },
        signedAt: clock.now(),
      };
      const report = await fhir.create<DiagnosticReport>(reportToFhir({ signed, signature: '' }, attachText));
      const [delivery] = deliveriesOf(signed, { ...sites[0]!, id: siteId as SiteId });
      if (delivery === undefined) throw new Error('no delivery');
      const task = await fhir.create<Task>(
        deliveryToFhir(
          {
            ...delivery,
            id: '' as DeliveryId,
            taskId,
            reportId: (report.id ?? '') as ReportId,
            state: 'accepted',
            acknowledgedAt: clock.now(),
          },
          signed.reportUuid,
        ),
      );
      return task.id ?? '';
    },
    async deliveryOf(id: string) {
      const read = deliveryFromFhir(await fhir.read<Task>('Task', id));
      if (!read.ok) throw new Error(read.error.reason);
      return read.value;
    },
    /** A critical result and a question of that site; their ids on the hub. */
    async ask(siteId = 'mercy') {
      const patient = await fhir.create<Patient>({ resourceType: 'Patient' });
      const facts = {
        uuid: randomUUID(),
        siteId: siteId as SiteId,
        taskId,
        patientId: (patient.id ?? '') as PatientId,
      };
      const by = { id: 'dr-lee', name: 'Lee^Dana' };
      const act = { act: 'critical.recorded', at: clock.now(), by, about: [], outcome: 'done' } as const;
      await recordCritical(fhir, criticalResult(facts), act);
      const { patientName, siteName, examText, patientId } = criticalResult(facts);
      await askQuestion(fhir, {
        id: '',
        version: '',
        uuid: randomUUID(),
        siteId: facts.siteId,
        patientName,
        siteName,
        examText,
        taskId,
        ...(patientId === undefined ? {} : { patientId }),
        text: 'When did the symptoms begin?',
        askedAt: clock.now(),
        askedBy: by,
      } as Parameters<typeof askQuestion>[1]);
      const found = await fhir.search('Communication', { _sort: '-_lastUpdated' });
      const idOf = (kind: string) =>
        found.find((each) => JSON.stringify(each).includes(`"${kind}"`) && JSON.stringify(each).includes(`"${siteId}"`))
          ?.id ?? '';
      return { criticalId: idOf('critical-result'), questionId: idOf('site-question') };
    },
    async close() {
      await inbox.close();
      await hub.stop();
    },
  };
}
export type InboxRig = Awaited<ReturnType<typeof openInboxRig>>;
