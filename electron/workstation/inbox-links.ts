import type { BundleEntry, Task } from 'fhir/r4';

import { noAudit } from '#electron/ports/audit.ts';
import { codeDigestOf, digestOf, newCode, newToken } from '#electron/ports/inbox-secrets.ts';
import type { CallResponse } from '#shared/contract/calls.ts';
import type { AuditAct } from '#shared/domain/audit-entry.ts';
import { CODE_TTL_MS, INBOX_RULES, isLinkLive, type InboxLink } from '#shared/domain/inbox-link.ts';
import { actEntry, putEntry, readOrNothing } from '#shared/fhir/critical-on-hub.ts';
import { FhirError } from '#shared/fhir/fhir-client.ts';
import { INBOX_LINK_CODE, inboxLinkFromFhir, inboxLinkToFhir } from '#shared/fhir/inbox-link-fhir.ts';
import { DAY_MS, type EpochMs } from '#shared/kernel/clock.ts';

import { onHub } from './on-hub.ts';
import type { WorkstationPorts } from './ports.ts';

const MAX_LINKS = 2000;
const MAX_CONFLICTS = 5;

/** The support desk's keys to the sites' inbox pages. */
export interface InboxLinks {
  list(): Promise<CallResponse<'support'>['inbox']>;
  invite(siteId: string): Promise<CallResponse<'inviteSite'>>;
  newCode(linkId: string): Promise<CallResponse<'newInboxCode'>>;
  revoke(linkId: string): Promise<CallResponse<'revokeInboxLink'>>;
}

type Ports = Pick<WorkstationPorts, 'fhir' | 'sites' | 'reader' | 'clock' | 'log' | 'inboxUrl' | 'audit'>;

export function createInboxLinks({ fhir, sites, reader, clock, log, inboxUrl, audit = noAudit }: Ports): InboxLinks {
  const by = { id: reader.id as string, name: reader.name };
  const hasInbox = () =>
    inboxUrl?.() === undefined ? [] : sites().filter(({ returns }) => returns.some(({ kind }) => kind === 'inbox'));

  const acted = (act: AuditAct, siteId: string, about: readonly string[]): BundleEntry =>
    actEntry({ act, at: clock.now(), by, siteId, about, outcome: 'done' });

  async function change(
    linkId: string,
    act: AuditAct,
    decide: (link: InboxLink) => InboxLink,
  ): Promise<'done' | 'not-found'> {
    for (let attempt = 1; ; attempt += 1) {
      const link = inboxLinkFromFhir(await readOrNothing<Task>(fhir, 'Task', linkId));
      if (link === undefined || !isLinkLive(link, clock.now())) {
        audit.record({ act, outcome: 'refused', code: 'not-found' });
        return 'not-found';
      }
      const next = decide(link);
      try {
        await fhir.transaction({
          resourceType: 'Bundle',
          type: 'transaction',
          entry: [putEntry(inboxLinkToFhir(next), link.version), acted(act, link.siteId, [`Task/${linkId}`])],
        });
        log.info(act, { siteId: link.siteId });
        audit.record({ act, siteId: link.siteId });
        return 'done';
      } catch (error) {
        const isConflict = error instanceof FhirError && error.refusal.code === 'conflict';
        if (!isConflict || attempt === MAX_CONFLICTS) throw error;
      }
    }
  }

  const stateOf = (link: InboxLink, now: EpochMs): CallResponse<'support'>['inbox']['links'][number]['state'] => {
    if (!isLinkLive(link, now)) return 'dead';
    if (link.session !== undefined && link.session.until > now) return 'in-use';
    return link.code !== undefined && link.code.until > now ? 'code-waiting' : 'needs-code';
  };

  return {
    async list() {
      const tasks = await onHub(() =>
        fhir.search<Task>('Task', { code: INBOX_LINK_CODE, status: 'requested' }, MAX_LINKS),
      );
      const now = clock.now();
      const links = tasks.flatMap((task) => inboxLinkFromFhir(task) ?? []);
      return {
        sites: hasInbox().map(({ id, name }) => ({ siteId: id, siteName: name })),
        links: links
          .filter(({ expiresAt }) => expiresAt > now)
          .map((link) => ({
            id: link.id,
            siteId: link.siteId,
            siteName: link.siteName,
            expiresAt: link.expiresAt,
            state: stateOf(link, now),
            ...(link.codeAskedAt === undefined ? {} : { codeAskedAt: link.codeAskedAt }),
          })),
      };
    },
    async invite(siteId) {
      const site = hasInbox().find(({ id }) => id === siteId);
      const url = inboxUrl?.();
      if (site === undefined || url === undefined) return { status: 'no-inbox' };
      const token = newToken();
      const code = newCode();
      const tokenDigest = digestOf(token);
      const now = clock.now();
      const codeUntil = (now + CODE_TTL_MS) as EpochMs;
      const expiresAt = (now + (site.inbox ?? INBOX_RULES).linkDays * DAY_MS) as EpochMs;
      const link: InboxLink = {
        id: '',
        version: '',
        siteId: site.id,
        siteName: site.name,
        tokenDigest,
        expiresAt,
        code: { digest: codeDigestOf(code, tokenDigest), until: codeUntil },
        wrongCodes: 0,
        isRevoked: false,
      };
      await onHub(() =>
        fhir.transaction({
          resourceType: 'Bundle',
          type: 'transaction',
          entry: [
            { resource: inboxLinkToFhir(link), request: { method: 'POST', url: 'Task' } },
            acted('inbox.invited', site.id, []),
          ],
        }),
      );
      log.info('inbox.invited', { siteId: site.id });
      audit.record({ act: 'inbox.invited', siteId: site.id });
      return { status: 'invited', url: `${url.replace(/\/+$/, '')}/enter/${token}`, code, codeUntil, expiresAt };
    },
    async newCode(linkId) {
      const code = newCode();
      const codeUntil = (clock.now() + CODE_TTL_MS) as EpochMs;
      const status = await onHub(() =>
        change(linkId, 'inbox.code-made', ({ codeAskedAt: _asked, ...link }) => ({
          ...link,
          wrongCodes: 0,
          code: { digest: codeDigestOf(code, link.tokenDigest), until: codeUntil },
        })),
      );
      return status === 'done' ? { status: 'made', code, codeUntil } : { status };
    },
    async revoke(linkId) {
      const status = await onHub(() =>
        change(linkId, 'inbox.revoked', ({ session: _session, code: _code, ...link }) => ({
          ...link,
          isRevoked: true,
        })),
      );
      return { status };
    },
  };
}
