import type { Task } from 'fhir/r4';

import type { RadiologistId } from '#shared/domain/identifiers.ts';
import {
  DISCREPANCY_CODE,
  discrepancyFromFhir,
  seenDiscrepancy,
  type DiscrepancyNotice,
} from '#shared/fhir/discrepancy-to-fhir.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';

const MOST_NOTICES = 500;

export interface Discrepancies {
  /** For this reader, not seen yet; newest first. Empty while the hub is away. */
  list(): Promise<readonly DiscrepancyNotice[]>;
  markSeen(id: string): Promise<'seen' | 'not-found' | 'hub-unreachable'>;
}

/** What became of this reader's preliminary reports. */
export function createDiscrepancies(fhir: FhirClient, reader: RadiologistId): Discrepancies {
  return {
    async list() {
      try {
        const code = `${DISCREPANCY_CODE.system}|${DISCREPANCY_CODE.code}`;
        const found = await fhir.search<Task>('Task', { code, status: 'requested' }, MOST_NOTICES);
        return found
          .flatMap((task) => discrepancyFromFhir(task) ?? [])
          .filter(({ firstReaderId }) => firstReaderId === reader)
          .toSorted((one, other) => other.at - one.at);
      } catch (error) {
        if (error instanceof FhirError) return [];
        throw error;
      }
    },
    async markSeen(id) {
      try {
        const task = await fhir.read<Task>('Task', id);
        if (discrepancyFromFhir(task)?.firstReaderId !== reader) return 'not-found';
        await fhir.update<Task>(seenDiscrepancy(task), task.meta?.versionId);
        return 'seen';
      } catch (error) {
        if (!(error instanceof FhirError)) throw error;
        return error.refusal.code === 'not-found' ? 'not-found' : 'hub-unreachable';
      }
    },
  };
}
