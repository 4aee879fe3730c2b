import type { Schedule, Slot } from 'fhir/r4';

import type { Shift } from '#shared/domain/shift.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { rosterFromFhir } from '#shared/fhir/roster-from-fhir.ts';
import { DAY_MS, toIso, type Clock, type EpochMs } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

/** Who answers when: as configured, and what the hub holds as Schedule and Slot on top. */
export interface Roster {
  shifts(): readonly Shift[];
  /** Asks the hub; one that is away, or holds no roster, leaves what was last known. */
  refresh(): Promise<void>;
}

const MOST = 2000;

export function createRoster(ports: {
  readonly fhir: FhirClient;
  readonly configured: readonly Shift[];
  readonly clock: Clock;
  readonly log: Log;
}): Roster {
  const { fhir, configured, clock, log } = ports;
  let fromHub: readonly Shift[] = [];
  return {
    shifts: () => [...configured, ...fromHub],
    async refresh() {
      try {
        const since = toIso((clock.now() - DAY_MS) as EpochMs);
        const slots = await fhir.search<Slot>('Slot', { start: `ge${since}` }, MOST);
        fromHub = slots.length === 0 ? [] : rosterFromFhir(await fhir.search<Schedule>('Schedule', {}, MOST), slots);
      } catch (error) {
        if (!(error instanceof FhirError)) throw error;
        log.warn('roster.not-read', { code: error.refusal.code });
      }
    },
  };
}
