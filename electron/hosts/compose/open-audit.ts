import { join } from 'node:path';

import { openAuditLog } from '#electron/adapters/audit-log/open-audit-log.ts';
import { createAudit, type AuditTrail } from '#electron/workstation/audit/create-audit.ts';
import type { SigningKey } from '#electron/workstation/signing/ports.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

export const AUDIT_FILE = 'audit.sqlite';

export interface OpenAudit extends AuditTrail {
  close(): void;
}

/** The audit chain of one installation, begun with its first start. */
export function openAudit(options: {
  readonly folder: string;
  /** Who acts here unless the act says otherwise: the reader, or the program. */
  readonly actor: string;
  readonly key: SigningKey;
  readonly clock: Clock;
  readonly log: Log;
}): OpenAudit {
  const { folder, actor, key, clock, log } = options;
  const chain = openAuditLog(join(folder, AUDIT_FILE));
  const trail = createAudit({ chain, clock, actor, key, log });
  if (chain.head() === undefined) trail.record({ act: 'audit.begun' });
  trail.record({ act: 'session.started' });
  return { ...trail, close: () => chain.close() };
}
