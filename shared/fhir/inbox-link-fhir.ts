import type { Task } from 'fhir/r4';

import { MAX_WRONG_CODES, type InboxLink } from '../domain/inbox-link.ts';
import type { SiteId } from '../domain/identifiers.ts';
import { toIso, type EpochMs } from '../kernel/clock.ts';
import { fhirString, instantOf, listOf, recordOf, textOf } from './fhir-text.ts';
import { identifierToken } from './identifier-search.ts';
import { UNKNOWN_SITE } from './reading-task-from-fhir.ts';
import { identifierIn } from './critical-from-fhir.ts';
import { SYSTEM } from './systems.ts';
import { countInput, factsOfTask, instantInput, textInput } from './task-input.ts';

const LINK = { system: SYSTEM.taskKind, code: 'inbox-link', display: 'Way into a site inbox' } as const;
/** Search token of all links. */
export const INBOX_LINK_CODE = identifierToken(LINK.system, LINK.code);

/** A way into a site's inbox as Task: only digests of link, code and session stand in it. */
export function inboxLinkToFhir(link: InboxLink): Task {
  const siteName = fhirString(link.siteName);
  return {
    resourceType: 'Task',
    ...(link.id === '' ? {} : { id: link.id }),
    ...(link.version === '' ? {} : { meta: { versionId: link.version } }),
    identifier: [{ system: SYSTEM.inboxLink, value: link.tokenDigest }],
    status: link.isRevoked ? 'cancelled' : 'requested',
    intent: 'order',
    code: { coding: [LINK] },
    requester: {
      identifier: { system: SYSTEM.site, value: link.siteId },
      ...(siteName === undefined ? {} : { display: siteName }),
    },
    restriction: { period: { end: toIso(link.expiresAt) } },
    input: [
      ...textInput('code-digest', link.code?.digest),
      ...instantInput('code-until', link.code?.until),
      ...countInput('wrong-codes', link.wrongCodes),
      ...textInput('session-digest', link.session?.digest),
      ...instantInput('session-until', link.session?.until),
      ...textInput('session-person', link.session?.person),
      ...instantInput('code-asked-at', link.codeAskedAt),
    ],
  };
}

/** Undefined: no link. What is missing counts against it: no end is an end that has passed. */
export function inboxLinkFromFhir(resource: unknown): InboxLink | undefined {
  const task = recordOf(resource);
  const isLink = listOf(recordOf(task['code'])['coding'])
    .map(recordOf)
    .some(({ system, code }) => system === LINK.system && code === LINK.code);
  const tokenDigest = identifierIn(task, SYSTEM.inboxLink);
  if (task['resourceType'] !== 'Task' || !isLink || tokenDigest === undefined) return undefined;
  const facts = factsOfTask(task['input']);
  const requester = recordOf(task['requester']);
  const siteId = (textOf(recordOf(requester['identifier'])['value']) ?? UNKNOWN_SITE) as SiteId;
  const codeDigest = facts.text('code-digest');
  const sessionDigest = facts.text('session-digest');
  const codeAskedAt = facts.instant('code-asked-at');
  const never = 0 as EpochMs;
  return {
    id: textOf(task['id']) ?? '',
    version: textOf(recordOf(task['meta'])['versionId']) ?? '',
    siteId,
    siteName: textOf(requester['display']) ?? siteId,
    tokenDigest,
    expiresAt: instantOf(recordOf(recordOf(task['restriction'])['period'])['end']) ?? never,
    wrongCodes: facts.count('wrong-codes') ?? MAX_WRONG_CODES,
    isRevoked: task['status'] !== 'requested',
    ...(codeDigest === undefined ? {} : { code: { digest: codeDigest, until: facts.instant('code-until') ?? never } }),
    ...(sessionDigest === undefined
      ? {}
      : {
          session: {
            digest: sessionDigest,
            until: facts.instant('session-until') ?? never,
            person: facts.text('session-person') ?? '',
          },
        }),
    ...(codeAskedAt === undefined ? {} : { codeAskedAt }),
  };
}
