import { repeat, type Repetition, type Turn } from '../repeat.ts';
import type { Audit } from '#electron/ports/audit.ts';
import type { Timer } from '#electron/ports/timer.ts';
import { escalate, NO_CRITICAL_RULES, type CriticalResult } from '#shared/domain/critical-result.ts';
import { isReminderDue, type Recommendation } from '#shared/domain/recommendation.ts';
import type { SiteQuestion } from '#shared/domain/site-question.ts';
import type { Site } from '#shared/domain/site.ts';
import { changeCritical, readOpenCriticals } from '#shared/fhir/critical-on-hub.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { readOpenQuestions } from '#shared/fhir/question-on-hub.ts';
import { changeRecommendation, readOpenRecommendations } from '#shared/fhir/recommendation-on-hub.ts';
import { SECOND_MS, type Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import { createAskSite } from './ask-site.ts';

/** Tells a site that something waits for it, without saying what. False: there is no such way to this site. */
export type SendNotice = (site: Site, what: 'critical-result' | 'follow-up' | 'question') => Promise<boolean>;

export interface CriticalWatchPorts {
  /** The hub. */
  readonly fhir: FhirClient;
  readonly sites: () => readonly Site[];
  /** A client of the site's own FHIR server; undefined for a site without one. */
  readonly siteFhirOf: (site: Site) => FhirClient | undefined;
  readonly sendNotice: SendNotice;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Log;
  readonly audit: Audit;
}

export interface CriticalWatch {
  start(): void;
  stop(): Promise<void>;
  /** One look now: escalates what ran out, asks the sites' servers, reminds of what fell due. */
  look(): Promise<Turn>;
}

const LOOK_MS = 5 * SECOND_MS;

/** Who acts when no person does. */
const GATEWAY = { id: 'gateway', name: 'Overread gateway' } as const;

/**
 * The clocks of critical results and recommendations. All they know is on the hub, so a restart loses nothing: what ran out in between escalates at the
 * first look. A result leaves the board only by a confirmation.
 */
export function createCriticalWatch(ports: CriticalWatchPorts): CriticalWatch {
  const { fhir, sites, siteFhirOf, sendNotice, clock, timer, log, audit } = ports;
  const siteOf = (siteId: string): Site | undefined => sites().find(({ id }) => id === siteId);
  const askSite = createAskSite({ fhir, clock, log, audit });
  const noticed = new Set<string>();
  let repetition: Repetition | undefined;

  async function follow(result: CriticalResult): Promise<void> {
    const site = siteOf(result.siteId);
    const siteFhir = site === undefined ? undefined : siteFhirOf(site);
    if (siteFhir !== undefined) {
      const confirmed = await askSite.critical(result, siteFhir);
      if (confirmed) return;
    }
    await noticeOnce(result, 'critical-result');
    const rules = site?.critical ?? NO_CRITICAL_RULES;
    if (clock.now() < result.escalatesAt) return;
    const act = { act: 'critical.escalated' as const, at: clock.now(), by: GATEWAY };
    const next = await changeCritical(fhir, result.id, (now) => escalate(now, rules, clock.now()), act);
    if (typeof next === 'string') return;
    const to = next.escalations.at(-1)?.to;
    log.warn('critical.escalated', {
      siteId: result.siteId,
      taskId: result.taskId,
      attempt: next.escalations.length,
      code: to === undefined ? 'nobody-on-call' : result.level,
    });
    audit.record({ act: 'critical.escalated', actor: GATEWAY.id, siteId: result.siteId, taskId: result.taskId });
    if (site !== undefined) await notice(site, 'critical-result');
  }

  async function ask(question: SiteQuestion): Promise<void> {
    const site = siteOf(question.siteId);
    const siteFhir = site === undefined ? undefined : siteFhirOf(site);
    const isAnswered = siteFhir !== undefined && (await askSite.question(question, siteFhir));
    if (!isAnswered) await noticeOnce(question, 'question');
  }

  /** Once while this program runs: a repeat after a restart does no harm. */
  async function noticeOnce(
    { uuid, siteId }: { readonly uuid: string; readonly siteId: string },
    what: Parameters<SendNotice>[1],
  ): Promise<void> {
    const site = siteOf(siteId);
    if (site === undefined || noticed.has(uuid)) return;
    noticed.add(uuid);
    await notice(site, what);
  }

  async function remind(recommendation: Recommendation): Promise<void> {
    const site = siteOf(recommendation.siteId);
    const went = site !== undefined && (await notice(site, 'follow-up'));
    await changeRecommendation(
      fhir,
      recommendation.id,
      (now) =>
        isReminderDue(now, clock.now())
          ? { ...now, state: 'reminded', remindedAt: clock.now(), remindedBy: went ? 'notice' : 'support-desk' }
          : undefined,
      { act: 'recommendation.reminded', at: clock.now(), by: GATEWAY },
    );
    audit.record({ act: 'recommendation.reminded', actor: GATEWAY.id, siteId: recommendation.siteId });
    log.info('recommendation.reminded', { siteId: recommendation.siteId, code: went ? 'notice' : 'support-desk' });
  }

  /** A notice that does not go holds up nothing: the board and the support desk are what the duty rests on. */
  async function notice(site: Site, what: Parameters<SendNotice>[1]): Promise<boolean> {
    try {
      return await sendNotice(site, what);
    } catch {
      log.warn('notice.not-sent', { siteId: site.id });
      return false;
    }
  }

  async function look(): Promise<Turn> {
    try {
      for (const result of await readOpenCriticals(fhir)) await follow(result);
      for (const question of await readOpenQuestions(fhir)) await ask(question);
      for (const recommendation of await readOpenRecommendations(fhir)) {
        if (isReminderDue(recommendation, clock.now())) await remind(recommendation);
      }
      return { ok: true };
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      return { ok: false, code: error.refusal.code };
    }
  }

  return {
    look,
    start() {
      const tell = (turn: Turn) => {
        if (!turn.ok) log.warn('critical.not-watched', { code: turn.code });
      };
      repetition ??= repeat(look, { timer, intervalMs: LOOK_MS, tell });
    },
    async stop() {
      await repetition?.stop();
    },
  };
}
