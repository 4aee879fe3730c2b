import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { loadTemplates } from '#electron/adapters/mrrt/load-templates.ts';
import { ROOT } from '#electron/hosts/paths.ts';
import { openTranscriber, type Transcript } from '#electron/hosts/transcribe/transcribe.ts';

const USAGE = 'usage: transcribe -- FILE.wav… [--template ID] [--json]';
/** A template for any exam: every finding known can be said. */
const ANY_TEMPLATE = 'any';
/** `urn:overread:template:ct-chest` may be called `ct-chest`. */
const isNamed = (id: string, asked: string): boolean => id === asked || id.endsWith(`:${asked}`);

function readArguments(argv: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { template: { type: 'string' }, json: { type: 'boolean' } },
      allowPositionals: true,
    });
    if (positionals.length === 0) return 'no files given';
    return { files: positionals, templateId: values.template ?? ANY_TEMPLATE, isJson: values.json === true };
  } catch (error) {
    return error instanceof Error ? error.message : 'cannot be understood';
  }
}

const told = (transcript: Transcript): string =>
  [
    `${transcript.file}: ${transcript.reason ?? `${transcript.seconds} s, real-time factor ${transcript.realTimeFactor}`}`,
    ...(transcript.text === undefined || transcript.text === '' ? [] : [`  text: ${transcript.text}`]),
    ...(transcript.commands ?? []).map(
      ({ id, argument, said }) => `  command: ${[id, argument].join(' ').trim()} (${said})`,
    ),
    ...(transcript.fields ?? []).map(({ sectionId, fieldId, value }) => `  field: ${sectionId} ${fieldId} = ${value}`),
    ...(transcript.macros ?? []).map((name) => `  macro: ${name}`),
    ...((transcript.notUnderstood ?? 0) === 0 ? [] : [`  not understood: ${transcript.notUnderstood}`]),
    '',
  ].join('\n');

const refuse = (problem: string): number => {
  process.stderr.write(`transcribe: ${problem}; ${USAGE}\n`);
  return 2;
};

/** `transcribe -- FILE.wav… [--template ID] [--json]`. Exits 0 whatever the files are like; 2 when it is called wrongly. */
export async function main(argv: readonly string[]): Promise<number> {
  const asked = readArguments(argv);
  if (typeof asked === 'string') return refuse(asked);
  const { templates } = await loadTemplates([join(ROOT, 'build/templates')]);
  const template = templates.find(({ id }) => isNamed(id, asked.templateId));
  if (template === undefined)
    return refuse(`no template ${asked.templateId}, but ${templates.map(({ id }) => id.split(':').at(-1)).join(' ')}`);
  const transcriber = await openTranscriber(template);
  const transcripts: Transcript[] = [];
  for (const file of asked.files) {
    const transcript = await transcriber.transcribe(file);
    if (asked.isJson) transcripts.push(transcript);
    else process.stdout.write(told(transcript));
  }
  transcriber.close();
  if (asked.isJson) process.stdout.write(`${JSON.stringify(transcripts, undefined, 1)}\n`);
  return 0;
}
