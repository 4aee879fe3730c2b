import type { Communication, Task } from 'fhir/r4';

import type { CriticalResult } from '#shared/domain/critical-result.ts';
import type { Delivery } from '#shared/domain/delivery.ts';
import { INBOX_RULES } from '#shared/domain/inbox-link.ts';
import type { Recommendation } from '#shared/domain/recommendation.ts';
import type { Site } from '#shared/domain/site.ts';
import type { SiteQuestion } from '#shared/domain/site-question.ts';
import { criticalFromFhir } from '#shared/fhir/critical-from-fhir.ts';
import { readConfirmedCriticals, readOpenCriticals, readOrNothing } from '#shared/fhir/critical-on-hub.ts';
import { deliveryFromFhir } from '#shared/fhir/delivery-from-fhir.ts';
import { deliveryToFhir } from '#shared/fhir/delivery-to-fhir.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { readQuestions } from '#shared/fhir/question-on-hub.ts';
import { readOpenRecommendations } from '#shared/fhir/recommendation-on-hub.ts';
import { DELIVERY_CODE } from '#shared/fhir/systems.ts';
import { DAY_MS, toIso, type Clock, type EpochMs } from '#shared/kernel/clock.ts';

/** What waits for a site, and what has come to it lately. Of this site alone, whatever else the hub holds. */
export interface SiteInbox {
  readonly open: readonly CriticalResult[];
  readonly confirmed: readonly CriticalResult[];
  readonly questions: readonly SiteQuestion[];
  readonly recommendations: readonly Recommendation[];
  /** Newest first, one entry a report version. */
  readonly reports: readonly Delivery[];
}

const MAX_DELIVERIES = 5000;
const MAX_CONFLICTS = 5;

export async function readInbox(site: Site, fhir: FhirClient, clock: Clock): Promise<SiteInbox> {
  const since = (clock.now() - (site.inbox ?? INBOX_RULES).linkDays * DAY_MS) as EpochMs;
  const isOurs = ({ siteId }: { readonly siteId: string }) => siteId === site.id;
  const [open, confirmed, questions, recommendations, reports] = await Promise.all([
    readOpenCriticals(fhir),
    readConfirmedCriticals(fhir, since),
    readQuestions(fhir, since),
    readOpenRecommendations(fhir),
    readReports(site, fhir, since),
  ]);
  return {
    open: open.filter(isOurs),
    confirmed: confirmed.filter(isOurs),
    questions: questions.filter(isOurs),
    recommendations: recommendations.filter(isOurs),
    reports,
  };
}

/** What was delivered to the page of this site, and nothing that has not left yet. */
async function readReports(site: Site, fhir: FhirClient, since: EpochMs): Promise<Delivery[]> {
  const code = `${DELIVERY_CODE.system}|${DELIVERY_CODE.code}`;
  const params = { code, status: 'completed', _lastUpdated: `ge${toIso(since)}` };
  const tasks = await fhir.search<Task>('Task', params, MAX_DELIVERIES);
  return tasks
    .flatMap((task) => {
      const read = deliveryFromFhir(task);
      return read.ok && isInInbox(read.value, site) ? [read.value] : [];
    })
    .toSorted((one, other) => other.signedAt - one.signedAt || (one.id < other.id ? -1 : 1));
}

const isInInbox = ({ siteId, channel, state }: Delivery, site: Site): boolean =>
  siteId === site.id && channel === 'inbox' && state === 'accepted';

/** The delivery of that id if it lies in this site's inbox. `elsewhere`: it is another site's, or has not come. */
export async function findReport(
  id: string,
  site: Site,
  fhir: FhirClient,
): Promise<Delivery | 'not-found' | 'elsewhere'> {
  const read = deliveryFromFhir(await readOrNothing<Task>(fhir, 'Task', id));
  if (!read.ok) return 'not-found';
  return isInInbox(read.value, site) ? read.value : 'elsewhere';
}

export async function findCritical(
  id: string,
  site: Site,
  fhir: FhirClient,
): Promise<CriticalResult | 'not-found' | 'elsewhere'> {
  const read = criticalFromFhir(await readOrNothing<Communication>(fhir, 'Communication', id));
  if (!read.ok) return 'not-found';
  return read.value.siteId === site.id ? read.value : 'elsewhere';
}

/** Writes into the ledger who opened the report first. True: this was the first time. */
export async function noteOpened(id: string, person: string, fhir: FhirClient, clock: Clock): Promise<boolean> {
  for (let attempt = 0; attempt < MAX_CONFLICTS; attempt += 1) {
    const task = await readOrNothing<Task>(fhir, 'Task', id);
    const read = deliveryFromFhir(task);
    if (task === undefined || !read.ok || read.value.openedAt !== undefined) return false;
    const opened: Delivery = { ...read.value, openedAt: clock.now(), openedBy: person };
    try {
      await fhir.update<Task>(deliveryToFhir(opened, undefined, task), read.value.version);
      return true;
    } catch (error) {
      if (!(error instanceof FhirError) || error.refusal.code !== 'conflict') throw error;
    }
  }
  return false;
}
