import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { describeFrames, readDicom, readFrame } from '#electron/adapters/dicom-file/index.ts';
import { decodeFile } from '#electron/hosts/cli/decode.ts';
import { decodeFrame } from '#renderer/viewer/decoders/index.ts';
import { dicomFacts, dicomPath, hasDicomTestdata, type DicomFacts } from '#tests/support/dicom-testdata.ts';

import { firstFrame } from './first-frame.ts';

/** Lossy samples of two right decoders may differ by this much (manifest, `conventions.lossy`). */
const LOSSY_TOLERANCE = 2;

const decoded = dicomFacts.filter(({ decode }) => decode?.firstFrame !== undefined);
const folders = [...new Set(dicomFacts.map(({ path }) => path.split('/')[1] ?? ''))];

/** Largest difference at the probes, and that of the means. */
async function lossyDifference({ path, decode }: DicomFacts): Promise<number> {
  const { samples, columns, samplesPerPixel } = await firstFrame(dicomPath(path));
  let most = 0;
  for (const [row = 0, column = 0, ...values] of decode?.firstFrame?.probes ?? []) {
    for (const [nth, value] of values.entries()) {
      most = Math.max(
        most,
        Math.abs((samples[(row * columns + column) * samplesPerPixel + nth] ?? Number.NaN) - value),
      );
    }
  }
  let sum = 0;
  for (const sample of samples) sum += sample;
  return Math.max(most, Math.abs(sum / samples.length - (decode?.firstFrame?.mean ?? Number.NaN)));
}

async function mismatch(facts: DicomFacts): Promise<string[]> {
  const expected = facts.decode?.firstFrame;
  if (expected === undefined) return [];
  const report = await decodeFile(dicomPath(facts.path));
  const sha256 = expected.sha256Masked ?? expected.sha256;
  if (report.sha256 === sha256 && report.min === expected.min && report.max === expected.max) return [];
  if (facts.decode?.lossy === true && report.sha256 !== undefined) {
    const difference = await lossyDifference(facts);
    return difference <= LOSSY_TOLERANCE ? [] : [`${facts.path}: differs by ${difference}`];
  }
  return [
    `${facts.path}: ${report.reason ?? `min ${report.min} max ${report.max}, not ${expected.min} ${expected.max}`}`,
  ];
}

function sha256Of(samples: ArrayBufferView): string {
  return createHash('sha256')
    .update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength))
    .digest('hex');
}

describe.skipIf(!hasDicomTestdata)('first frames agree with independent decoders', () => {
  for (const folder of folders) {
    const files = decoded.filter(({ path }) => path.startsWith(`dicom/${folder}/`));
    if (files.length === 0) continue;
    it(`${folder}: ${files.length} files`, async () => {
      const mismatches: string[] = [];
      for (const facts of files) mismatches.push(...(await mismatch(facts)));
      expect(mismatches).toEqual([]);
    });
  }

  it('gives a reason for every file that holds no image it can show', async () => {
    const silent: string[] = [];
    for (const { path, decode } of dicomFacts) {
      if (decode?.firstFrame !== undefined) continue;
      const report = await decodeFile(dicomPath(path));
      if (report.reason === undefined && report.sha256 === undefined) silent.push(path);
    }
    expect(silent).toEqual([]);
  });

  it('says beside its hash when a frame is cut off', async () => {
    const report = await decodeFile(dicomPath('corrupt/mr-truncated.dcm'));
    expect(report.reason).toContain('cut off: 8130 of 8192 bytes');
  });
});

describe.skipIf(!hasDicomTestdata)('last frames', () => {
  const withLast = dicomFacts.filter(({ decode }) => decode?.lastFrame?.sha256 !== undefined);

  it('agree with independent decoders where those are right', async () => {
    const mismatches: string[] = [];
    for (const facts of withLast) {
      const frames = facts.header?.frames ?? 1;
      const read = readDicom(readFileSync(dicomPath(facts.path)));
      if (!read.ok) continue;
      const description = describeFrames(read.value);
      const frame = readFrame(read.value, frames);
      if (!description.ok || !frame.ok) {
        mismatches.push(facts.path);
        continue;
      }
      const answer = await decodeFrame(frame.value, description.value);
      const hash = answer.ok ? sha256Of(answer.value.samples) : answer.error.reason;
      const isGdcmWrong = facts.decode?.agree === 'partly';
      const last = facts.decode?.lastFrame;
      if (!isGdcmWrong && facts.decode?.lossy !== true && hash !== last?.sha256)
        mismatches.push(`${facts.path}: ${hash}`);
    }
    expect(withLast.length).toBeGreaterThan(0);
    expect(mismatches).toEqual([]);
  });
});
