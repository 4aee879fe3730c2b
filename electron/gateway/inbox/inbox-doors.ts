import type { Task } from 'fhir/r4';

import { codeDigestOf, digestOf, isSameDigest, newToken } from '#electron/ports/inbox-secrets.ts';
import { INBOX_RULES, isLinkLive, type InboxLink } from '#shared/domain/inbox-link.ts';
import type { Site } from '#shared/domain/site.ts';
import { readOrNothing } from '#shared/fhir/critical-on-hub.ts';
import { FhirError } from '#shared/fhir/fhir-client.ts';
import { identifierToken } from '#shared/fhir/identifier-search.ts';
import { inboxLinkFromFhir, inboxLinkToFhir } from '#shared/fhir/inbox-link-fhir.ts';
import { SYSTEM } from '#shared/fhir/systems.ts';
import { MINUTE_MS, type EpochMs } from '#shared/kernel/clock.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { InboxPorts, InboxRefusal } from './ports.ts';

/** A browser that has shown link and code: one site's, until its time is over. */
export interface InboxSession {
  readonly linkId: string;
  readonly site: Site;
  readonly person: string;
  /** The cookie's secret half; forms are bound to it. */
  readonly secret: string;
  readonly until: EpochMs;
}

/** Who may come in. Links, codes and sessions live on the hub as digests, so that a restart forgets none and grants none anew. */
export interface InboxDoors {
  findLink(token: string): Promise<Result<InboxLink, 'unknown-link' | 'dead-link'>>;
  /** The code opens one session and is used up by the same write. */
  enter(token: string, code: string, person: string): Promise<Result<InboxSession, InboxRefusal>>;
  resume(cookie: string | undefined): Promise<Result<InboxSession, 'no-session'>>;
  askForCode(token: string): Promise<boolean>;
  leave(session: InboxSession): Promise<void>;
}

const MAX_CONFLICTS = 5;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const COOKIE = /^([A-Za-z0-9.-]{1,64})\.([A-Za-z0-9_-]{43})$/;

export function createInboxDoors({ fhir, sites, clock }: Pick<InboxPorts, 'fhir' | 'sites' | 'clock'>): InboxDoors {
  const siteOf = (siteId: string): Site | undefined => sites().find(({ id }) => id === siteId);

  async function findLink(token: string): Promise<Result<InboxLink, 'unknown-link' | 'dead-link'>> {
    if (!TOKEN.test(token)) return err('unknown-link');
    const digest = digestOf(token);
    const identifier = identifierToken(SYSTEM.inboxLink, digest);
    const [task] = await fhir.search<Task>('Task', { identifier });
    const link = inboxLinkFromFhir(task);
    if (link === undefined || !isSameDigest(link.tokenDigest, digest)) return err('unknown-link');
    return isLinkLive(link, clock.now()) && siteOf(link.siteId) !== undefined ? ok(link) : err('dead-link');
  }

  /** False: someone else wrote in between. */
  async function write(link: InboxLink): Promise<boolean> {
    try {
      await fhir.update<Task>(inboxLinkToFhir(link), link.version);
      return true;
    } catch (error) {
      if (error instanceof FhirError && error.refusal.code === 'conflict') return false;
      throw error;
    }
  }

  async function tryCode(
    token: string,
    code: string,
    person: string,
  ): Promise<Result<InboxSession, InboxRefusal> | 'again'> {
    const found = await findLink(token);
    if (!found.ok) return found;
    const { code: expected, ...link } = found.value;
    const site = siteOf(link.siteId);
    if (site === undefined) return err('dead-link');
    if (expected === undefined || expected.until <= clock.now()) return err('used-code');
    if (!isSameDigest(codeDigestOf(code, link.tokenDigest), expected.digest)) {
      return (await write({ ...found.value, wrongCodes: link.wrongCodes + 1 })) ? err('wrong-code') : 'again';
    }
    const secret = newToken();
    const sessionMs = (site.inbox ?? INBOX_RULES).sessionMinutes * MINUTE_MS;
    const until = Math.min(link.expiresAt, clock.now() + sessionMs) as EpochMs;
    const entered = await write({ ...link, wrongCodes: 0, session: { digest: digestOf(secret), until, person } });
    return entered ? ok({ linkId: link.id, site, person, secret, until }) : 'again';
  }

  return {
    findLink,
    async enter(token, code, person) {
      for (let attempt = 0; attempt < MAX_CONFLICTS; attempt += 1) {
        const answer = await tryCode(token, code, person);
        if (answer !== 'again') return answer;
      }
      return err('wrong-code');
    },
    async resume(cookie) {
      const [, linkId, secret] = COOKIE.exec(cookie ?? '') ?? [];
      if (linkId === undefined || secret === undefined) return err('no-session');
      const link = inboxLinkFromFhir(await readOrNothing<Task>(fhir, 'Task', linkId));
      const site = link === undefined ? undefined : siteOf(link.siteId);
      if (link?.session === undefined || site === undefined || link.isRevoked) return err('no-session');
      const { digest, until, person } = link.session;
      const isOver = until <= clock.now() || link.expiresAt <= clock.now();
      if (isOver || !isSameDigest(digest, digestOf(secret))) return err('no-session');
      return ok({ linkId, site, person, secret, until });
    },
    async askForCode(token) {
      const found = await findLink(token);
      return found.ok && (await write({ ...found.value, codeAskedAt: clock.now() }));
    },
    async leave({ linkId }) {
      const link = inboxLinkFromFhir(await readOrNothing<Task>(fhir, 'Task', linkId));
      if (link === undefined) return;
      const { session: _session, ...rest } = link;
      await write(rest);
    },
  };
}
