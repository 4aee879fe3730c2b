import type { Cases } from './cases.ts';
import type { Deliveries } from './deliveries.ts';
import type { Elsewhere } from './elsewhere.ts';
import type { EventBus } from './event-bus.ts';
import type { NotesAtHand } from './kept-notes.ts';
import type { Readings } from './readings.ts';
import type { Session } from './session.ts';
import type { Shifts } from './shifts.ts';
import { readingsAhead } from './studies/prefetch-plan.ts';
import type { Prefetch } from './studies/prefetch.ts';
import type { Worklist } from './worklist.ts';

/** Looks at the hub and tells the screen what changed. */
export interface Watch {
  look(): Promise<void>;
  /** After our own write: tell at once, look later. */
  worklistChanged(): void;
}

export function createWatch(ports: {
  readonly readings: Readings;
  readonly worklist: Worklist;
  readonly shifts: Shifts;
  readonly deliveries: Deliveries;
  readonly cases: Cases;
  readonly session: Session;
  readonly events: EventBus;
  readonly prefetch: Prefetch;
  readonly notes: Pick<NotesAtHand, 'fetchAhead'>;
  readonly elsewhere: Pick<Elsewhere, 'fetchAhead' | 'withPriors'>;
}): Watch {
  const { readings, worklist, shifts, deliveries, cases, session, events, prefetch, notes, elsewhere } = ports;
  let seenList = '';
  let seenDeliveries = '';

  function bringAhead() {
    if (session.isLocked()) return;
    const entries = worklist.entries();
    prefetch.follow(entries.map((entry) => ({ ...entry, task: elsewhere.withPriors(entry.task) })));
    const next = readingsAhead(entries);
    void notes.fetchAhead(next).then(() => elsewhere.fetchAhead(next));
  }

  async function lookAtReadings() {
    const { hubReachable } = await readings.refresh();
    // Also time moves rows: claims run out, and what is due comes nearer.
    const revision = `${worklist.revision()} ${hubReachable} ${shifts.interruption()?.taskId}`;
    if (revision !== seenList) events.emit({ type: 'worklist-changed' });
    seenList = revision;
    if (hubReachable) for (const taskId of cases.takeLost()) events.emit({ type: 'claim-lost', taskId });
    bringAhead();
  }

  async function lookAtDeliveries() {
    const all = await deliveries.list().catch(() => undefined);
    if (all === undefined) return;
    const signature = all.map(({ id, version }) => `${id}/${version}`).join();
    if (signature !== seenDeliveries) events.emit({ type: 'deliveries-changed' });
    seenDeliveries = signature;
  }

  let running: Promise<void> | undefined;
  let queued: Promise<void> | undefined;
  /** However fast changes come, one look runs and at most one more waits. */
  function look(): Promise<void> {
    if (running === undefined) {
      running = Promise.all([lookAtReadings(), lookAtDeliveries()])
        .then(() => undefined)
        .finally(() => {
          running = undefined;
        });
      return running;
    }
    queued ??= running
      .catch(() => undefined)
      .then(() => {
        queued = undefined;
        return look();
      });
    return queued;
  }

  return {
    look,
    worklistChanged() {
      events.emit({ type: 'worklist-changed' });
      bringAhead();
    },
  };
}
