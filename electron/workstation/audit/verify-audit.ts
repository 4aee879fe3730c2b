import { NO_ENTRY_BEFORE, type AuditEntry } from '#shared/domain/audit-entry.ts';
import { canonicalize } from '#shared/reporting/canonical-json.ts';

import { hashOf, sealText } from './audit-chain.ts';

export type AuditCheck =
  | {
      readonly kind: 'whole';
      readonly entries: number;
      /** What comes after this entry could have been cut off. */
      readonly sealedTo: number;
      readonly keyIds: readonly string[];
    }
  /** `entry`: number of the first line that is not as it was written, from 1. */
  | { readonly kind: 'broken'; readonly entry: number; readonly reason: string };

export type VerifySeal = (
  text: string,
  signature: string,
) => Promise<{ readonly kind: 'valid'; readonly keyId: string } | { readonly kind: 'invalid' }>;

/**
 * Checks an exported chain, byte by byte: each line in canonical form, each hash over its entry, each entry bound to the one before, each seal by a key, and a
 * signed entry at the end, so that nothing was cut off. `keyId`: the seals must be of this key. `isGoingOn`: no export but a chain that is still written to;
 * it must be sealed somewhere.
 */
export async function verifyAudit(
  file: Uint8Array,
  options: { readonly verifySeal: VerifySeal; readonly keyId?: string; readonly isGoingOn?: boolean },
): Promise<AuditCheck> {
  const { verifySeal, keyId, isGoingOn = false } = options;
  const broken = (entry: number, reason: string): AuditCheck => ({ kind: 'broken', entry, reason });
  const lines = splitLines(file);
  if (lines.length === 0) return broken(1, 'there is no entry');
  const keyIds = new Set<string>();
  let sealedTo = 0;
  let before: Pick<AuditEntry, 'number' | 'hash'> | undefined;
  for (const [index, bytes] of lines.entries()) {
    const number = index + 1;
    const entry = readEntry(bytes);
    if (entry === undefined) return broken(number, 'not an entry in canonical form');
    const { hash, ...open } = entry;
    if (hashOf(open) !== hash) return broken(number, 'its hash does not fit it');
    if (entry.previous !== (before?.hash ?? NO_ENTRY_BEFORE)) {
      return broken(number, 'it does not follow the entry before it');
    }
    if (entry.number !== number) return broken(number, `it says it is entry ${entry.number}`);
    const isSeal = entry.act === 'audit.sealed' || entry.act === 'audit.exported';
    if (isSeal) {
      const seal = isStrictJws(entry.signature) ? await verifySeal(sealText(before), entry.signature) : undefined;
      if (seal?.kind !== 'valid') return broken(number, 'its signature does not fit the entries before it');
      if (keyId !== undefined && seal.keyId !== keyId) return broken(number, `it was sealed with key ${seal.keyId}`);
      keyIds.add(seal.keyId);
      sealedTo = number;
    }
    if (!isGoingOn && number === lines.length && entry.act !== 'audit.exported') {
      return broken(number + 1, 'the signed end is missing: entries were cut off');
    }
    before = entry;
  }
  if (sealedTo === 0) return broken(lines.length + 1, 'nothing of it is signed');
  return { kind: 'whole', entries: lines.length, sealedTo, keyIds: [...keyIds] };
}

const NEWLINE = 0x0a;

/** Lines without their ends; a last line without end counts as one that is not canonical. */
function splitLines(file: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let at = 0; at < file.length; at += 1) {
    if (file[at] !== NEWLINE) continue;
    lines.push(file.subarray(start, at));
    start = at + 1;
  }
  if (start < file.length) lines.push(Uint8Array.of(NEWLINE));
  return lines;
}

function readEntry(bytes: Uint8Array): AuditEntry | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || canonicalize(value) !== text) return undefined;
    return typeof (value as AuditEntry).hash === 'string' ? (value as AuditEntry) : undefined;
  } catch {
    return undefined;
  }
}

/** base64url has spare bits at its end: the one writing with all of them zero is the one that was signed. */
function isStrictJws(signature: string | undefined): signature is string {
  return (
    signature !== undefined &&
    signature.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part)
  );
}
