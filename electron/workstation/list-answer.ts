import type { Audit } from '#electron/ports/audit.ts';
import type { CallRequest, CallResponse } from '#shared/contract/calls.ts';
import { declinedBy } from '#shared/domain/reading-act.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { HOUR_MS } from '#shared/kernel/clock.ts';

import type { Cases } from './cases.ts';
import type { Elsewhere } from './elsewhere.ts';
import type { Group } from './group.ts';
import { likelyNextCase } from './next-case.ts';
import type { WorkstationPorts } from './ports.ts';
import type { Readings } from './readings.ts';
import type { Shifts } from './shifts.ts';
import { imageStoreWords } from './studies/image-store-words.ts';
import type { Worklist } from './worklist.ts';

/** What a window is told of the list, as the hub was last seen; the same whether it asks or is told along with an event. */
export interface ListAnswer {
  /** What "Read next" may take, the next one first. */
  candidates(): readonly ReadingTask[];
  /** Of the list as it is now. */
  revision(): string;
  /** Told every few seconds, so it is written down for the audit once an hour. */
  tell(request: CallRequest<'worklist'>): CallResponse<'worklist'>;
}

export function createListAnswer(
  ports: Pick<WorkstationPorts, 'reader' | 'clock' | 'siteTroubles' | 'cache'> & {
    readonly audit: Audit;
    readonly readings: Readings;
    readonly worklist: Worklist;
    readonly cases: Pick<Cases, 'onScreenTaskId'>;
    readonly group: Pick<Group, 'terms'>;
    readonly shifts: Pick<Shifts, 'interruption'>;
    readonly elsewhere: Pick<Elsewhere, 'withPriors'>;
  },
): ListAnswer {
  const { reader, readings, worklist, cases, group, shifts, elsewhere, clock, audit, siteTroubles, cache } = ports;

  /** What this reader has declined comes again only when nothing else is left: a reading must never lie unread. */
  const candidates = (): readonly ReadingTask[] => {
    const tasks = worklist.entries().flatMap((entry) => (entry.canBeNext ? [entry.task] : []));
    const isDeclined = ({ acts }: ReadingTask) => declinedBy(acts, reader.id) !== undefined;
    return [...tasks.filter((task) => !isDeclined(task)), ...tasks.filter(isDeclined)];
  };

  let auditedAt = Number.NEGATIVE_INFINITY;
  const record = (count: number) => {
    if (clock.now() - auditedAt < HOUR_MS) return;
    auditedAt = clock.now();
    audit.record({ act: 'worklist.queried', count });
  };

  return {
    candidates,
    revision: () => worklist.revision(),
    tell({ since, pointedAt }) {
      const { at, hubReachable } = readings.seen();
      const part = worklist.rowsSince(since);
      record(part.rows.length);
      return {
        ...part,
        at,
        nextTaskId: candidates()[0]?.id,
        nextCase: likelyNextCase(worklist, elsewhere, { onScreen: cases.onScreenTaskId(), pointedAt }).case,
        hubReachable,
        siteTroubles: siteTroubles().map(({ siteName, code }) => ({ siteName, code })),
        imageStore: imageStoreWords(cache.trouble(), cache.damagedFiles()),
        picking: group.terms().picking,
        interruption: shifts.interruption(),
      };
    },
  };
}
