import { join } from 'node:path';

import { openAuditLog } from '#electron/adapters/audit-log/open-audit-log.ts';
import { createAudit, type AuditTrail } from '#electron/workstation/audit/create-audit.ts';
import type { SigningKey } from '#electron/workstation/signing/ports.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

export interface OpenAudit extends AuditTrail {
  close(): void;
}

/** The audit chain of one installation, begun with its first start. */
export function openAudit(options: {
  readonly folder: string;
  readonly reader: RadiologistId;
  readonly key: SigningKey;
  readonly clock: Clock;
  readonly log: Log;
}): OpenAudit {
  const { folder, reader, key, clock, log } = options;
  const chain = openAuditLog(join(folder, 'audit.sqlite'));
  const trail = createAudit({ chain, clock, actor: reader, key, log });
  if (chain.head() === undefined) trail.record({ act: 'audit.begun' });
  trail.record({ act: 'session.started' });
  return { ...trail, close: () => chain.close() };
}
