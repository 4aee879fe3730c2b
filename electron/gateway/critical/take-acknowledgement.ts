import { confirm } from '#shared/domain/critical-result.ts';
import type { Site } from '#shared/domain/site.ts';
import { changeCritical, readConfirmedCriticals, readOpenCriticals } from '#shared/fhir/critical-on-hub.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import type { CriticalAcknowledgement } from '#shared/hl7/critical-acknowledgement.ts';
import { DAY_MS, type Clock, type EpochMs } from '#shared/kernel/clock.ts';

/** A repeat may come this late and is still understood. */
const REPEATED_WITHIN_MS = 7 * DAY_MS;

/** Confirms every open critical result of the order. `unknown`: there is none, and was none lately. Throws FhirError. */
export async function takeCriticalAcknowledgement(
  { accessionNumber, by }: CriticalAcknowledgement,
  site: Pick<Site, 'id'>,
  { fhir, clock }: { readonly fhir: FhirClient; readonly clock: Clock },
): Promise<'taken' | 'unknown'> {
  const isMeant = (result: { siteId: string; accessionNumber?: string }) =>
    result.siteId === site.id && result.accessionNumber === accessionNumber;
  const open = (await readOpenCriticals(fhir)).filter(isMeant);
  for (const { id } of open) {
    await changeCritical(fhir, id, (now) => confirm(now, { at: clock.now(), by, via: 'hl7' }), {
      act: 'critical.acknowledged',
      at: clock.now(),
      by: { id: `site:${site.id}`, name: by },
    });
  }
  if (open.length > 0) return 'taken';
  const before = await readConfirmedCriticals(fhir, (clock.now() - REPEATED_WITHIN_MS) as EpochMs);
  return before.some(isMeant) ? 'taken' : 'unknown';
}
