import { readFile } from 'node:fs/promises';

import { parseMrrt } from '#electron/adapters/mrrt/parse-mrrt.ts';

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

const USAGE = 'usage: npm run templates -- check FILE… [--json]\n';

async function checkFile(file: string): Promise<CheckedFile> {
  let html: string;
  try {
    html = await readFile(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
    return { file, imported: false, sections: [], fields: [], complaints: [{ line: 0, message: `not read: ${code}` }] };
  }
  const { template, complaints } = parseMrrt(html);
  if (template === undefined) return { file, imported: false, sections: [], fields: [], complaints };
  return {
    file,
    imported: true,
    title: template.title,
    language: template.language,
    sections: template.sections.map(({ title, role, fields }) => ({ title, role, fields: fields.length })),
    fields: template.sections.flatMap((section) =>
      section.fields.map(({ id, label, kind, unit, required }) => ({
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

/** Imports report templates and says what became of them. Exit 1 when one was refused or could not be read. */
export async function main(argv: readonly string[]): Promise<number> {
  const [command, ...rest] = argv;
  const files = rest.filter((argument) => !argument.startsWith('--'));
  const unknown = rest.find((argument) => argument.startsWith('--') && argument !== '--json');
  if (command !== 'check' || files.length === 0 || unknown !== undefined) {
    process.stderr.write(unknown === undefined ? USAGE : `unknown option ${unknown}\n`);
    return 2;
  }
  const checked: CheckedFile[] = [];
  for (const file of files) checked.push(await checkFile(file));
  process.stdout.write(
    rest.includes('--json') ? `${JSON.stringify(checked, undefined, 2)}\n` : checked.map(printed).join(''),
  );
  return checked.every((file) => file.imported) ? 0 : 1;
}
