import { ArchiveError, type SiteArchive } from '#electron/ports/site-archive.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { Site } from '#shared/domain/site.ts';
import type { StudySummary } from '#shared/domain/study.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { identifierToken } from '#shared/fhir/identifier-search.ts';
import { siteSystem, SYSTEM } from '#shared/fhir/systems.ts';
import { DAY_MS, SECOND_MS, type Clock, type EpochMs } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import { keepProblem } from '../intake/intake-problem.ts';
import { changeReading, searchReadings, type HeldReading } from '../intake/open-readings.ts';
import { completeReading, findAiResults, findPriors } from './complete-reading.ts';
import { takeHeaderNotes } from './take-header-notes.ts';
import { isOfAnotherPatient, personOfStudy, readingOf } from './match-study.ts';
import { createQuietStudies } from './quiet-studies.ts';
import { takeUnorderedStudy } from './unordered-study.ts';

/** How long an ordered study's number of images must stand still before it counts as complete. */
const QUIET_MS = 5 * SECOND_MS;
/** The same for a study that nobody ordered (SURFACE: a minute). */
const UNORDERED_QUIET_MS = 60 * SECOND_MS;

const RECENT_DAYS = 2;
const RECENT_LIMIT = 1000;
/** Lookups of single orders in one look: their studies are dated before the recent days, or not there yet. */
const LOOKUPS = 20;

export type WatchOutcome = { readonly ok: true } | { readonly ok: false; readonly code: string };

export interface StudyWatch {
  /** One look at the site's archive. Never throws for what a site or the hub may do. */
  look(): Promise<WatchOutcome>;
}

export interface StudyWatchPorts {
  readonly site: Site;
  readonly archive: SiteArchive;
  readonly fhir: FhirClient;
  readonly clock: Clock;
  readonly log: Log;
  /** The site's FHIR server, where it has one: asked for exams that only a text speaks of. */
  readonly siteFhir?: FhirClient;
  readonly quietMs?: number;
  readonly unorderedQuietMs?: number;
}

interface CountedStudy {
  readonly study: StudySummary;
  readonly instances: number;
  readonly quietForMs?: number;
}

/** Watches one site's images arrive, in either order with their orders, and makes readings ready. */
export function createStudyWatch(ports: StudyWatchPorts): StudyWatch {
  const { site, archive, fhir, clock, log, quietMs = QUIET_MS } = ports;
  // A folder sends no orders: there is none to wait for.
  const unorderedQuietMs = isFolder(site) ? quietMs : (ports.unorderedQuietMs ?? UNORDERED_QUIET_MS);
  const quiet = createQuietStudies();
  /** Order and study told about already. */
  const mismatched = new Set<string>();
  /** Studies without an order that were dealt with, with their number of images then: nothing to do until that changes. */
  const settled = new Map<string, number>();
  let lookupFrom = 0;

  /** Orders whose study is not among the recent ones are asked for one by one, in turns. */
  async function lookUp(waiting: readonly HeldReading[], known: ReadonlySet<string>): Promise<StudySummary[]> {
    const missing = waiting.filter(
      ({ reading }) =>
        !known.has(reading.accessionNumber ?? '') && !reading.studyInstanceUids.some((uid) => known.has(uid)),
    );
    const turn = missing.length <= LOOKUPS ? missing : [...missing.slice(lookupFrom), ...missing].slice(0, LOOKUPS);
    lookupFrom = missing.length <= LOOKUPS ? 0 : (lookupFrom + LOOKUPS) % missing.length;
    const found: StudySummary[] = [];
    for (const { reading } of turn) {
      const uid = reading.studyInstanceUids[0];
      if (reading.accessionNumber !== undefined)
        found.push(...(await archive.searchStudies({ accessionNumber: reading.accessionNumber, limit: 10 })));
      else if (uid !== undefined) found.push(...(await archive.searchStudies({ studyInstanceUid: uid, limit: 1 })));
    }
    return found;
  }

  async function settleOrdered(
    counted: readonly CountedStudy[],
    { reading }: HeldReading,
    now: EpochMs,
  ): Promise<void> {
    const own = counted.filter(({ study }) => !isOfAnotherPatient(reading, study));
    for (const { study } of counted.filter((each) => !own.includes(each))) await tellMismatch(study, reading, now);
    if (own.length === 0) return;
    const studies = own.map(({ study }) => study);
    const instances = own.reduce((sum, each) => sum + each.instances, 0);
    const priors = await findPriors(reading, studies, { archive, fhir, site, siteFhir: ports.siteFhir });
    const aiResults = await findAiResults(studies, archive);
    const written = await completeReading(reading.id, studies, instances, { priors, aiResults }, { fhir, site, now });
    await takeHeaderNotes(reading.id, studies, { archive, fhir, site });
    if (written) log.info('study.completed', { siteId: site.id, taskId: reading.id, count: instances });
  }

  async function tellMismatch(study: StudySummary, reading: ReadingTask, now: EpochMs): Promise<void> {
    const key = `${reading.id} ${study.studyInstanceUid}`;
    if (mismatched.has(key)) return;
    log.warn('study.patient-mismatch', { siteId: site.id, taskId: reading.id });
    await keepProblem(fhir, site, {
      code: 'patient-mismatch',
      reason: 'a study carries the number of an order for another patient; it was not attached',
      content: `order ${reading.accessionNumber ?? ''} is for patient ${reading.patient.mrn}; study ${study.studyInstanceUid} is of patient ${study.patientId}`,
      at: now,
    });
    await changeReading(fhir, reading.id, (held) =>
      held.state === 'ordered' ? { ...held, imagedPersons: [personOfStudy(study)] } : undefined,
    );
    mismatched.add(key);
  }

  async function settleUnordered(study: StudySummary, instances: number, now: EpochMs): Promise<void> {
    const taken = await takeUnorderedStudy(await withOwnNumber(study), { archive, fhir, site, now });
    if (!taken.ok) {
      if (taken.error.code === 'hub-unreachable') throw new FhirError({ code: 'unreachable', sent: false });
      await keepProblem(fhir, site, {
        code: taken.error.code,
        reason: taken.error.reason,
        content: `study ${study.studyInstanceUid}`,
        at: now,
      });
      return;
    }
    const [held] = await readingsOf(study);
    if (held !== undefined) await settleOrdered([{ study, instances }], held, now);
  }

  /** An accession number that stands for another patient's reading already is no key: the study stands for itself. */
  async function withOwnNumber(study: StudySummary): Promise<StudySummary> {
    const { accessionNumber, ...unnumbered } = study;
    if (accessionNumber === undefined || accessionNumber === '') return unnumbered;
    const holders = await searchReadings(fhir, {
      identifier: identifierToken(siteSystem(site.id, 'accession'), accessionNumber),
    });
    return holders.some(({ reading }) => isOfAnotherPatient(reading, study)) ? unnumbered : study;
  }

  /** Readings of any state that this study belongs to: a signed one must not be made anew. */
  async function readingsOf(study: StudySummary): Promise<HeldReading[]> {
    const tokens = [identifierToken(SYSTEM.dicomUid, study.studyInstanceUid)];
    if (study.accessionNumber !== undefined && study.accessionNumber !== '')
      tokens.unshift(identifierToken(siteSystem(site.id, 'accession'), study.accessionNumber));
    for (const identifier of tokens) {
      const found = await searchReadings(fhir, { identifier });
      const held = readingOf(
        study,
        found.filter(({ reading }) => reading.siteId === site.id),
      );
      if (held !== undefined) return [held];
    }
    return [];
  }

  async function look(): Promise<void> {
    const waiting = (await searchReadings(fhir, { status: 'requested,ready' })).filter(
      ({ reading }) => reading.siteId === site.id,
    );
    const recent = await archive.searchStudies(recentQuery(site, clock.now()));
    const known = new Set(recent.flatMap((study) => [study.studyInstanceUid, study.accessionNumber ?? '']));
    const unmatched = waiting.filter(({ reading }) => reading.state === 'ordered');
    const studies = [...recent, ...(await lookUp(unmatched, known))];
    const byReading = new Map<HeldReading, CountedStudy[]>();
    for (const study of studies) {
      const instances = study.instanceCount ?? (await archive.countInstances(study.studyInstanceUid));
      const quietForMs = quiet.observe(study.studyInstanceUid, instances, clock.now());
      const held = readingOf(study, waiting);
      if (held !== undefined) byReading.set(held, [...(byReading.get(held) ?? []), { study, instances, quietForMs }]);
      else if (instances > 0 && quietForMs >= unorderedQuietMs) await lookAtUnordered(study, instances);
    }
    for (const [held, counted] of byReading) await lookAtOrdered(held, counted);
  }

  /** An order may have several studies: it is complete when every one of them that has come stands still. */
  async function lookAtOrdered(held: HeldReading, counted: readonly CountedStudy[]): Promise<void> {
    const present = counted.filter(({ instances }) => instances > 0);
    if (present.length === 0 || present.some(({ quietForMs = 0 }) => quietForMs < quietMs)) return;
    const instances = present.reduce((sum, each) => sum + each.instances, 0);
    const isDone = held.reading.state === 'ready' && held.reading.instanceCount === instances;
    if (!isDone) await settleOrdered(present, held, clock.now());
  }

  async function lookAtUnordered(study: StudySummary, instances: number): Promise<void> {
    if (site.orders.unordered !== 'create' || settled.get(study.studyInstanceUid) === instances) return;
    if ((await readingsOf(study)).length === 0) await settleUnordered(study, instances, clock.now());
    settled.set(study.studyInstanceUid, instances);
  }

  return {
    async look() {
      try {
        await look();
        return { ok: true };
      } catch (thrown) {
        if (thrown instanceof ArchiveError) return { ok: false, code: thrown.code };
        if (thrown instanceof FhirError) return { ok: false, code: `hub-${thrown.refusal.code}` };
        throw thrown;
      }
    },
  };
}

const sendsOrders = ({ orders }: Site): boolean => orders.hl7ListenPort !== undefined || orders.fhirUrl !== undefined;
const isFolder = (site: Site): boolean => !sendsOrders(site) && site.dicomweb === undefined;

/** A site that sends no orders has studies of any age to read; of others the last days are enough, orders look up the rest. */
function recentQuery(site: Site, now: EpochMs) {
  if (!sendsOrders(site)) return { limit: RECENT_LIMIT };
  const from = new Date(now - RECENT_DAYS * DAY_MS).toISOString().slice(0, 10).replace(/-/g, '');
  return { studyDate: `${from}-`, limit: RECENT_LIMIT };
}
