import type { AuditFacts } from '#shared/domain/audit-entry.ts';

/** Writes acts down, in order. Never throws and holds nobody up: what the disk does not take now is kept and written before the next act. */
export interface Audit {
  record(facts: AuditFacts): void;
}

export const noAudit: Audit = { record: () => undefined };
