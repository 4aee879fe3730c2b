import type { Exam, PatientClass } from '#shared/domain/order.ts';
import type { NoteFact, NoteKind } from '#shared/domain/notes.ts';
import type { Priority } from '#shared/domain/priority.ts';
import { MINUTE_MS, type EpochMs } from '#shared/kernel/clock.ts';
import type { DemoPatient, DemoSiteKey, DemoStudy } from '../demo-study.ts';
import { seedFrom } from '../field/random.ts';
import { uidFrom } from '../dicom/uid.ts';
import { planStudy } from '../recipes/plan-study.ts';
import { DEMO_SITES } from './sites.ts';

/** A fact with its age instead of a date: stories are told relative to tonight. */
export interface StoryFact {
  readonly kind: NoteKind;
  readonly label: string;
  readonly text: string;
  readonly code?: string;
  readonly abnormal?: boolean;
  readonly minutesAgo?: number;
  readonly source?: string;
}

export interface Story {
  readonly key: string;
  readonly siteKey: DemoSiteKey;
  readonly patient: DemoPatient;
  readonly exam: Exam;
  readonly role: 'current' | 'prior';
  readonly minutesAgo: number;
  readonly priority: Priority;
  readonly patientClass: PatientClass;
  readonly location: string;
  readonly reason: string;
  readonly arrivesAfterSeconds?: number;
  readonly facts: readonly StoryFact[];
  readonly priorKeys?: readonly string[];
  readonly report?: string;
  readonly orderedBy: { readonly id: string; readonly name: string };
}

export const HOURS = 60;
export const DAYS = 24 * HOURS;
export const YEARS = 365 * DAYS;

export function tellStory(story: Story, all: readonly Story[], seed: number, now: EpochMs): DemoStudy {
  const at = (minutesAgo: number): EpochMs => (now - minutesAgo * MINUTE_MS) as EpochMs;
  const studyDateTime = at(story.minutesAgo);
  const priorReports = (story.priorKeys ?? []).flatMap((key) => {
    const prior = all.find((other) => other.key === key);
    if (prior?.report === undefined) return [];
    return [
      {
        kind: 'prior-report' as const,
        label: prior.exam.text,
        text: prior.report,
        at: at(prior.minutesAgo),
        source: 'HL7 order',
        studyInstanceUid: studyUidOf(key, seed),
      },
    ];
  });
  return {
    key: story.key,
    siteKey: story.siteKey,
    patient: story.patient,
    exam: story.exam,
    accessionNumber: `${DEMO_SITES[story.siteKey].accessionPrefix}${String(seedFrom(seed, 'accession', story.key) % 10_000_000).padStart(7, '0')}`,
    studyInstanceUid: studyUidOf(story.key, seed),
    studyDateTime,
    role: story.role,
    priority: story.priority,
    patientClass: story.patientClass,
    location: story.location,
    reason: story.reason,
    arrivesAfterSeconds: story.arrivesAfterSeconds ?? 0,
    notes: [...story.facts.map((fact) => noteOf(fact, at)), ...priorReports],
    priorKeys: story.priorKeys ?? [],
    ...(story.report === undefined ? {} : { report: story.report }),
    orderedBy: story.orderedBy,
    imageCount: planStudy(story.key, seed).reduce((sum, series) => sum + series.count, 0),
  };
}

const studyUidOf = (key: string, seed: number): string => uidFrom(seed, key, 'study');

function noteOf({ minutesAgo, source, ...fact }: StoryFact, at: (minutesAgo: number) => EpochMs): NoteFact {
  return { ...fact, source: source ?? 'HL7 order', ...(minutesAgo === undefined ? {} : { at: at(minutesAgo) }) };
}

export const report = (...paragraphs: readonly string[]): string => paragraphs.join('\n\n');
