import type { DiagnosticReport } from 'fhir/r4';

import { readReport } from '#electron/gateway/delivery/read-report.ts';
import { attachText } from '#electron/ports/attach-text.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { SYSTEM } from '#shared/fhir/systems.ts';
import type { Predecessor, SignedReport } from '#shared/reporting/signed-report.ts';

export interface ReportVersions {
  /** The version that stands for the reading; undefined when there is none of ours. Throws FhirError while the hub is away. */
  latest(task: Pick<ReadingTask, 'reportId'>): Promise<SignedReport | undefined>;
  /** Newest first. */
  all(task: Pick<ReadingTask, 'reportId'>): Promise<readonly SignedReport[]>;
}

const MOST_VERSIONS = 100;

/** Signed versions as the hub keeps them, each checked against its hash. */
export function createReportVersions(fhir: FhirClient): ReportVersions {
  const parsed = (resource: DiagnosticReport | undefined): SignedReport | undefined => {
    const read = resource === undefined ? undefined : readReport(resource, attachText);
    return read?.ok === true ? read.value.signed : undefined;
  };

  async function latest({ reportId }: Pick<ReadingTask, 'reportId'>): Promise<SignedReport | undefined> {
    if (reportId === undefined) return undefined;
    try {
      return parsed(await fhir.read<DiagnosticReport>('DiagnosticReport', reportId));
    } catch (error) {
      if (error instanceof FhirError && error.refusal.code === 'not-found') return undefined;
      throw error;
    }
  }

  async function before({ reportUuid }: Predecessor): Promise<SignedReport | undefined> {
    const found = await fhir.search<DiagnosticReport>('DiagnosticReport', {
      identifier: `${SYSTEM.report}|${reportUuid}`,
    });
    return parsed(found[0]);
  }

  return {
    latest,
    async all(task) {
      const versions: SignedReport[] = [];
      let next = await latest(task);
      while (next !== undefined && versions.length < MOST_VERSIONS) {
        versions.push(next);
        next = next.predecessor === undefined ? undefined : await before(next.predecessor);
      }
      return versions;
    },
  };
}

export const predecessorOf = ({ reportUuid, version, state, signedBy, signedAt }: SignedReport): Predecessor => ({
  reportUuid,
  version,
  state,
  signedBy,
  signedAt,
});
