import { describe, expect, it } from 'vitest';

import { priorsByRelevance } from '#shared/domain/prior-relevance.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';

const prior = (description: string, modality: string, date: string) => ({
  description,
  modality,
  date,
  hasReport: true,
});
const exam = (text: string, modality: string) => ({ text, modality }) as ReadingTask['exam'];
const order = (of: ReadingTask['exam'], priors: ReturnType<typeof prior>[]) =>
  priorsByRelevance({ exam: of, priors }).map(({ description }) => description);

describe('priors', () => {
  it('come by region and modality, then by region, then by time', () => {
    expect(
      order(exam('CT head without contrast', 'CT'), [
        prior('MR knee left', 'MR', '2026-01-05'),
        prior('XR chest', 'DX', '2026-02-01'),
        prior('MR brain', 'MR', '2025-12-01'),
        prior('CT head', 'CT', '2020-01-01'),
      ]),
    ).toEqual(['CT head', 'MR brain', 'XR chest', 'MR knee left']);
  });

  it('of one likeness come latest first', () => {
    expect(
      order(exam('CT chest', 'CT'), [
        prior('CT chest old', 'CT', '2019-01-01'),
        prior('CT chest new', 'CT', '2024-01-01'),
      ]),
    ).toEqual(['CT chest new', 'CT chest old']);
  });

  it('of the same modality stand first where a region is not known', () => {
    expect(
      order(exam('MR without words', 'MR'), [prior('XR', 'DX', '2026-01-01'), prior('Study', 'MR', '2020-01-01')]),
    ).toEqual(['Study', 'XR']);
  });

  it('of the other side stand behind those of this side', () => {
    expect(
      order(exam('MR knee right', 'MR'), [
        prior('MR knee left', 'MR', '2026-01-01'),
        prior('MR knee right', 'MR', '2020-01-01'),
      ]),
    ).toEqual(['MR knee right', 'MR knee left']);
  });
});
