import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';

import { parseMrrt } from '#electron/adapters/mrrt/parse-mrrt.ts';
import { writeMrrt } from '#electron/adapters/mrrt/write-mrrt.ts';
import { allFields } from '#shared/reporting/report.ts';

interface CheckedFile {
  readonly file: string;
  readonly imported: boolean;
  readonly title?: string;
  readonly language?: string;
  readonly sections: readonly { readonly title: string; readonly role: string; readonly fields: number }[];
  readonly fields: readonly {
    readonly section: string;
    readonly id: string;
    readonly label: string;
    readonly kind: string;
    readonly unit?: string;
    readonly required: boolean;
  }[];
  readonly complaints: readonly { readonly line: number; readonly message: string }[];
}

const USAGE =
  'usage: npm run templates -- check FILE… [--json]\n       npm run templates -- export FILE… --out DIR [--creator NAME]\n';

async function checkFile(file: string): Promise<CheckedFile> {
  let html: string;
  try {
    html = await readFile(file, 'utf8');
  } catch (cause) {
    const message = `not read: ${codeOf(cause)}`;
    return { file, imported: false, sections: [], fields: [], complaints: [{ line: 0, message }] };
  }
  const { template, complaints } = parseMrrt(html);
  if (template === undefined) return { file, imported: false, sections: [], fields: [], complaints };
  return {
    file,
    imported: true,
    title: template.title,
    language: template.language,
    sections: template.sections.map((section) => ({
      title: section.title,
      role: section.role,
      fields: allFields(section).length,
    })),
    fields: template.sections.flatMap((section) =>
      allFields(section).map(({ id, label, kind, unit, required }) => ({
        section: section.title,
        id,
        label,
        kind,
        ...(unit === undefined ? {} : { unit }),
        required,
      })),
    ),
    complaints,
  };
}

const printed = (checked: CheckedFile): string =>
  [
    `${checked.file}: ${checked.imported ? (checked.title ?? '') : 'refused'}`,
    ...checked.sections.map((section) => `  ${section.title} (${section.role}): ${section.fields} fields`),
    ...checked.complaints.map(({ line, message }) => `  line ${line}: ${message}`),
    '',
  ].join('\n');

/** A report template as MRRT again, with nothing in it but what the program understood. A file that is there already stays. */
async function exportFile(file: string, out: string, creator: string): Promise<string | undefined> {
  const { template } = parseMrrt(await readFile(file, 'utf8'));
  if (template === undefined) return undefined;
  const target = join(out, basename(file));
  await writeFile(target, writeMrrt(template, { creator, date: new Date().toISOString().slice(0, 10) }), {
    flag: 'wx',
  });
  return target;
}

async function exportAll(files: readonly string[], out: string, creator: string): Promise<number> {
  await mkdir(out, { recursive: true });
  let exitCode = 0;
  for (const file of files) {
    const outcome = await exportFile(file, out, creator).then(
      (target) => ({ isDone: target !== undefined, words: target ?? 'refused: no template' }),
      (cause: unknown) => ({ isDone: false, words: `not written: ${codeOf(cause)}` }),
    );
    process.stdout.write(`${file}: ${outcome.words}\n`);
    if (!outcome.isDone) exitCode = 1;
  }
  return exitCode;
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';

function parse(argv: readonly string[]) {
  try {
    const options = { json: { type: 'boolean' }, out: { type: 'string' }, creator: { type: 'string' } } as const;
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch {
    return undefined;
  }
}

/** Imports report templates and says what became of them, or gives them out again. Exit 1 when one was refused or could not be read or written. */
export async function main(argv: readonly string[]): Promise<number> {
  const [command, ...rest] = argv;
  const { values, positionals: files } = parse(rest) ?? { values: {}, positionals: [] };
  if (command === 'export' && files.length > 0 && values.out !== undefined)
    return exportAll(files, values.out, values.creator ?? 'Overread');
  if (command !== 'check' || files.length === 0 || values.out !== undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const checked: CheckedFile[] = [];
  for (const file of files) checked.push(await checkFile(file));
  process.stdout.write(
    values.json === true ? `${JSON.stringify(checked, undefined, 2)}\n` : checked.map(printed).join(''),
  );
  return checked.every((file) => file.imported) ? 0 : 1;
}
