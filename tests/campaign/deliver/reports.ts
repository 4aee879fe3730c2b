import type { Bundle } from 'fhir/r4';

import { attachText } from '#electron/ports/attach-text.ts';
import type { ContextKey } from '#shared/domain/context-key.ts';
import type {
  AccessionNumber,
  PatientId,
  RadiologistId,
  ReportId,
  SiteId,
  StudyInstanceUid,
  TaskId,
} from '#shared/domain/identifiers.ts';
import type { Site } from '#shared/domain/site.ts';
import { deliveryToFhir } from '#shared/fhir/delivery-to-fhir.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import { reportToFhir } from '#shared/fhir/report-to-fhir.ts';
import { deliveriesOf } from '#shared/fhir/signing-transaction.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import type { KeyImage, ReportSection } from '#shared/reporting/report.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';

import type { Dice } from './dice.ts';

const REPORTS_A_PATIENT = 3;
const CORRECTED = 0.15;
const WITH_KEY_IMAGES = 0.2;
const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';

const section = (role: ReportSection['role'], text: string): ReportSection => ({
  id: role,
  title: role,
  role,
  fields: [],
  text,
  textSource: 'typed',
});

/** Reports of a night, oldest first: several a patient, some of them corrections of an earlier one. */
export function makeReports(count: number, siteId: SiteId, dice: Dice, from: EpochMs): SignedReport[] {
  const reports: SignedReport[] = [];
  for (let n = 0; n < count; n += 1) {
    const corrected = dice.chance(CORRECTED) ? reports[Math.floor(dice.next() * reports.length)] : undefined;
    reports.push(makeReport(n, { count, siteId, dice, from, latest: latestOf(corrected, reports) }));
  }
  return reports;
}

const latestOf = (one: SignedReport | undefined, reports: readonly SignedReport[]): SignedReport | undefined =>
  one === undefined ? undefined : reports.findLast(({ taskId }) => taskId === one.taskId);

function makeReport(
  n: number,
  {
    count,
    siteId,
    dice,
    from,
    latest,
  }: {
    readonly count: number;
    readonly siteId: SiteId;
    readonly dice: Dice;
    readonly from: EpochMs;
    readonly latest: SignedReport | undefined;
  },
): SignedReport {
  const patient = Math.floor(dice.next() * Math.ceil(count / REPORTS_A_PATIENT));
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => Math.floor(dice.next() * 16).toString(16)).join('');
  const fresh: Pick<SignedReport, 'taskId' | 'contextKey' | 'task' | 'studyInstanceUids'> = {
    taskId: `task-${n}` as TaskId,
    contextKey: `task-${n}` as ContextKey,
    task: {
      siteId,
      siteName: 'Campaign Site',
      accessionNumber: `A-${n}` as AccessionNumber,
      patient: {
        id: `patient-${patient}` as PatientId,
        mrn: `M-${patient}`,
        name: `Patient^Number${patient}`,
        sex: 'O',
      },
      exam: { text: 'CT HEAD WITHOUT CONTRAST', modality: 'CT' },
    },
    studyInstanceUids: [`2.25.${100_000 + n}` as StudyInstanceUid],
  };
  const { taskId, contextKey, task, studyInstanceUids } = latest ?? fresh;
  return {
    reportUuid: `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
    version: (latest?.version ?? 0) + 1,
    state: latest === undefined ? 'final' : 'corrected',
    taskId,
    contextKey,
    task,
    studyInstanceUids,
    body: {
      templateId: 'urn:overread:template:ct-head',
      title: 'CT head',
      sections: [
        section('findings', `No haemorrhage, no fracture. Case ${n} | ^~\\& é.`),
        section('impression', 'No acute intracranial abnormality.'),
      ],
      ...(dice.chance(WITH_KEY_IMAGES) ? { keyImages: [keyImageOf(studyInstanceUids[0] ?? '')] } : {}),
    },
    signedBy: { id: 'dr-lee' as RadiologistId, name: 'Lee^Dana' },
    signedAt: (from + n * 1000) as EpochMs,
    ...(latest === undefined
      ? {}
      : {
          reason: 'Side corrected',
          predecessor: {
            reportUuid: latest.reportUuid,
            version: latest.version,
            state: latest.state,
            signedBy: latest.signedBy,
            signedAt: latest.signedAt,
          },
        }),
  };
}

/** The one image of the study, as the archive holds it. */
export const keyImageOf = (studyInstanceUid: string): KeyImage => ({
  studyInstanceUid,
  seriesInstanceUid: `${studyInstanceUid}.1`,
  sopInstanceUid: `${studyInstanceUid}.1.1`,
  sopClassUid: SECONDARY_CAPTURE,
  label: 'Series 1, image 1',
});

/** As signing leaves it on the hub: the report and a delivery for each channel, in one transaction. */
export async function putOnHub(fhir: FhirClient, signed: SignedReport, site: Site): Promise<void> {
  const fullUrl = `urn:uuid:${signed.reportUuid}`;
  const bundle: Bundle = {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        fullUrl,
        resource: reportToFhir({ signed, signature: 'h..s' }, attachText),
        request: { method: 'POST', url: 'DiagnosticReport' },
      },
      ...deliveriesOf(signed, site).map((delivery) => ({
        resource: deliveryToFhir({ ...delivery, reportId: fullUrl as ReportId }, signed.reportUuid),
        request: { method: 'POST' as const, url: 'Task' },
      })),
    ],
  };
  await fhir.transaction(bundle);
}
