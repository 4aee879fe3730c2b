import { describe, expect, it } from 'vitest';

import { pixelStream } from '#electron/workstation/door/pixel-stream.ts';
import type { SeriesFrame } from '#shared/contract/pixels.ts';
import { silentLog } from '#shared/kernel/log.ts';

const DESCRIPTION = {
  transferSyntaxUid: '1.2.840.10008.1.2.1',
  rows: 1,
  columns: 1,
  samplesPerPixel: 1,
  photometricInterpretation: 'MONOCHROME2',
  planarConfiguration: 0,
  bitsAllocated: 8,
  bitsStored: 8,
  highBit: 7,
  pixelRepresentation: 0,
  pixelKind: 'integer',
} as const;

const frame = (number: number): SeriesFrame => ({
  header: { sopInstanceUid: '1.2.3', frame: number, description: DESCRIPTION },
  payload: new Uint8Array([number]),
});

/** As the door makes it: what listens to the signal lives as long as the signal may still abort. */
function streamed(frames: AsyncGenerator<SeriesFrame>) {
  const abort = new AbortController();
  const answer = pixelStream(frames, { signal: abort.signal, leave: () => abort.abort(), log: silentLog });
  return { answer, signal: abort.signal };
}

describe('what a stream of frames holds', () => {
  it('is let go when the last frame was sent', async () => {
    const { answer, signal } = streamed(
      (async function* () {
        yield frame(1);
        yield frame(2);
      })(),
    );
    const sent = new Uint8Array(await answer.arrayBuffer());
    expect(sent.at(-1)).toBe(2);
    expect(signal.aborted).toBe(true);
  });

  it('is let go when the frames break off', async () => {
    const { answer, signal } = streamed(
      (async function* () {
        yield frame(1);
        throw new Error('no more');
      })(),
    );
    await expect(answer.arrayBuffer()).rejects.toThrow('no more');
    expect(signal.aborted).toBe(true);
  });

  it('is let go when the reader leaves', async () => {
    const { answer, signal } = streamed(
      (async function* () {
        for (let number = 1; ; number += 1) yield frame(number);
      })(),
    );
    await answer.body?.cancel();
    expect(signal.aborted).toBe(true);
  });
});
