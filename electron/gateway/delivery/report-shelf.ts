import type { Communication, DiagnosticReport } from 'fhir/r4';

import { attachText } from '#electron/ports/attach-text.ts';
import { CRITICAL_LEVELS, type CriticalLevel } from '#shared/domain/critical-result.ts';
import type { Site } from '#shared/domain/site.ts';
import { criticalFromFhir } from '#shared/fhir/critical-from-fhir.ts';
import { CRITICAL_CATEGORY } from '#shared/fhir/critical-to-fhir.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { RenderPdf } from './ports.ts';
import { readReport, type ReadReport, type UnreadableReport } from './read-report.ts';

/** A signed version taken from the hub, with its PDF made when first asked for. */
export interface ShelvedReport extends ReadReport {
  /** The gravest critical result that was marked on the reading when this version was signed. */
  readonly criticalLevel?: CriticalLevel;
  readonly pdf: () => Promise<Uint8Array>;
}
export type ReportProblem = UnreadableReport | { readonly code: 'report-not-found' };

/** All channels of a site bring the same version: it is read, checked and printed once. A version never changes, so it may be kept. */
export interface ReportShelf {
  /** Throws FhirError when the hub cannot be reached. */
  take(reportId: string, site: Site): Promise<Result<ShelvedReport, ReportProblem>>;
}

const MAX_SHELVED = 32;

export function createReportShelf({
  fhir,
  renderPdf,
}: {
  readonly fhir: FhirClient;
  readonly renderPdf: RenderPdf;
}): ReportShelf {
  const shelf = new Map<string, ShelvedReport>();
  return {
    async take(reportId, site) {
      const known = shelf.get(reportId);
      if (known !== undefined) return ok(known);
      const resource = await readOrNothing(fhir, reportId);
      if (resource === undefined) return err({ code: 'report-not-found' });
      const read = readReport(resource, attachText);
      if (!read.ok) return read;
      const { signed, canonical, signature } = read.value;
      const criticalLevel = await criticalLevelOf(fhir, signed);
      let pdf: Promise<Uint8Array> | undefined;
      const report: ShelvedReport = {
        ...read.value,
        ...(criticalLevel === undefined ? {} : { criticalLevel }),
        pdf: () => {
          pdf ??= renderPdf({ signed, canonical, signature, site }).catch((error: unknown) => {
            pdf = undefined;
            throw error;
          });
          return pdf;
        },
      };
      shelf.set(reportId, report);
      const [oldest] = shelf.keys();
      if (shelf.size > MAX_SHELVED && oldest !== undefined) shelf.delete(oldest);
      return ok(report);
    },
  };
}

async function readOrNothing(fhir: FhirClient, reportId: string): Promise<DiagnosticReport | undefined> {
  try {
    return await fhir.read<DiagnosticReport>('DiagnosticReport', reportId);
  } catch (error) {
    if (error instanceof FhirError && error.refusal.code === 'not-found') return undefined;
    throw error;
  }
}

/** Only what stood when the version was signed: a repeat of the delivery says the same. A hub without Communications has no critical results. */
async function criticalLevelOf(
  fhir: FhirClient,
  { taskId, signedAt }: ReadReport['signed'],
): Promise<CriticalLevel | undefined> {
  const found = await searchOrNothing(fhir, { category: CRITICAL_CATEGORY, 'based-on': `Task/${taskId}` });
  const levels = new Set(
    found
      .map((resource) => criticalFromFhir(resource))
      .flatMap((read) => (read.ok && read.value.foundAt <= signedAt ? [read.value.level] : [])),
  );
  return CRITICAL_LEVELS.find((level) => levels.has(level));
}

async function searchOrNothing(fhir: FhirClient, query: Readonly<Record<string, string>>): Promise<Communication[]> {
  try {
    return await fhir.search<Communication>('Communication', query);
  } catch (error) {
    const code = error instanceof FhirError ? error.refusal.code : undefined;
    if (code === 'rejected' || code === 'not-found' || code === 'forbidden') return [];
    throw error;
  }
}
