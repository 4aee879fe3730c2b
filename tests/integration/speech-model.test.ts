import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished, vi } from 'vitest';

import { forkModelProcess } from '#electron/adapters/speech/fork-model-process.ts';
import { openSpeechModels } from '#electron/adapters/speech/open-speech-models.ts';
import type { SpeechModels } from '#electron/ports/speech-model.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { bundleSpeechProgram } from '#tests/support/speech-model-program.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';
import { writeTinyTransducer } from '#tests/support/tiny-speech-model.ts';

const WORDS = ['small', 'calcified', 'nodule', 'in', 'the', 'lingula'];
let program: string;
let folder: string;
let source: string;
beforeAll(async () => {
  program = await bundleSpeechProgram();
});
afterAll(() => rmSync(program, { force: true }));
beforeEach(() => {
  folder = tempFolder();
  source = join(folder, 'tiny-model');
  writeTinyTransducer(source, WORDS);
});

async function openModels(): Promise<SpeechModels> {
  const models = await openSpeechModels({
    folder: join(folder, 'data'),
    program,
    start: forkModelProcess,
    log: silentLog,
  });
  onTestFinished(() => models.close());
  return models;
}
const settled = (models: SpeechModels) =>
  vi.waitUntil(() => (['copying', 'opening'].includes(models.state().status) ? undefined : models.state()), {
    timeout: 60_000,
  });

/** A tenth of a second of a hum. */
const piece = Float32Array.from({ length: 1600 }, (_, at) => 0.2 * Math.sin(at / 10));

async function say(models: SpeechModels, utterance: string, pieces = 6) {
  const partials: string[] = [];
  for (let count = 1; count < pieces; count++) {
    const hearing = await models.hear({ utterance, samples: piece, isLast: false });
    if (hearing.status === 'partial') partials.push(hearing.text);
  }
  return { partials, last: await models.hear({ utterance, samples: piece, isLast: true }) };
}

it('copies a model, opens it, tells words while one speaks and their times at the end', async () => {
  const models = await openModels();
  expect(models.state()).toEqual({ status: 'none' });
  expect(await models.install(source)).toBe('copying');
  expect(await settled(models)).toEqual({
    status: 'ready',
    name: 'tiny-model',
    family: 'streaming-transducer',
    isStreaming: true,
    canBeBiased: true,
  });
  const { partials, last } = await say(models, 'aaaaaaaa-1');
  expect(partials.at(-1)).toBe(WORDS.join(' '));
  if (last.status !== 'final') throw new Error(last.status);
  expect(last.words.map(({ word }) => word)).toEqual(WORDS);
  expect(last.words.every(({ confidence }) => confidence > 0.99)).toBe(true);
  expect(last.words.map(({ startMs }) => startMs)).toEqual(
    last.words.map(({ startMs }) => startMs).toSorted((one, other) => one - other),
  );
});

it('hears two utterances beside each other and forgets one that was called off', async () => {
  const models = await openModels();
  await models.install(source);
  await settled(models);
  await models.hear({ utterance: 'aaaaaaaa-1', samples: piece, isLast: false });
  models.drop('aaaaaaaa-1');
  const { last } = await say(models, 'aaaaaaaa-2');
  expect(last.status === 'final' && last.words.length).toBe(WORDS.length);
});

it('prefers the words of the case where two sound alike', async () => {
  writeTinyTransducer(source, ['hypodense|hyperdense', 'lesion']);
  const models = await openModels();
  await models.install(source);
  await settled(models);
  const heard = async (utterance: string) => {
    const { last } = await say(models, utterance);
    return last.status === 'final' ? last.words.map(({ word }) => word).join(' ') : last.status;
  };
  expect(await heard('aaaaaaaa-1')).toBe('hypodense lesion');
  models.bias(['hyperdense', 'lesion']);
  expect(await heard('aaaaaaaa-2')).toBe('hyperdense lesion');
});

it('finds the model again after a restart', async () => {
  const first = await openModels();
  await first.install(source);
  await settled(first);
  await first.close();
  rmSync(source, { recursive: true });
  const second = await openModels();
  expect((await settled(second))?.status).toBe('ready');
  await second.remove();
  expect(second.state()).toEqual({ status: 'none' });
});

it.each([
  ['a folder that is not there', () => rmSync(source, { recursive: true }), { code: 'no-folder' }],
  ['a folder without a model', () => emptied('notes.txt', 'hello'), { code: 'not-a-model' }],
  ['a missing list of tokens', () => rmSync(join(source, 'tokens.txt')), { code: 'missing-file', file: 'tokens.txt' }],
  ['a missing part', () => rmSync(join(source, 'joiner.onnx')), { code: 'missing-file', file: 'joiner.onnx' }],
  ['a part that broke off', () => cut('encoder.onnx'), { code: 'half-copied', file: 'encoder.onnx' }],
  ['tokens that broke off', () => cut('tokens.txt'), { code: 'half-copied', file: 'tokens.txt' }],
  [
    'a part still being fetched',
    () => {
      rmSync(join(source, 'joiner.onnx'));
      writeFileSync(join(source, 'joiner.onnx.part'), 'x');
    },
    { code: 'half-copied', file: 'joiner.onnx.part' },
  ],
  [
    'a page of text under the name of a part',
    () => writeFileSync(join(source, 'decoder.onnx'), '<html>404</html>'),
    { code: 'broken-file', file: 'decoder.onnx' },
  ],
])('refuses %s by its name, and does not copy', async (_what, spoil, trouble) => {
  spoil();
  const models = await openModels();
  expect(await models.install(source)).toEqual(trouble);
  expect(models.state()).toMatchObject({ status: 'refused', name: 'tiny-model', trouble });
  expect(existsSync(join(folder, 'data/incoming'))).toBe(false);
});
const cut = (name: string) => truncateSync(join(source, name), Math.floor(readFileSync(join(source, name)).length / 2));
function emptied(name: string, text: string): void {
  rmSync(source, { recursive: true });
  mkdirSync(source);
  writeFileSync(join(source, name), text);
}

it('survives a model that ends the engine, and says that it cannot be opened', async () => {
  // Whole as a file, but its decoder is no decoder: the engine ends its process over it.
  writeFileSync(join(source, 'decoder.onnx'), readFileSync(join(source, 'joiner.onnx')));
  const models = await openModels();
  await models.install(source);
  expect(await settled(models)).toEqual({ status: 'refused', name: 'tiny-model', trouble: { code: 'not-opened' } });
  expect(await models.hear({ utterance: 'aaaaaaaa-1', samples: piece, isLast: true })).toEqual({
    status: 'unavailable',
  });
});

it('keeps the model that is open when another folder is refused', async () => {
  const models = await openModels();
  await models.install(source);
  await settled(models);
  await models.install(join(folder, 'nowhere'));
  expect(models.state()).toMatchObject({
    status: 'ready',
    name: 'tiny-model',
    refused: { name: 'nowhere', trouble: { code: 'no-folder' } },
  });
  expect((await say(models, 'aaaaaaaa-1')).last.status).toBe('final');
});

const sums = () =>
  readdirSync(source)
    .map(
      (name) =>
        `${createHash('sha256')
          .update(readFileSync(join(source, name)))
          .digest('hex')}  ${name}`,
    )
    .join('\n');

it('takes a package whose checksums are right, and refuses one of them that is wrong', async () => {
  writeFileSync(join(source, 'SHA256SUMS'), sums());
  const models = await openModels();
  await models.install(source);
  expect((await settled(models))?.status).toBe('ready');
  const bytes = readFileSync(join(source, 'bpe.vocab'));
  bytes[bytes.length - 2] = 0x39;
  writeFileSync(join(source, 'bpe.vocab'), bytes);
  await models.remove();
  await models.install(source);
  expect(await settled(models)).toMatchObject({
    status: 'half-copied',
    trouble: { code: 'broken-file', file: 'bpe.vocab' },
  });
});

it('goes on with a copy that was stopped, also after a restart, without copying again what is here', async () => {
  // A doc_string of ModelProto (field 6) makes four pieces of a megabyte to stop between.
  const long = Buffer.concat([Buffer.from([6 * 8 + 2, 0x80, 0x80, 0x80, 0x02]), Buffer.alloc(2 ** 22, 'x')]);
  appendFileSync(join(source, 'encoder.onnx'), long);
  const first = await openModels();
  await first.install(source);
  await first.pause();
  const stopped = first.state();
  if (stopped.status !== 'half-copied') throw new Error(stopped.status);
  expect(stopped.doneBytes).toBeLessThan(stopped.totalBytes);
  await first.close();

  const second = await openModels();
  expect(second.state()).toEqual(stopped);
  expect(await second.resume()).toBe('copying');
  expect((await settled(second))?.status).toBe('ready');
  expect(
    readFileSync(join(folder, 'data/installed/encoder.onnx')).equals(readFileSync(join(source, 'encoder.onnx'))),
  ).toBe(true);
});
