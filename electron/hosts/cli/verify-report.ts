import { readFile } from 'node:fs/promises';

import { verifySignature } from '#electron/adapters/signing-key/verify-signature.ts';
import { readReport } from '#electron/gateway/delivery/read-report.ts';
import { attachText } from '#electron/ports/attach-text.ts';
import { toIso } from '#shared/kernel/clock.ts';
import { canonicalize } from '#shared/reporting/canonical-json.ts';

const refuse = (file: string, reason: string): number => {
  process.stdout.write(`${file}: NOT VALID: ${reason}\n`);
  return 1;
};

/** Checks a returned report (the DiagnosticReport as FHIR JSON): content against its hash, signature against the content. */
export async function main(argv: readonly string[]): Promise<number> {
  const [file] = argv;
  if (file === undefined || argv.length !== 1 || file.startsWith('--')) {
    process.stderr.write('usage: npm run verify-report -- FILE\n');
    return 2;
  }
  let resource: unknown;
  try {
    resource = JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return refuse(file, 'not readable as JSON');
  }
  const report = readReport(resource, attachText);
  if (!report.ok) return refuse(file, report.error.code);
  const { signed, canonical, signature } = report.value;
  if (signature === '') return refuse(file, 'the report carries no signature');
  // What is verified must be what is read: any other writing of the same JSON was not signed.
  if (canonicalize(JSON.parse(canonical)) !== canonical) return refuse(file, 'not in canonical form');
  const check = await verifySignature(canonical, signature);
  if (check.kind === 'invalid') return refuse(file, check.reason);
  process.stdout.write(
    `${file}: valid; report ${signed.reportUuid} version ${signed.version}, signed ${toIso(signed.signedAt)} by ${signed.signedBy.id} with key ${check.keyId}\n`,
  );
  return 0;
}
