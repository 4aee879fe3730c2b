import type { Bundle, DiagnosticReport, Patient, ServiceRequest } from 'fhir/r4';

import { attachBytes, attachText } from '#electron/ports/attach-text.ts';
import type { AttemptOutcome } from '#shared/domain/delivery.ts';
import type { SiteCredentials } from '#shared/domain/site.ts';
import { documentForSite } from '#shared/fhir/document-for-site.ts';
import { FhirError, type FhirClient, type FhirRefusal } from '#shared/fhir/fhir-client.ts';
import { reportForSite } from '#shared/fhir/report-for-site.ts';
import { reportUuidOf } from '#shared/fhir/report-from-fhir.ts';
import { reportIfNoneExist } from '#shared/fhir/report-to-fhir.ts';
import { SYSTEM } from '#shared/fhir/systems.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import type { Channel } from './ports.ts';

/** A site's own FHIR server. */
export type SiteFhir = (url: string, auth: SiteCredentials | undefined) => FhirClient;

/**
 * Creates the report at the site unless one with our identifier is there: a repeat finds the first. When the server's answer leaves open whether it has
 * it, it is asked at once, and again before any repeat: some servers do not know the conditional create, and none answers twice the same way when broken.
 */
export const createFhirChannel = ({ siteFhir }: { readonly siteFhir: SiteFhir }): Channel => ({
  async deliver({ signed, signature, channel, isRepeat, pdf }) {
    if (channel.kind !== 'fhir') return { kind: 'refused', code: 'wrong-channel' };
    const fhir = siteFhir(channel.url, channel.auth);
    const type = channel.as === 'document' ? 'Bundle' : 'DiagnosticReport';
    const rendered = attachBytes(await pdf());
    try {
      if (isRepeat) {
        const held = await findHeld(fhir, type, signed);
        if (held !== undefined) return held;
      }
      const known = type === 'Bundle' ? {} : await findOnSite(fhir, signed);
      const input = { signed, signature, pdf: rendered, ...known };
      const resource = type === 'Bundle' ? documentForSite(input, attachText) : reportForSite(input, attachText);
      const created = await fhir.create<Bundle | DiagnosticReport>(resource, reportIfNoneExist(signed.reportUuid));
      return acceptedAs(type, created);
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      const outcome = outcomeOf(error.refusal);
      return outcome.kind === 'unknown' ? ((await askQuietly(fhir, type, signed)) ?? outcome) : outcome;
    }
  },
});

type ReportType = 'DiagnosticReport' | 'Bundle';

function acceptedAs(type: ReportType, { id, meta }: Bundle | DiagnosticReport): AttemptOutcome {
  const version = meta?.versionId === undefined ? '' : `/_history/${meta.versionId}`;
  return { kind: 'accepted', ackId: `${type}/${id ?? ''}`, answer: `${type}/${id ?? ''}${version}` };
}

/** A server that does not know `identifier` answers with anything: what it sends is looked at. */
async function findHeld(
  fhir: FhirClient,
  type: ReportType,
  { reportUuid }: SignedReport,
): Promise<AttemptOutcome | undefined> {
  const identifier = `${SYSTEM.report}|${reportUuid}`;
  const found = await searchIfAllowed<Bundle | DiagnosticReport>(fhir, type, identifier, 20);
  const ours = found.find((resource) => reportUuidOf(resource) === reportUuid);
  return ours === undefined ? undefined : acceptedAs(type, ours);
}

async function askQuietly(
  fhir: FhirClient,
  type: ReportType,
  signed: SignedReport,
): Promise<AttemptOutcome | undefined> {
  try {
    return await findHeld(fhir, type, signed);
  } catch (error) {
    if (error instanceof FhirError) return undefined;
    throw error;
  }
}

/** The site's own Patient and ServiceRequest, each only when there is exactly one: a wrong link is worse than none. */
async function findOnSite(
  fhir: FhirClient,
  { task }: SignedReport,
): Promise<{ patientId?: string; serviceRequestId?: string }> {
  const { mrn } = task.patient;
  const { accessionNumber } = task;
  const [patients, orders] = await Promise.all([
    mrn === '' ? [] : searchIfAllowed<Patient>(fhir, 'Patient', escapeToken(mrn), 2),
    accessionNumber === undefined
      ? []
      : searchIfAllowed<ServiceRequest>(fhir, 'ServiceRequest', escapeToken(accessionNumber), 2),
  ]);
  const [patientId, serviceRequestId] = [onlyId(patients, mrn), onlyId(orders, accessionNumber)];
  return {
    ...(patientId === undefined ? {} : { patientId }),
    ...(serviceRequestId === undefined ? {} : { serviceRequestId }),
  };
}

/** `,`, `|`, `$` and `\` inside a token are escaped (R4 3.1.1.4.1). */
const escapeToken = (value: string): string => value.replace(/[\\,|$]/g, '\\$&');

function onlyId(resources: readonly (Patient | ServiceRequest)[], value: string | undefined): string | undefined {
  const [only] = resources;
  const isIt = only?.identifier?.some((identifier) => identifier.value === value) === true;
  return resources.length === 1 && isIt ? only.id : undefined;
}

/** A server may take reports without letting us search: then the report goes with identifiers only. */
async function searchIfAllowed<Resource extends Patient | ServiceRequest | DiagnosticReport | Bundle>(
  fhir: FhirClient,
  type: Resource['resourceType'],
  identifier: string,
  limit: number,
): Promise<Resource[]> {
  try {
    const found = await fhir.search<Resource>(type, { identifier }, limit);
    return found.filter((resource) => resource.resourceType === type);
  } catch (error) {
    if (error instanceof FhirError && error.refusal.code !== 'unreachable') return [];
    throw error;
  }
}

function outcomeOf(refusal: FhirRefusal): AttemptOutcome {
  switch (refusal.code) {
    case 'rejected':
      return { kind: 'refused', code: `fhir-${refusal.status}`, answer: refusal.diagnostics };
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
