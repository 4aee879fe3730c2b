import { readFile } from 'node:fs/promises';

import { verifyFile } from '#electron/hosts/verify-report/verify-file.ts';
import { toIso } from '#shared/kernel/clock.ts';
import { renderText } from '#shared/reporting/render-text.ts';

const USAGE = 'usage: npm run verify-report -- FILE [--key KEY-ID] [--text]\n';

interface Arguments {
  readonly file: string;
  readonly keyId?: string;
  readonly isTextWanted: boolean;
}

function readArguments(argv: readonly string[]): Arguments | undefined {
  let [file, keyId]: (string | undefined)[] = [];
  let isTextWanted = false;
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--text') isTextWanted = true;
    else if (word === '--key') {
      at += 1;
      keyId = argv[at];
      if (keyId === undefined) return undefined;
    } else if (word.startsWith('--') || file !== undefined) return undefined;
    else file = word;
  }
  return file === undefined ? undefined : { file, isTextWanted, ...(keyId === undefined ? {} : { keyId }) };
}

/**
 * Checks a returned report in any form it is returned in: FHIR JSON, PDF, HL7 message, DICOM object. `--key`: it must be signed with this key, as its reader
 * published it; without, whose key it is must be compared by hand. `--text` prints what was signed.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const given = readArguments(argv);
  if (given === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { file, keyId, isTextWanted } = given;
  const refuse = (reason: string): number => {
    process.stdout.write(`${file}: NOT VALID: ${reason}\n`);
    return 1;
  };
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) return refuse('not readable');
  const check = await verifyFile(new Uint8Array(bytes));
  if (check.kind === 'invalid') return refuse(check.reason);
  const { signed, code, remarks } = check;
  if (keyId !== undefined && check.keyId !== keyId) return refuse(`signed with another key, ${check.keyId}`);
  const lines = [
    `${file}: valid; report ${signed.reportUuid} version ${signed.version} (${signed.state}), signed ${toIso(signed.signedAt)} by ${signed.signedBy.id} with key ${check.keyId}, verification code ${code}`,
    ...remarks.map((remark) => `${file}: note: ${remark}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  if (isTextWanted) process.stdout.write(`\n${renderText(signed)}`);
  return 0;
}
