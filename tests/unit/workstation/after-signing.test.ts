import { expect, it } from 'vitest';

import { createAfterSigning } from '#electron/workstation/studies/after-signing.ts';
import type { StudyMetadata } from '#electron/workstation/studies/study-metadata.ts';
import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import { MINUTE_MS } from '#shared/kernel/clock.ts';
import { createManualClock } from '#tests/support/manual-clock.ts';
import { NIGHT, readingTask } from '#tests/support/reading-tasks.ts';

type Kept = Parameters<typeof createAfterSigning>[0]['kept'];
const task = (id: string, study: string) =>
  readingTask(id, { state: 'completed', studyInstanceUids: [study as StudyInstanceUid], instanceCount: 1 });
const picture = (sop: string) => ({
  '00080018': { Value: [sop] },
  '00280010': { Value: [4] },
  '00280011': { Value: [4] },
});

it('loses no mark that was stored when new ones are found before the stored ones can be read', async () => {
  let stored = [{ key: 'other/1.1', sopInstanceUids: ['1.1.1'], uncertain: 0 }] as unknown as Awaited<
    ReturnType<Kept['load']>
  >;
  let isSignedIn = false;
  const kept: Kept = {
    load: async () => (isSignedIn ? stored : []),
    save: async (entries) => {
      if (!isSignedIn) return 'not-saved';
      stored = [...entries];
      return 'saved';
    },
  };
  const metadata: Partial<StudyMetadata> = {
    knownInstances: async () => 1,
    peek: async () => undefined,
    revalidate: async () => false,
    get: (async () => [picture('1.2.1'), picture('1.2.2')]) as unknown as StudyMetadata['get'],
  };
  const clock = createManualClock(NIGHT);
  const marks = createAfterSigning({
    metadata: metadata as StudyMetadata,
    countAt: async () => 2,
    kept,
    clock,
    changed: () => undefined,
  });
  await marks.look([task('a', '1.2')]);
  expect(marks.count(task('a', '1.2'))).toBe(1);
  isSignedIn = true;
  clock.advance(6 * MINUTE_MS);
  await marks.look([task('a', '1.2')]);
  expect(stored.map(({ key }) => key)).toContain('other/1.1');
  expect(stored).toHaveLength(2);
});
