import { createHash } from 'node:crypto';

import { NO_ENTRY_BEFORE, type AuditEntry, type AuditFacts } from '#shared/domain/audit-entry.ts';
import { toIso, type EpochMs } from '#shared/kernel/clock.ts';
import { canonicalize } from '#shared/reporting/canonical-json.ts';

import type { AuditLog } from './ports.ts';

type Head = Pick<AuditEntry, 'number' | 'hash'> | undefined;

/** SHA-256 over the RFC 8785 text of everything in the entry but its hash. */
export const hashOf = (entry: Omit<AuditEntry, 'hash'>): string =>
  createHash('sha256').update(canonicalize(entry)).digest('hex');

/** The next link. `signature`: for entries that seal the chain. */
export function linkAfter(
  head: Head,
  facts: AuditFacts,
  { at, actor, signature }: { readonly at: EpochMs; readonly actor: string; readonly signature?: string },
): AuditEntry {
  const open = {
    ...facts,
    number: (head?.number ?? 0) + 1,
    at: toIso(at),
    actor: facts.actor ?? actor,
    outcome: facts.outcome ?? ('done' as const),
    previous: head?.hash ?? NO_ENTRY_BEFORE,
    ...(signature === undefined ? {} : { signature }),
  };
  return { ...open, hash: hashOf(open) };
}

/** What the reader's key signs: how long the chain is, and its last hash. */
export const sealText = (head: Head): string =>
  canonicalize({ entries: head?.number ?? 0, head: head?.hash ?? NO_ENTRY_BEFORE });

const PAGE = 1000;

/** What stands so far, one entry a line, in canonical form: every byte of it counts. */
export function chainText(chain: AuditLog): string {
  const last = chain.head()?.number ?? 0;
  const lines: string[] = [];
  for (let from = 1; from <= last; from += PAGE) {
    for (const entry of chain.read(from, Math.min(PAGE, last - from + 1))) lines.push(`${canonicalize(entry)}\n`);
  }
  return lines.join('');
}
