import { describe, expect, it } from 'vitest';

import { askForMentioned } from '#electron/gateway/study-watch/ask-mentioned.ts';
import { mentionedPriors } from '#shared/domain/mentioned-priors.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { createMemoryArchive, study } from '#tests/support/memory-archive.ts';

describe('exams that only a text speaks of', () => {
  it('are asked for by date under every number of the patient; what another patient has is not theirs', async () => {
    const archive = createMemoryArchive();
    archive.put(study('1.2.7', { studyDate: '20240312', description: 'CT BRAIN' }));
    archive.put(study('1.2.8', { studyDate: '20240312', patientId: '9999' }));
    const mentions = mentionedPriors('Follow up mass, compare with CT of 3/2024 and MRI 5/2019', [], []);
    const patient = { mrn: '4711' } as ReadingTask['patient'];
    const found = await askForMentioned(mentions, { patient }, ['4711', '4712'], { archive, siteFhir: undefined });
    expect(found.studies.map(({ studyInstanceUid }) => studyInstanceUid)).toEqual(['1.2.7']);
    expect(archive.queries().map(({ patientId, studyDate }) => `${patientId} ${studyDate}`)).toEqual([
      '4711 20240301-20240331',
      '4712 20240301-20240331',
      '4711 20190501-20190531',
      '4712 20190501-20190531',
    ]);
  });
});
