import type { SiteArchive } from '#electron/ports/site-archive.ts';
import type { IncomingOrder } from '#shared/domain/order.ts';
import type { Site } from '#shared/domain/site.ts';
import type { StudySummary } from '#shared/domain/study.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import { personName } from '#shared/hl7/person-from-hl7.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import type { Result } from '#shared/kernel/result.ts';
import { takeOrder, type IntakeRefusal, type TakenOrder } from '../intake/take-order.ts';
import { factsFromHeaders } from './header-facts.ts';

/** A study that nobody ordered and that has been quiet: what its headers say stands in for the order (SURFACE: `orders.unordered`). */
export async function takeUnorderedStudy(
  study: StudySummary,
  {
    archive,
    fhir,
    site,
    now,
  }: { readonly archive: SiteArchive; readonly fhir: FhirClient; readonly site: Site; readonly now: EpochMs },
): Promise<Result<TakenOrder, IntakeRefusal>> {
  const headers = factsFromHeaders(study, await archive.studyMetadata(study.studyInstanceUid));
  const reason = headers.notes.find((note) => note.kind === 'reason')?.text;
  const order: IncomingOrder = {
    siteId: site.id,
    channel: 'folder',
    control: 'new',
    ...(study.accessionNumber === undefined || study.accessionNumber === ''
      ? {}
      : { accessionNumber: study.accessionNumber }),
    studyInstanceUid: study.studyInstanceUid,
    patient: {
      mrn: study.patientId,
      name: study.patientName === '' ? personName(['Unknown']) : study.patientName,
      sex: study.sex,
      ...(study.birthDate === undefined ? {} : { birthDate: study.birthDate }),
    },
    exam: headers.exam,
    priority: 'routine',
    ...(headers.referredBy === undefined ? {} : { orderedBy: { name: headers.referredBy } }),
    orderedAt: now,
    ...(reason === undefined ? {} : { reason }),
    notes: headers.notes,
  };
  return takeOrder(order, { fhir, site, withServiceRequest: false });
}
