import type { AuditEntry } from '#shared/domain/audit-entry.ts';

/** The chain on this disk. It only grows. */
export interface AuditLog {
  /** The newest entry; undefined for an empty chain. */
  head(): Pick<AuditEntry, 'number' | 'hash'> | undefined;
  /** All of them or none, through a crash, once this returns. */
  append(entries: readonly AuditEntry[]): 'written' | 'no-space' | 'failed';
  /** In order of number. */
  read(from: number, limit: number): readonly AuditEntry[];
}

/** Signs the head of the chain with the reader's key. */
export interface AuditSeal {
  sign(text: string): Promise<string>;
}
