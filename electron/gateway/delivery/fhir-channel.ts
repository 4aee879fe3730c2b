import type { Patient, ServiceRequest } from 'fhir/r4';

import { attachBytes, attachText } from '#electron/ports/attach-text.ts';
import type { AttemptOutcome } from '#shared/domain/delivery.ts';
import type { Site } from '#shared/domain/site.ts';
import { FhirError, type FhirClient, type FhirRefusal } from '#shared/fhir/fhir-client.ts';
import { reportForSite } from '#shared/fhir/report-for-site.ts';
import { reportIfNoneExist } from '#shared/fhir/report-to-fhir.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import type { Channel } from './ports.ts';

/** A site's own FHIR server. */
export type SiteFhir = (site: Site, url: string) => FhirClient;

/** Creates the DiagnosticReport at the site unless one with our identifier is there: a repeat finds the first. */
export const createFhirChannel = ({ siteFhir }: { readonly siteFhir: SiteFhir }): Channel => ({
  async deliver({ signed, signature, site, channel, pdf }) {
    if (channel.kind !== 'fhir') return { kind: 'refused', code: 'wrong-channel' };
    const fhir = siteFhir(site, channel.url);
    const rendered = attachBytes(await pdf());
    try {
      const known = await findOnSite(fhir, signed);
      const report = reportForSite({ signed, signature, pdf: rendered, ...known }, attachText);
      const created = await fhir.create(report, reportIfNoneExist(signed.reportUuid));
      return { kind: 'accepted', ackId: `DiagnosticReport/${created.id ?? ''}` };
    } catch (error) {
      if (error instanceof FhirError) return outcomeOf(error.refusal);
      throw error;
    }
  },
});

/** The site's own Patient and ServiceRequest, each only when there is exactly one: a wrong link is worse than none. */
async function findOnSite(
  fhir: FhirClient,
  { task }: SignedReport,
): Promise<{ patientId?: string; serviceRequestId?: string }> {
  const { mrn } = task.patient;
  const patients = mrn === '' ? [] : await searchIfAllowed<Patient>(fhir, 'Patient', mrn);
  const orders =
    task.accessionNumber === undefined
      ? []
      : await searchIfAllowed<ServiceRequest>(fhir, 'ServiceRequest', task.accessionNumber);
  const [patientId, serviceRequestId] = [onlyId(patients), onlyId(orders)];
  return {
    ...(patientId === undefined ? {} : { patientId }),
    ...(serviceRequestId === undefined ? {} : { serviceRequestId }),
  };
}

const onlyId = (resources: readonly { readonly id?: string | undefined }[]): string | undefined =>
  resources.length === 1 ? resources[0]?.id : undefined;

/** A server may take reports without letting us search: then the report goes with identifiers only. */
async function searchIfAllowed<Resource extends Patient | ServiceRequest>(
  fhir: FhirClient,
  type: Resource['resourceType'],
  value: string,
): Promise<Resource[]> {
  try {
    // `,`, `|`, `$` and `\` inside a token are escaped (R4 3.1.1.4.1).
    const found = await fhir.search<Resource>(type, { identifier: value.replace(/[\\,|$]/g, '\\$&') }, 2);
    return found.filter((resource) => resource.resourceType === type);
  } catch (error) {
    if (error instanceof FhirError && error.refusal.code !== 'unreachable') return [];
    throw error;
  }
}

function outcomeOf(refusal: FhirRefusal): AttemptOutcome {
  switch (refusal.code) {
    case 'rejected':
      return { kind: 'refused', code: `fhir-${refusal.status}` };
    case 'forbidden':
      return { kind: 'not-taken', code: 'fhir-forbidden' };
    case 'not-found':
      return { kind: 'refused', code: 'fhir-not-found' };
    case 'conflict':
      return { kind: 'unknown', code: 'fhir-conflict' };
    case 'unreachable':
      return refusal.sent
        ? { kind: 'unknown', code: 'fhir-no-answer' }
        : { kind: 'not-taken', code: 'fhir-unreachable' };
    default:
      return refusal satisfies never;
  }
}
