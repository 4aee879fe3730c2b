import { readFileSync } from 'node:fs';

import type { CheckFacts } from '#shared/reporting/checks/check-facts.ts';

/** A report as somebody would write it, with nothing of the seeded set's wordings. */
export interface WrittenReport {
  readonly exam: string;
  readonly modality: string;
  readonly sex?: 'M' | 'F';
  readonly birthDate?: string;
  readonly side?: 'left' | 'right';
  readonly contrast?: boolean;
  readonly reason?: string;
  readonly priors?: readonly string[];
  readonly technique: string;
  readonly comparison?: string;
  readonly findings: string;
  readonly impression: string;
}

export const factsOf = (report: WrittenReport): CheckFacts => ({
  patient: {
    sex: report.sex ?? 'unknown',
    name: 'Hale^Robin',
    ...(report.birthDate === undefined ? {} : { birthDate: report.birthDate }),
  },
  order: {
    exam: report.exam,
    ...(report.side === undefined ? {} : { laterality: report.side }),
    ...(report.contrast === undefined ? {} : { contrast: report.contrast }),
    ...(report.reason === undefined ? {} : { reason: report.reason }),
  },
  study: { modality: report.modality, priors: report.priors ?? [] },
  at: Date.UTC(2026, 10, 21) as NonNullable<CheckFacts['at']>,
});

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));

/** Right as they are, and full of what a rule may stumble over. */
export const RIGHT = read('right-reports.json') as readonly WrittenReport[];

/** The same kind of text with one thing wrong, and the codes that may name it. */
export const WRONG = read('wrong-reports.json') as readonly (WrittenReport & { readonly codes: readonly string[] })[];
