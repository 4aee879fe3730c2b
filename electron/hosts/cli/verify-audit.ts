import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { openAuditLog } from '#electron/adapters/audit-log/open-audit-log.ts';
import { verifySignature } from '#electron/adapters/signing-key/verify-signature.ts';
import { AUDIT_FILE } from '#electron/hosts/compose/open-audit.ts';
import { chainText } from '#electron/workstation/audit/audit-chain.ts';
import { verifyAudit } from '#electron/workstation/audit/verify-audit.ts';

const USAGE = 'usage: npm run verify-audit -- FILE|FOLDER [--key KEY-ID]\n';

/** Checks an exported audit chain, or the one in the folder of a hub or gateway, also while it runs; exit 1 and the first broken entry when it was touched. */
export async function main(argv: readonly string[]): Promise<number> {
  const [file, flag, keyId, ...rest] = argv;
  const isKeyed = flag === '--key' && keyId !== undefined;
  if (file === undefined || file.startsWith('--') || rest.length > 0 || (flag !== undefined && !isKeyed)) {
    process.stderr.write(USAGE);
    return 2;
  }
  const isFolder = statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
  const bytes = isFolder ? readChain(join(file, AUDIT_FILE)) : await readFile(file).catch(() => undefined);
  if (bytes === undefined) {
    process.stdout.write(`${file}: NOT VALID: not readable\n`);
    return 1;
  }
  const key = isKeyed ? { keyId } : {};
  const check = await verifyAudit(bytes, { verifySeal: verifySignature, isGoingOn: isFolder, ...key });
  if (check.kind === 'broken') {
    process.stdout.write(`${file}: NOT VALID: entry ${check.entry}: ${check.reason}\n`);
    return 1;
  }
  const sealed = check.sealedTo === check.entries ? 'sealed' : `sealed to entry ${check.sealedTo}`;
  process.stdout.write(`${file}: whole; ${check.entries} entries, ${sealed} with key ${check.keyIds.join(', ')}\n`);
  return 0;
}

/** Undefined: there is no chain, or an entry of it is none. */
function readChain(path: string): Uint8Array | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const chain = openAuditLog(path);
    try {
      return Buffer.from(chainText(chain));
    } finally {
      chain.close();
    }
  } catch {
    return undefined;
  }
}
