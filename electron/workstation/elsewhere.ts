import { isDeepStrictEqual } from 'node:util';

import type { Audit } from '#electron/ports/audit.ts';
import { ArchiveError } from '#electron/ports/site-archive.ts';
import type { CallRequest, CallResponse } from '#shared/contract/calls.ts';
import type { RecordElsewhereView } from '#shared/contract/identity-calls.ts';
import { mayLookAt } from '#shared/domain/eligibility.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { NoteFact } from '#shared/domain/notes.ts';
import { matchPatients } from '#shared/domain/patient-match.ts';
import type { Prior, ReadingTask } from '#shared/domain/reading-task.ts';
import { isUsed, type RecordElsewhere } from '#shared/domain/records-elsewhere.ts';
import type { StudySummary } from '#shared/domain/study.ts';
import { FhirError } from '#shared/fhir/fhir-client.ts';
import { priorsFrom } from '#shared/fhir/prior-list.ts';
import { readNotes, readReportsOf } from '#shared/fhir/read-notes.ts';
import { decideMatch, findRecordsElsewhere } from '#shared/fhir/records-elsewhere.ts';

import type { StudyRef, WorkstationPorts } from './ports.ts';

/** What is known of a case's patient at other sites, as far as this reader may see it. */
export interface KnownElsewhere {
  readonly records: readonly RecordElsewhereView[];
  /** Of the records that are used, each with its site. */
  readonly priors: readonly Prior[];
  /** Texts of earlier reports there. */
  readonly reports: readonly NoteFact[];
}

/** Records of the same person under other numbers: found by rules, used when certain or when a reader has said so. */
export interface Elsewhere {
  /** As it was last seen. */
  atHand(taskId: string): KnownElsewhere;
  /** The reading with the priors there behind its own. */
  withPriors(task: ReadingTask): ReadingTask;
  /** Where a prior there lies. */
  find(studyInstanceUid: string): StudyRef | undefined;
  /** Looks at the hub and asks the sites; `changed` is told where it comes to anything else than what is at hand. */
  look(task: ReadingTask): Promise<void>;
  /** Looks for these, one after the other; each version of a reading once. */
  fetchAhead(tasks: readonly ReadingTask[]): Promise<void>;
  decide(
    task: ReadingTask | undefined,
    request: CallRequest<'decideElsewhere'>,
  ): Promise<CallResponse<'decideElsewhere'>>;
}

type Ports = Pick<WorkstationPorts, 'fhir' | 'sites' | 'archiveOf' | 'reader' | 'clock' | 'log'> & {
  readonly audit: Audit;
  readonly changed: (taskId: ReadingTask['id']) => void;
};

const NOTHING: KnownElsewhere = { records: [], priors: [], reports: [] };
const PRIOR_LIMIT = 100;

export function createElsewhere(ports: Ports): Elsewhere {
  const { fhir, sites, archiveOf, reader, clock, log, audit, changed } = ports;
  const known = new Map<string, KnownElsewhere>();
  const looked = new Map<string, string>();
  /** Records whose use by a rule alone is written down already. */
  const told = new Set<string>();
  let last: Promise<void> = Promise.resolve();

  /** Only of sites that are ours and that let this reader look: of others not even that there is something. */
  const siteOf = (siteId: SiteId) =>
    sites().find(({ id, region }) => id === siteId && mayLookAt(reader, siteId, { region, now: clock.now() }));

  async function recordsOf(task: ReadingTask): Promise<readonly RecordElsewhere[]> {
    const found = await findRecordsElsewhere(fhir, task);
    return found.filter(({ siteId }) => siteOf(siteId) !== undefined);
  }

  async function studiesAt(task: ReadingTask, record: RecordElsewhere): Promise<readonly StudySummary[] | undefined> {
    const archive = archiveOf(record.siteId);
    if (archive === undefined) return undefined;
    try {
      const found: StudySummary[] = [];
      for (const patientId of record.numbers)
        found.push(...(await archive.searchStudies({ patientId, limit: PRIOR_LIMIT })));
      const own = new Set<string>(task.studyInstanceUids);
      return found.filter(
        (study) =>
          record.numbers.includes(study.patientId) &&
          !own.has(study.studyInstanceUid) &&
          matchPatients(task.patient, personOf(study)).strength !== 'never',
      );
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      return undefined;
    }
  }

  async function priorsOf(task: ReadingTask, record: RecordElsewhere) {
    const siteName = siteOf(record.siteId)?.name ?? record.siteId;
    const at = { siteId: record.siteId, siteName };
    const [studies, resources, facts] = await Promise.all([
      studiesAt(task, record),
      readReportsOf(fhir, record.patientIds),
      readNotes(fhir, { patient: { id: record.patientId } }),
    ]);
    const all = priorsFrom(studies ?? [], resources, record.siteId).map((prior) => ({ ...prior, at }));
    const reports = facts.filter(({ kind }) => kind === 'prior-report');
    return {
      priors: all,
      reports: reports.map((fact) => ({ ...fact, source: `${fact.source}, ${siteName}` })),
      asked: {
        at: clock.now(),
        outcome: studies === undefined ? ('unreachable' as const) : ('answered' as const),
        count: all.length,
      },
    };
  }

  async function lookNow(task: ReadingTask): Promise<KnownElsewhere> {
    const seen: { records: RecordElsewhereView[]; priors: Prior[]; reports: NoteFact[] } = {
      records: [],
      priors: [],
      reports: [],
    };
    for (const record of await recordsOf(task)) {
      const answer = isUsed(record) ? await priorsOf(task, record) : undefined;
      seen.records.push(viewOf(record, siteOf(record.siteId)?.name ?? record.siteId, answer?.asked));
      if (answer === undefined) continue;
      seen.priors.push(...answer.priors);
      seen.reports.push(...answer.reports);
      tellOfUse(task, record);
    }
    return seen;
  }

  function tellOfUse(task: ReadingTask, { siteId, patientId, match, decision }: RecordElsewhere): void {
    const key = `${task.id} ${patientId}`;
    if (told.has(key)) return;
    told.add(key);
    const code = decision === undefined ? match.strength : 'accepted';
    audit.record({ act: 'match.used', taskId: task.id, siteId, code, reason: match.evidence.join(', ') });
  }

  async function look(task: ReadingTask): Promise<void> {
    try {
      const before = known.get(task.id);
      const now = await lookNow(task);
      known.set(task.id, now);
      if (!isDeepStrictEqual(withoutTimes(now), withoutTimes(before ?? NOTHING))) changed(task.id);
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      log.warn('elsewhere.not-read', { taskId: task.id });
    }
  }

  async function write(
    task: ReadingTask,
    { patientId, verdict, evidence }: CallRequest<'decideElsewhere'>,
  ): Promise<{ readonly status: CallResponse<'decideElsewhere'>['status']; readonly siteId?: SiteId }> {
    try {
      const record = (await recordsOf(task)).find((each) => each.patientId === patientId);
      if (record === undefined) return { status: 'not-found' };
      const { siteId } = record;
      if (!isDeepStrictEqual([...record.match.evidence], evidence)) return { status: 'changed', siteId };
      const by = { by: reader.id, byName: reader.name, at: clock.now() };
      const decision = verdict === 'taken-back' ? undefined : { verdict, ...by, evidence };
      return { status: await decideMatch(fhir, task.patient.id, record, decision), siteId };
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      return { status: 'hub-unreachable' };
    }
  }

  return {
    atHand: (taskId) => known.get(taskId) ?? NOTHING,
    withPriors(task) {
      const { priors } = known.get(task.id) ?? NOTHING;
      return priors.length === 0 ? task : { ...task, priors: [...task.priors, ...priors] };
    },
    find(studyInstanceUid) {
      for (const { priors } of known.values()) {
        const found = priors.find((prior) => prior.studyInstanceUid === studyInstanceUid);
        if (found?.studyInstanceUid !== undefined && found.at !== undefined)
          return { siteId: found.at.siteId, studyInstanceUid: found.studyInstanceUid };
      }
      return undefined;
    },
    look,
    fetchAhead(tasks) {
      last = last.then(async () => {
        for (const task of tasks) {
          if (looked.get(task.id) === task.version) continue;
          await look(task);
          looked.set(task.id, task.version);
        }
      });
      return last;
    },
    async decide(task, request) {
      if (task === undefined) return { status: 'not-open' };
      const { status, siteId } = await write(task, request);
      const isDone = status === 'decided';
      audit.record({
        act: 'match.decided',
        outcome: isDone ? 'done' : 'refused',
        taskId: task.id,
        ...(siteId === undefined ? {} : { siteId }),
        code: isDone ? request.verdict : status,
        reason: request.evidence.join(', '),
      });
      if (isDone || status === 'changed') await look(task);
      return { status };
    },
  };
}

const withoutTimes = ({ records, priors, reports }: KnownElsewhere) => ({
  records: records.map(({ asked, ...record }) => ({ ...record, outcome: asked?.outcome, count: asked?.count })),
  priors,
  reports,
});

const viewOf = (
  { patientId, siteId, match, decision }: RecordElsewhere,
  siteName: string,
  asked: RecordElsewhereView['asked'],
): RecordElsewhereView => ({
  patientId,
  siteId,
  siteName,
  strength: match.strength,
  evidence: [...match.evidence],
  isUsed: isUsed({ match, ...(decision === undefined ? {} : { decision }) }),
  ...(decision === undefined
    ? {}
    : { decision: { verdict: decision.verdict, byName: decision.byName, at: decision.at } }),
  ...(asked === undefined ? {} : { asked }),
});

/** Whom the archive names: what it leaves open says nothing. */
const personOf = ({ patientName, sex, birthDate }: StudySummary) => ({
  name: patientName,
  sex,
  ...(birthDate === undefined ? {} : { birthDate }),
});
