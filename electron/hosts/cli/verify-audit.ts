import { readFile } from 'node:fs/promises';

import { verifySignature } from '#electron/adapters/signing-key/verify-signature.ts';
import { verifyAudit } from '#electron/workstation/audit/verify-audit.ts';

const USAGE = 'usage: npm run verify-audit -- FILE [--key KEY-ID]\n';

/** Checks an exported audit chain; exit 1 and the first broken entry when it was touched. */
export async function main(argv: readonly string[]): Promise<number> {
  const [file, flag, keyId, ...rest] = argv;
  const isKeyed = flag === '--key' && keyId !== undefined;
  if (file === undefined || file.startsWith('--') || rest.length > 0 || (flag !== undefined && !isKeyed)) {
    process.stderr.write(USAGE);
    return 2;
  }
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) {
    process.stdout.write(`${file}: NOT VALID: not readable\n`);
    return 1;
  }
  const check = await verifyAudit(bytes, { verifySeal: verifySignature, ...(isKeyed ? { keyId } : {}) });
  if (check.kind === 'broken') {
    process.stdout.write(`${file}: NOT VALID: entry ${check.entry}: ${check.reason}\n`);
    return 1;
  }
  process.stdout.write(`${file}: whole; ${check.entries} entries, sealed with key ${check.keyIds.join(', ')}\n`);
  return 0;
}
