import type { ContextKey } from '#shared/domain/context-key.ts';
import type {
  AccessionNumber,
  PatientId,
  RadiologistId,
  SiteId,
  StudyInstanceUid,
  TaskId,
} from '#shared/domain/identifiers.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import type { ReportBody, ReportSection, SectionRole } from '#shared/reporting/report.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';

export const section = (role: SectionRole, text: string, fields: ReportSection['fields'] = []): ReportSection => ({
  id: role,
  title: role.charAt(0).toUpperCase() + role.slice(1),
  role,
  fields,
  text,
  textSource: 'typed',
});

export const sampleBody: ReportBody = {
  templateId: 'urn:overread:template:ct-head',
  title: 'CT head',
  sections: [
    section('indication', 'Fall, anticoagulated.'),
    section('technique', 'CT of the head without intravenous contrast.'),
    section('comparison', ''),
    section('findings', 'No haemorrhage & no fracture.\nSoft tissue swelling < 5 mm | left.', [
      { id: 'shift', label: 'Midline shift', unit: 'mm', value: '0', source: 'typed' },
      { id: 'ventricles', label: 'Ventricles', value: '', source: 'default' },
    ]),
    section('impression', 'No acute intracranial abnormality.'),
  ],
};

/** A report with every fact an order can carry; overrides replace whole members. */
export const sampleReport = (overrides: Partial<SignedReport> = {}): SignedReport => ({
  reportUuid: '6f1c2a90-5b1d-4c0e-9f3a-0a1b2c3d4e5f',
  version: 1,
  state: 'final',
  taskId: 't-1' as TaskId,
  contextKey: 't-1|p-1|1.2.3' as ContextKey,
  task: {
    siteId: 'mercy' as SiteId,
    siteName: 'Mercy General',
    accessionNumber: 'A-1001' as AccessionNumber,
    patient: { id: 'p-1' as PatientId, mrn: 'M-77', name: 'Doe^Jane^Ann^Dr.', sex: 'F', birthDate: '1961-02-03' },
    exam: { text: 'CT HEAD WITHOUT CONTRAST', modality: 'CT', bodyPart: 'HEAD', contrast: false },
    orderedBy: 'House^Gregory',
    reason: 'Fall',
  },
  studyInstanceUids: ['1.2.826.0.1.3680043.10.1'] as unknown as readonly StudyInstanceUid[],
  body: sampleBody,
  signedBy: { id: 'dr-lee' as RadiologistId, name: 'Lee^Dana^^Dr.^MD' },
  signedAt: Date.UTC(2026, 10, 21, 23, 30, 5) as EpochMs,
  ...overrides,
});
