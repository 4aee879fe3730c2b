import type { CriticalResult, CriticalRules } from '#shared/domain/critical-result.ts';
import type { AccessionNumber, PatientId, SiteId, TaskId } from '#shared/domain/identifiers.ts';
import type { Recommendation } from '#shared/domain/recommendation.ts';
import { minutesFrom, NIGHT } from '#tests/support/reading-tasks.ts';

/** A red finding of the night, told to nobody yet. */
export const criticalResult = (facts: Partial<CriticalResult> = {}): CriticalResult => ({
  id: '',
  version: '',
  uuid: '0f4c1a52-7c61-4a3e-9f0e-0f6f3d0a1b2c',
  taskId: 't1' as TaskId,
  siteId: 'mercy' as SiteId,
  siteName: 'Mercy General',
  accessionNumber: 'A-1' as AccessionNumber,
  patientId: 'p1' as PatientId,
  patientName: 'Doe^Jane',
  examText: 'CT head without contrast',
  level: 'red',
  finding: 'Acute subdural haematoma, left',
  foundAt: NIGHT,
  foundBy: { id: 'dr-lee', name: 'Lee^Dana' },
  windowEndsAt: minutesFrom(NIGHT, 60),
  escalatesAt: minutesFrom(NIGHT, 60),
  caller: 'reader',
  tellings: [],
  escalations: [],
  ...facts,
});

export const recommendation = (facts: Partial<Recommendation> = {}): Recommendation => ({
  id: '',
  version: '',
  uuid: '5b1f8f7e-3e0a-4b43-8a52-1d5f0c1f7f10',
  taskId: 't1' as TaskId,
  siteId: 'mercy' as SiteId,
  siteName: 'Mercy General',
  accessionNumber: 'A-1' as AccessionNumber,
  patientName: 'Doe^Jane',
  examText: 'CT chest',
  what: 'CT chest without contrast',
  why: '7 mm solid nodule, right upper lobe',
  dueAt: minutesFrom(NIGHT, 60 * 24 * 180),
  recommendedAt: NIGHT,
  recommendedBy: { id: 'dr-lee', name: 'Lee^Dana' },
  state: 'open',
  ...facts,
});

/** 22:00 UTC is 17:00 in New York in November. */
export const MERCY_RULES: CriticalRules = {
  windowMinutes: {},
  timeZone: 'America/New_York',
  escalation: [
    { name: 'Rao', role: 'ED physician', phone: '+1 555 0101', hours: { from: '07:00', to: '19:00' } },
    { name: 'Night desk', role: 'Charge nurse', phone: '+1 555 0102', hours: { from: '19:00', to: '07:00' } },
    { name: 'Stone', role: 'Medical director', phone: '+1 555 0103' },
  ],
};
