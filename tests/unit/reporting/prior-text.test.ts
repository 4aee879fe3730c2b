import { describe, expect, it } from 'vitest';

import { addPrior } from '#renderer/report/edit-report.ts';
import { findingsOf, unchangedSince } from '#shared/reporting/prior-text.ts';
import { sampleBody, section } from './sample-report.ts';

describe('text of a prior report', () => {
  it.each([
    ['FINDINGS: No hemorrhage.\nIMPRESSION: Normal.', 'No hemorrhage.'],
    [
      'Technique: CT.\n\nFindings:\nNodule 8 mm.\n\nHeart normal.\n\nConclusion\nStable.',
      'Nodule 8 mm.\nHeart normal.',
    ],
    ['Nodule 8 mm, right lung.', 'Nodule 8 mm, right lung.'],
    ['FINDINGS: Only these.', 'Only these.'],
  ])('%j found: %j', (report, findings) => {
    expect(findingsOf(report)).toBe(findings);
  });

  it('is carried over as what it is, behind what was written, and marked as the prior’s', () => {
    expect(unchangedSince('Nodule 8 mm.', '2024-03-02')).toBe('Unchanged since 2024-03-02: Nodule 8 mm.');
    const empty = { ...sampleBody, sections: [{ ...section('findings', ''), textSource: 'default' as const }] };
    expect(addPrior('Unchanged: a.')(empty).sections[0]).toMatchObject({ text: 'Unchanged: a.', textSource: 'prior' });
    const written = { ...sampleBody, sections: [section('findings', 'New mass.')] };
    expect(addPrior('Unchanged: a.')(written).sections[0]).toMatchObject({
      text: 'New mass.\nUnchanged: a.',
      textSource: 'typed',
    });
  });
});
