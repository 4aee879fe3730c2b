import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import type { EpochMs } from '#shared/kernel/clock.ts';
import { checkReport } from '#shared/reporting/check-report.ts';
import { lateralityFrom, type CheckFacts } from '#shared/reporting/checks/check-facts.ts';
import type { Complaint } from '#shared/reporting/complaint.ts';
import type { ReportBody, SectionRole } from '#shared/reporting/report.ts';

const text = z.string().nullish();
const flag = z.boolean().nullish();
/** What may stand in a file: everything may be missing, nothing may be of another type. */
const fileSchema = z.object({
  patient: z.object({ sex: text, birthDate: text, name: text }).nullish(),
  order: z.object({ exam: text, bodyPart: text, laterality: text, reason: text, contrast: flag }).nullish(),
  study: z
    .object({ modality: text, bodyPart: text, laterality: text, contrast: flag, priors: z.array(z.string()).nullish() })
    .nullish(),
  report: z.object({ indication: text, technique: text, comparison: text, findings: text, impression: text }),
});
type CheckFile = z.output<typeof fileSchema>;

const USAGE = 'usage: npm run check-report -- FILE… [--json]\n';
const SECTIONS = ['indication', 'technique', 'comparison', 'findings', 'impression'] as const;

const given = <Key extends string, Value>(key: Key, value: Value | null | undefined): Partial<Record<Key, Value>> =>
  value === null || value === undefined || value === '' ? {} : ({ [key]: value } as Partial<Record<Key, Value>>);

function factsOf({ patient, order, study }: CheckFile): CheckFacts {
  const sex = patient?.sex?.trim().toUpperCase().charAt(0);
  return {
    patient: {
      sex: sex === 'M' || sex === 'F' || sex === 'O' ? sex : 'unknown',
      name: patient?.name ?? '',
      ...given('birthDate', patient?.birthDate),
    },
    order: {
      exam: order?.exam ?? '',
      ...given('bodyPart', order?.bodyPart),
      ...given('laterality', lateralityFrom(order?.laterality ?? undefined)),
      ...given('reason', order?.reason),
      ...given('contrast', order?.contrast),
    },
    study: {
      priors: study?.priors ?? [],
      ...given('modality', study?.modality),
      ...given('bodyPart', study?.bodyPart),
      ...given('laterality', lateralityFrom(study?.laterality ?? undefined)),
      ...given('contrast', study?.contrast),
    },
    // An exam's day is not in the file: ages are as of now.
    at: Date.now() as EpochMs,
  };
}

function bodyOf({ report }: CheckFile): ReportBody {
  return {
    templateId: '',
    title: '',
    sections: SECTIONS.map((role: SectionRole & keyof CheckFile['report']) => ({
      id: role,
      title: role,
      role,
      fields: [],
      text: report[role] ?? '',
      textSource: 'typed',
    })),
  };
}

type Checked =
  | { readonly file: string; readonly complaints: readonly Complaint[] }
  | { readonly file: string; readonly error: string };

async function checkFile(file: string): Promise<Checked> {
  try {
    const parsed = fileSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return { file, error: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}` };
    }
    return {
      file,
      complaints: checkReport({ facts: factsOf(parsed.data), template: undefined, body: bodyOf(parsed.data) }),
    };
  } catch (cause) {
    return { file, error: cause instanceof Error ? cause.message : 'unreadable' };
  }
}

function printed(checked: Checked): string {
  if ('error' in checked) return `${checked.file}: ${checked.error}\n`;
  if (checked.complaints.length === 0) return `${checked.file}: no complaints\n`;
  const lines = checked.complaints.map(
    ({ severity, code, section, quote, message, fix }) =>
      `  ${severity} ${code}${section === undefined ? '' : ` (${section})`}: ${message}` +
      `${quote === undefined ? '' : ` — “${quote}”`}${fix === undefined ? '' : ` ${fix}`}`,
  );
  return `${checked.file}:\n${lines.join('\n')}\n`;
}

/** The before-signing checks on reports in files. Exit 1 when a file could not be read as such. */
export async function main(argv: readonly string[]): Promise<number> {
  const files = argv.filter((argument) => !argument.startsWith('--'));
  const unknown = argv.find((argument) => argument.startsWith('--') && argument !== '--json');
  if (files.length === 0 || unknown !== undefined) {
    process.stderr.write(unknown === undefined ? USAGE : `unknown option ${unknown}\n`);
    return 2;
  }
  const checked: Checked[] = [];
  for (const file of files) checked.push(await checkFile(file));
  process.stdout.write(
    argv.includes('--json') ? `${JSON.stringify(checked, undefined, 2)}\n` : checked.map(printed).join(''),
  );
  return checked.some((one) => 'error' in one) ? 1 : 0;
}
