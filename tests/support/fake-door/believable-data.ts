import type { OpenCase, WorklistRow } from '#renderer/bridge/exact.ts';
import type { Priority } from '#shared/domain/priority.ts';
import { MINUTE_MS } from '#shared/kernel/clock.ts';
import { startReport, type Template } from '#shared/reporting/report.ts';

/** Invented people and sites; long names and empty fields are here on purpose: they are what breaks a layout. */
const NAMES = [
  'Doe^Jane^^Dr.',
  'Okonkwo^Chidi',
  'Müller-Lüdenscheidt^Friederike Wilhelmine^Charlotte',
  'Yamada^Tarou=山田^太郎=やまだ^たろう',
  'Nguyen^Thi Minh',
  'Smith^Bob',
  'Garcia Marquez^Maria del Carmen',
  'O’Neill^Seán',
  'Kowalska^Zofia',
  '^Unknown male',
];
const SITES = [
  { id: 'mercy', name: 'Mercy General' },
  { id: 'st-luke', name: 'St. Luke' },
  { id: 'harbor', name: 'Harbor Regional Medical Center and Trauma Institute' },
  { id: 'clinic', name: 'Hill Clinic' },
];
const EXAMS = [
  { text: 'CT head without contrast', modality: 'CT', bodyPart: 'HEAD', contrast: false },
  { text: 'CT abdomen and pelvis with intravenous contrast', modality: 'CT', bodyPart: 'ABDOMEN', contrast: true },
  { text: 'Chest 2 views', modality: 'DX', bodyPart: 'CHEST' },
  { text: 'MR brain with and without contrast', modality: 'MR', bodyPart: 'BRAIN', contrast: true },
  { text: 'US lower extremity veins', modality: 'US', bodyPart: 'LEG', laterality: 'left' as const },
];
const REASONS = ['Left weakness, last well 01:10', 'RLQ pain, fever', 'Chest pain', undefined, 'Seizure, known mass'];

const pick = <Item>(items: readonly Item[], index: number): Item => items[index % items.length] as Item;

const TIERS: readonly { readonly priority: Priority; readonly from: number; readonly minutes: number }[] = [
  { priority: 'stroke', from: 0, minutes: 11 },
  { priority: 'trauma', from: 1, minutes: -3 },
  { priority: 'stat', from: 2, minutes: 19 },
  { priority: 'asap', from: 8, minutes: 45 },
  { priority: 'urgent', from: 14, minutes: 100 },
  { priority: 'routine', from: 30, minutes: 1300 },
];

export function believableRows(count: number, now: number): WorklistRow[] {
  return Array.from({ length: count }, (_, index): WorklistRow => {
    const tier = TIERS.findLast(({ from }) => index >= from) ?? pick(TIERS, 0);
    const site = pick(SITES, index);
    const exam = pick(EXAMS, index);
    const reason = pick(REASONS, index);
    const isClaimed = index === 3;
    const isWaiting = index % 11 === 10;
    return {
      taskId: `task-${index}`,
      state: isClaimed ? 'claimed' : isWaiting ? 'ordered' : 'ready',
      siteId: site.id,
      siteName: site.name,
      accessionNumber: `A${1000 + index}`,
      patient: {
        id: `patient-${index}`,
        mrn: String(700_100 + index),
        name: pick(NAMES, index),
        sex: index % 3 === 0 ? 'F' : 'M',
        birthDate: `${1938 + ((index * 7) % 80)}-04-11`,
      },
      exam,
      priority: tier.priority,
      patientClass: pick(['emergency', 'icu', 'inpatient', 'outpatient'] as const, index),
      ...(index % 5 === 0 ? { location: 'Resuscitation bay 4' } : {}),
      ...(reason === undefined ? {} : { reason }),
      priorCount: index % 4,
      ...(isWaiting ? {} : { instanceCount: 40 + index }),
      authoredOn: now - (count - index) * MINUTE_MS,
      dueAt: now + (tier.minutes + index) * MINUTE_MS,
      ...(isClaimed
        ? {
            claim: {
              radiologistId: 'dr-ono',
              radiologistName: 'Ono^Ken',
              since: now - 4 * MINUTE_MS,
              leaseUntil: now + 2 * MINUTE_MS,
            },
          }
        : {}),
      mine: false,
      ineligible: index === 5 ? ['not licensed for Kentucky until 2026-12-01'] : [],
      warnings: index === 4 ? ['the due time lies before the order time'] : [],
      isPatientWaiting: index === 2,
      isEscalated: index === 6,
      isHeldBack: false,
      opens: isWaiting ? { kind: 'unknown' } : index < 3 ? { kind: 'now' } : { kind: 'seconds', seconds: 4 + index },
    };
  });
}

export const TEMPLATES: readonly Template[] = [
  {
    id: 'ct-head',
    title: 'CT head',
    language: 'en',
    modalities: ['CT'],
    bodyParts: ['HEAD'],
    sections: [
      {
        id: 'technique',
        title: 'Technique',
        role: 'technique',
        defaultText: 'Axial CT of the head without contrast.',
        fields: [],
      },
      { id: 'comparison', title: 'Comparison', role: 'comparison', defaultText: '', fields: [] },
      {
        id: 'findings',
        title: 'Findings',
        role: 'findings',
        defaultText: '',
        fields: [
          {
            id: 'hemorrhage',
            label: 'Hemorrhage',
            kind: 'choice',
            options: [
              { value: 'none', label: 'None' },
              { value: 'subdural', label: 'Subdural' },
              { value: 'parenchymal', label: 'Parenchymal' },
            ],
            required: true,
            defaultValue: 'none',
          },
          {
            id: 'shift',
            label: 'Midline shift',
            kind: 'number',
            unit: 'mm',
            min: 0,
            max: 30,
            required: false,
            defaultValue: '',
          },
        ],
      },
      { id: 'impression', title: 'Impression', role: 'impression', defaultText: '', fields: [] },
    ],
  },
  {
    id: 'plain',
    title: 'Plain report',
    language: 'en',
    modalities: [],
    bodyParts: [],
    sections: [
      { id: 'findings', title: 'Findings', role: 'findings', defaultText: '', fields: [] },
      { id: 'impression', title: 'Impression', role: 'impression', defaultText: '', fields: [] },
    ],
  },
];

export function believableCase(row: WorklistRow, now: number, canReport: boolean): OpenCase {
  const template = TEMPLATES[0] as Template;
  const studyInstanceUid = `1.2.826.0.1.3680043.10.1.${row.taskId.replace('task-', '')}`;
  return {
    taskId: row.taskId,
    contextKey: `${row.taskId}|${row.patient.id}|${studyInstanceUid}`,
    fence: '2',
    leaseUntil: now + 3 * MINUTE_MS,
    canReport,
    row: {
      ...row,
      ...(canReport
        ? {
            state: 'claimed' as const,
            mine: true,
            claim: {
              radiologistId: 'dr-lee',
              radiologistName: 'Lee^Dana',
              since: now,
              leaseUntil: now + 3 * MINUTE_MS,
            },
          }
        : {}),
    },
    orderedBy: 'Stone^Avery',
    studies: [{ studyInstanceUid, role: 'current', description: row.exam.text, modality: 'CT', date: '2026-11-21' }],
    identity: { state: 'agreed', conflicts: [] },
    elsewhere: [],
    priors: [{ description: 'CT head', modality: 'CT', date: '2024-03-02', hasReport: true }],
    notes: {
      facts: [
        {
          kind: 'reason',
          label: 'Reason',
          text: 'Left weakness, last well 01:10',
          at: now - 40 * MINUTE_MS,
          source: 'HL7 order',
        },
        {
          kind: 'contrast-reaction',
          label: 'Iohexol',
          text: 'hives 2019',
          source: 'Site FHIR',
          at: now - 40 * MINUTE_MS,
        },
        { kind: 'allergy', label: 'Penicillin', text: 'rash', source: 'HL7 order', at: now - 40 * MINUTE_MS },
        {
          kind: 'lab',
          label: 'eGFR',
          text: '41 mL/min/1.73m²',
          abnormal: true,
          source: 'Site FHIR',
          at: now - 90 * MINUTE_MS,
        },
        { kind: 'medication', label: 'Apixaban', text: '5 mg twice daily', source: 'Site FHIR' },
        {
          kind: 'prior-report',
          label: 'CT head 2024-03-02',
          text: 'FINDINGS: No hemorrhage.\nIMPRESSION: Normal head CT for age.',
          source: 'Site FHIR',
          at: Date.parse('2024-03-02T08:00:00Z'),
        },
      ],
      missing: ['history', 'technologist-note'],
    },
    template: structuredClone(template) as OpenCase['template'],
    draft: { revision: 0, body: startReport(template) as OpenCase['draft']['body'] },
  };
}
