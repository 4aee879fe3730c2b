import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { err, ok, type Result } from '#shared/kernel/result.ts';
import {
  recogniseModel,
  type ModelFile,
  type SpeechModel,
  type SpeechModelTrouble,
} from '#shared/reporting/speech/speech-model.ts';

import { readOnnx } from './read-onnx.ts';

/** A file that belongs to the model. */
export interface FoundFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** As the package's list of checksums has it, in small hexadecimal figures. */
  readonly sha256?: string;
}

export interface FoundModel {
  readonly name: string;
  readonly model: SpeechModel;
  readonly files: readonly FoundFile[];
}

/** A package brings its checksums in a file as `sha256sum` writes it. */
const CHECKSUM_LIST = /(?:^|[-_.])(?:sha256sums?|checksums?)(?:\.txt)?$|\.sha256$/i;
/** What programs that fetch or copy call a file that is not there as a whole yet. */
const UNFINISHED = /\.(?:part|partial|crdownload|download|tmp)$/i;

async function readChecksums(folder: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const known = new Map<string, string>();
  for (const name of names.filter((one) => CHECKSUM_LIST.test(one))) {
    const lines = (await readFile(join(folder, name), 'utf8')).split('\n');
    for (const line of lines) {
      const [, sum, file] = /^([0-9a-f]{64})\s+\*?(?:\.\/)?(.+?)\s*$/i.exec(line) ?? [];
      if (sum !== undefined && file !== undefined) known.set(file, sum.toLowerCase());
    }
  }
  return known;
}

/** Each line is a token and its number, from 0 on: a list that broke off ends before its numbers do. */
function tokensTrouble(text: string, leastCount: number): SpeechModelTrouble['code'] | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  if (lines.length === 0) return 'half-copied';
  if (lines.slice(0, -1).some((line) => !/\s?\d+$/.test(line))) return 'broken-file';
  return lines.length < leastCount || !/\s\d+$/.test(lines.at(-1) ?? '') ? 'half-copied' : undefined;
}

/** Looks at every file of a folder before any is copied or opened: what is missing, broken or no model of ours is said by its name. */
export async function readModelFolder(folder: string): Promise<Result<FoundModel, SpeechModelTrouble>> {
  let names: readonly string[];
  try {
    names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name);
  } catch {
    return err({ code: 'no-folder' });
  }
  const sorted = names.toSorted((one, other) => one.localeCompare(other));
  const unfinished = sorted.find((name) => UNFINISHED.test(name));
  const read: ModelFile[] = [];
  for (const name of sorted.filter((one) => !UNFINISHED.test(one))) {
    if (!name.toLowerCase().endsWith('.onnx')) {
      read.push({ name });
      continue;
    }
    const reading = await readOnnx(join(folder, name));
    if (reading.status === 'cut-off') return err({ code: 'half-copied', file: name });
    if (reading.status === 'not-onnx') return err({ code: 'broken-file', file: name });
    read.push({ name, metadata: reading.metadata });
  }
  const model = recogniseModel(read, basename(folder));
  if ('code' in model) {
    const isUnfinished = unfinished !== undefined && (model.code === 'missing-file' || model.code === 'not-a-model');
    return err(isUnfinished ? { code: 'half-copied', file: unfinished } : model);
  }
  const tokens = model.files['tokens'] ?? '';
  const vocabulary = Math.max(0, ...read.map(({ metadata }) => Number(metadata?.['vocab_size'] ?? 0) || 0));
  const trouble = tokensTrouble(await readFile(join(folder, tokens), 'utf8'), vocabulary);
  if (trouble !== undefined) return err({ code: trouble, file: tokens });

  const checksums = await readChecksums(folder, names);
  const files: FoundFile[] = [];
  for (const name of Object.values(model.files)) {
    const { size, mtimeMs } = await stat(join(folder, name));
    const sha256 = checksums.get(name);
    files.push({ name, sizeBytes: size, modifiedMs: mtimeMs, ...(sha256 === undefined ? {} : { sha256 }) });
  }
  return ok({ name: basename(folder), model, files });
}
