import { describe, expect, it } from 'vitest';

import { readWave } from '#renderer/dictation/engine/read-wave.ts';

interface Wave {
  readonly tag?: number;
  readonly bits: number;
  readonly channels?: number;
  readonly rate?: number;
  readonly data: readonly number[];
  readonly stated?: number;
  readonly isExtensible?: boolean;
}

/** A RIFF/WAVE file byte by byte (Multimedia Programming Interface and Data Specifications 1.0). */
function wave({ tag = 1, bits, channels = 1, rate = 16_000, data, stated, isExtensible = false }: Wave): Uint8Array {
  const little = (value: number, size: number) => Array.from({ length: size }, (_, at) => (value >>> (8 * at)) & 255);
  const text = (letters: string) => Array.from({ length: letters.length }, (_, at) => letters.charCodeAt(at));
  const block = (channels * bits) / 8;
  const format = [
    ...little(isExtensible ? 0xfffe : tag, 2),
    ...little(channels, 2),
    ...little(rate, 4),
    ...little(rate * block, 4),
    ...little(block, 2),
    ...little(bits, 2),
    ...(isExtensible
      ? [...little(22, 2), ...little(bits, 2), ...little(0, 4), ...little(tag, 2), ...Array<number>(14).fill(0)]
      : []),
  ];
  const body = [
    ...text('WAVE'),
    ...text('LIST'),
    ...little(3, 4),
    1,
    2,
    3,
    0,
    ...text('fmt '),
    ...little(format.length, 4),
    ...format,
    ...text('data'),
    ...little(stated ?? data.length, 4),
    ...data,
  ];
  return Uint8Array.from([...text('RIFF'), ...little(body.length, 4), ...body]);
}

const samplesOf = (file: Uint8Array): readonly number[] => {
  const read = readWave(file);
  if (!read.ok) throw new Error(read.error);
  return [...read.value.samples].map((sample) => Math.round(sample * 1e6) / 1e6);
};

describe('reading a WAV file', () => {
  it('knows 8 bits as offset binary', () => {
    expect(samplesOf(wave({ bits: 8, data: [0, 128, 192] }))).toEqual([-1, 0, 0.5]);
  });
  it('knows 16, 24 and 32 bits as two’s complement', () => {
    expect(samplesOf(wave({ bits: 16, data: [0, 0x80, 0, 0x40] }))).toEqual([-1, 0.5]);
    expect(samplesOf(wave({ bits: 24, data: [0, 0, 0x80, 0, 0, 0x40] }))).toEqual([-1, 0.5]);
    expect(samplesOf(wave({ bits: 32, data: [0, 0, 0, 0x80, 0, 0, 0, 0x40] }))).toEqual([-1, 0.5]);
  });
  it('knows floating point of both lengths, and keeps what is too loud at full scale', () => {
    const floats = new Uint8Array(Float32Array.of(0.25, -3).buffer);
    expect(samplesOf(wave({ tag: 3, bits: 32, data: [...floats] }))).toEqual([0.25, -1]);
    const doubles = new Uint8Array(Float64Array.of(-0.75).buffer);
    expect(samplesOf(wave({ tag: 3, bits: 64, data: [...doubles] }))).toEqual([-0.75]);
  });
  it('knows the extensible format', () => {
    expect(samplesOf(wave({ bits: 16, isExtensible: true, data: [0, 0x40] }))).toEqual([0.5]);
  });
  it('takes the mean of all channels', () => {
    expect(samplesOf(wave({ bits: 16, channels: 2, data: [0, 0x40, 0, 0] }))).toEqual([0.25]);
  });
  it('reads what is there of a file that was cut off, and says so', () => {
    const read = readWave(wave({ bits: 16, data: [0, 0x40], stated: 2000 }));
    expect(read.ok && [read.value.samples.length, read.value.isCutOff]).toEqual([1, true]);
  });
  it('says why a file cannot be read', () => {
    const reason = (file: Uint8Array) => {
      const read = readWave(file);
      return read.ok ? 'read' : read.error;
    };
    expect(reason(new Uint8Array(3))).toBe('not a WAV file');
    expect(reason(new TextEncoder().encode('RIFF....WAVE'))).toBe('has no format of the sound');
    expect(reason(wave({ bits: 16, data: [] }))).toBe('holds no sound');
    expect(reason(wave({ tag: 2, bits: 4, data: [1] }))).toBe('coding 2 of 4 bits is not supported');
    expect(reason(wave({ bits: 16, channels: 0, data: [1, 2] }))).toMatch(/^0 channels/);
  });
  it('never throws, whatever is cut off or overwritten', () => {
    const file = wave({ bits: 24, channels: 2, data: Array.from({ length: 60 }, (_, at) => at) });
    for (let length = 0; length < file.length; length++) expect(() => readWave(file.slice(0, length))).not.toThrow();
    for (let at = 0; at < 60; at++)
      for (const value of [0, 255]) {
        const broken = file.slice();
        broken[at] = value;
        expect(() => readWave(broken)).not.toThrow();
      }
  });
});
