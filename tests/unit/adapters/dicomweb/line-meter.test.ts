import { describe, expect, it } from 'vitest';

import { createLineMeter } from '#electron/adapters/dicomweb/line-meter.ts';
import { isOneByOne, requestsAtOnce } from '#electron/workstation/studies/line-choice.ts';
import { createFakeArchive } from '#tests/support/fake-archive.ts';

function rig() {
  let now = 0;
  const meter = createLineMeter(() => now);
  return { meter, pass: (ms: number) => void (now += ms) };
}

describe('a measured line', () => {
  it('is what came while anything came, of all exchanges together; thinking and idleness do not count', () => {
    const { meter, pass } = rig();
    const [one, other] = [meter.begin(), meter.begin()];
    pass(60);
    one.answered();
    other.answered();
    for (let n = 0; n < 10; n += 1) {
      pass(50);
      one.received(100_000);
      other.received(25_000);
    }
    one.ended();
    other.ended();
    pass(60_000);
    expect(meter.measured()).toEqual({ bytesPerSecond: 2_500_000, answerMs: 60 });
  });

  it('is not known before enough has come to tell', () => {
    const { meter, pass } = rig();
    const exchange = meter.begin();
    exchange.answered();
    pass(1);
    exchange.received(60_000);
    exchange.ended();
    expect(meter.measured()).toBeUndefined();
  });

  it('follows a line that slows down', () => {
    const { meter, pass } = rig();
    const receive = (bytesPerMs: number, ms: number) => {
      const exchange = meter.begin();
      exchange.answered();
      for (let at = 0; at < ms; at += 100) {
        pass(100);
        exchange.received(bytesPerMs * 100);
      }
      exchange.ended();
    };
    receive(10_000, 3000);
    receive(1000, 8000);
    expect(meter.measured()?.bytesPerSecond).toBeLessThan(1_500_000);
  });

  it('asks for as many images at once as keep it full, and no more', () => {
    const thin = { bytesPerSecond: 2_500_000, answerMs: 60 };
    expect(requestsAtOnce(thin, 200_000)).toBe(3);
    expect(requestsAtOnce(thin, 20_000)).toBe(6);
    expect(requestsAtOnce(thin, 8_000_000)).toBe(3);
    expect(requestsAtOnce(undefined, 200_000)).toBe(6);
  });

  it('decides between one answer and single requests', () => {
    const archive = createFakeArchive();
    const whole = { missing: 300, missingBytes: 60_000_000, heldBefore: 0 };
    expect(isOneByOne(archive, whole)).toBe(false);
    expect(isOneByOne(archive, { ...whole, missing: 200, heldBefore: 100 })).toBe(true);
    archive.measure({ bytesPerSecond: 100_000_000, answerMs: 1 });
    expect(isOneByOne(archive, whole)).toBe(false);
    expect(isOneByOne(archive, { missing: 4, missingBytes: 800_000, heldBefore: 0 })).toBe(true);
    archive.measure({ bytesPerSecond: 8_000_000, answerMs: 20 });
    expect(isOneByOne(archive, whole)).toBe(true);
    expect(isOneByOne(archive, { ...whole, missingBytes: 30_000_000 })).toBe(false);
    archive.measure({ bytesPerSecond: 2_500_000, answerMs: 60 });
    expect(isOneByOne(archive, { ...whole, missingBytes: 3_000_000 })).toBe(true);
  });
});
