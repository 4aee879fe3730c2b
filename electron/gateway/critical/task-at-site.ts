import type { Task } from 'fhir/r4';

import type { SiteId } from '#shared/domain/identifiers.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { SECOND_MS, type Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

/** What is asked of a site, as a Task at its own FHIR server under our identifier. */
export interface Asking {
  readonly uuid: string;
  readonly siteId: SiteId;
  readonly task: Task;
  /** Search by which it is created once. */
  readonly ifNoneExist: string;
}

interface Asked {
  /** Of the Task at the site, once it is there. */
  readonly taskId?: string;
  readonly at: number;
  /** Why it could not be asked the last time. */
  readonly code?: string;
}

/** A site's server is not asked about one thing more often. */
const ASK_EVERY_MS = 15 * SECOND_MS;

/** Created once, looked at ever after. A server that is away or takes no Tasks holds up nothing, and is told of in the log once. */
export interface TaskAtSite {
  /** As the site has it now; undefined while it does not answer, and until it is time to ask again. */
  look(asking: Asking, siteFhir: FhirClient): Promise<Task | undefined>;
  /** Settled: it is looked at no more. */
  forget(uuid: string): void;
}

export function createTaskAtSite({ clock, log }: { readonly clock: Clock; readonly log: Log }): TaskAtSite {
  const asked = new Map<string, Asked>();
  return {
    async look({ uuid, siteId, task, ifNoneExist }, siteFhir) {
      const before = asked.get(uuid);
      const at = clock.now();
      if (before !== undefined && at - before.at < ASK_EVERY_MS) return undefined;
      try {
        const found =
          before?.taskId === undefined
            ? await siteFhir.create<Task>(task, ifNoneExist)
            : await siteFhir.read<Task>('Task', before.taskId);
        asked.set(uuid, { at, ...(found.id === undefined ? {} : { taskId: found.id }) });
        return found;
      } catch (error) {
        if (!(error instanceof FhirError)) throw error;
        const { code } = error.refusal;
        if (before?.code !== code) log.warn('critical.site-not-asked', { siteId, code });
        // A Task that is gone there is made anew.
        const kept = before?.taskId === undefined || code === 'not-found' ? {} : { taskId: before.taskId };
        asked.set(uuid, { at, code, ...kept });
        return undefined;
      }
    },
    forget: (uuid) => void asked.delete(uuid),
  };
}
