import type { Audit } from '#electron/ports/audit.ts';
import type { AuditAct, AuditEntry, AuditFacts } from '#shared/domain/audit-entry.ts';
import type { Clock, EpochMs } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

import { chainText, linkAfter, sealText } from './audit-chain.ts';
import type { AuditLog, AuditSeal } from './ports.ts';

export interface AuditTrail extends Audit {
  /** Signs what stands so far: from then on nobody can cut it off unnoticed. */
  seal(): Promise<void>;
  /** The whole chain as text, closed by a signed entry; undefined when that cannot be written or signed. */
  exportText(): Promise<string | undefined>;
  /** False while acts wait for a disk that does not take them. */
  isWritten(): boolean;
}

/** Acts kept in memory while the disk is full: a shift's worth. */
const MOST_PENDING = 100_000;

interface Pending {
  readonly facts: AuditFacts;
  readonly at: EpochMs;
}

/** The audit chain of one program. `actor`: who acts here unless the act says otherwise. */
export function createAudit(ports: {
  readonly log: Log;
  readonly chain: AuditLog;
  readonly clock: Clock;
  readonly actor: string;
  readonly key: AuditSeal;
}): AuditTrail {
  const { chain, clock, actor, key, log } = ports;
  const pending: Pending[] = [];

  /** Everything that waits, in order, as one write. */
  function write(): boolean {
    if (pending.length === 0) return true;
    const entries: AuditEntry[] = [];
    let head = chain.head();
    for (const { facts, at } of pending) {
      const entry = linkAfter(head, facts, { at, actor });
      entries.push(entry);
      head = entry;
    }
    const outcome = chain.append(entries);
    if (outcome !== 'written') {
      log.error('audit.not-written', { code: outcome, count: pending.length });
      return false;
    }
    pending.length = 0;
    return true;
  }

  function record(facts: AuditFacts): void {
    if (pending.length < MOST_PENDING) pending.push({ facts, at: clock.now() });
    write();
  }

  /** One signed entry at a time: what it signs must still be the head when it is written. */
  let turn: Promise<unknown> = Promise.resolve();
  function close(act: AuditAct): Promise<boolean> {
    const mine = turn.then(
      () => closeNow(act),
      () => closeNow(act),
    );
    turn = mine;
    return mine;
  }

  async function closeNow(act: AuditAct): Promise<boolean> {
    for (;;) {
      if (!write()) return false;
      const head = chain.head();
      let signature: string;
      try {
        signature = await key.sign(sealText(head));
      } catch {
        log.warn('audit.not-sealed');
        return false;
      }
      // Acts may have been written while the key was at work: then the head is another one.
      if (chain.head()?.hash !== head?.hash) continue;
      const entry = linkAfter(head, { act, count: head?.number ?? 0 }, { at: clock.now(), actor, signature });
      return chain.append([entry]) === 'written';
    }
  }

  return {
    record,
    async seal() {
      try {
        await close('audit.sealed');
      } catch {
        log.error('audit.unreadable');
      }
    },
    async exportText() {
      if (!(await close('audit.exported'))) return undefined;
      return chainText(chain);
    },
    isWritten: () => pending.length === 0,
  };
}
