import type { CacheTrouble } from '#electron/workstation/ports.ts';

/** What the operating system meant by refusing a write. */
export function writeRefusalOf(error: unknown): CacheTrouble['refusal'] {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'no-space';
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return 'read-only';
    default:
      return 'failed';
  }
}
