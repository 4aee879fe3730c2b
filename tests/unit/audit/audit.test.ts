import { join } from 'node:path';

import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';

import { openAuditLog } from '#electron/adapters/audit-log/open-audit-log.ts';
import { createSigningKey, newSigningKeyText } from '#electron/adapters/signing-key/create-signing-key.ts';
import { verifySignature } from '#electron/adapters/signing-key/verify-signature.ts';
import { createAudit } from '#electron/workstation/audit/create-audit.ts';
import { verifyAudit } from '#electron/workstation/audit/verify-audit.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { createManualClock } from '#tests/support/manual-clock.ts';
import { NIGHT } from '#tests/support/reading-tasks.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function openTrail(options: { readonly maxPages?: number } = {}, folder = tempFolder()) {
  const chain = openAuditLog(join(folder, 'audit.sqlite'), options);
  closing.push(() => chain.close());
  const clock = createManualClock(NIGHT);
  const key = await createSigningKey(await newSigningKeyText());
  const trail = createAudit({ chain, clock, actor: 'dr-lee', key, log: silentLog });
  return { folder, chain, clock, key, trail };
}

/** A shift in small: some acts, a seal, more acts, the export. */
async function exported(acts = 12) {
  const { trail, key, clock } = await openTrail();
  trail.record({ act: 'audit.begun' });
  for (let index = 0; index < acts; index += 1) {
    clock.advance(1000);
    trail.record({ act: 'case.opened', taskId: `t-${index}`, siteId: 'mercy' });
    if (index === Math.floor(acts / 2)) await trail.seal();
  }
  const text = await trail.exportText();
  if (text === undefined) throw new Error('not exported');
  return { bytes: Buffer.from(text, 'utf8'), keyId: (await key.publicKey()).keyId };
}

const verify = (file: Uint8Array, keyId?: string) =>
  verifyAudit(file, { verifySeal: verifySignature, ...(keyId === undefined ? {} : { keyId }) });

describe('the audit chain', () => {
  it('is whole as it was exported, and says by whose key', async () => {
    const { bytes, keyId } = await exported();
    expect(await verify(bytes, keyId)).toEqual({ kind: 'whole', entries: 15, sealedTo: 15, keyIds: [keyId] });
  });

  it('is not taken for whole when another key sealed it', async () => {
    const { bytes } = await exported();
    const { keyId } = await exported();
    expect(await verify(bytes, keyId)).toMatchObject({ kind: 'broken', entry: 9 });
  });

  it('names the first entry that was touched', async () => {
    const { bytes } = await exported();
    const lines = bytes.toString('utf8').split('\n');
    lines[3] = (lines[3] ?? '').replace('case.opened', 'case.closed');
    expect(await verify(Buffer.from(lines.join('\n')))).toMatchObject({ kind: 'broken', entry: 4 });
  });

  it('shows every one of 1 000 tamperings: bytes flipped, entries taken out, put in, moved, the end cut off', async () => {
    const { bytes } = await exported(6);
    const lines = bytes.toString('utf8').split('\n').slice(0, -1);
    const join_ = (kept: readonly string[]) => Buffer.from(kept.map((line) => `${line}\n`).join(''));
    const place = fc.nat({ max: lines.length - 1 });
    const flip = fc
      .tuple(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }))
      .map(([at, bits]) => Buffer.from(bytes.map((byte, index) => (index === at ? byte ^ bits : byte))));
    const remove = place.map((at) => join_(lines.filter((_, index) => index !== at)));
    const add = fc.tuple(place, place).map(([from, to]) => join_(lines.toSpliced(to, 0, lines[from] ?? '')));
    const swap = fc
      .tuple(place, place)
      .filter(([one, other]) => one !== other)
      .map(([one, other]) =>
        join_(lines.map((line, at) => (at === one ? (lines[other] ?? '') : at === other ? (lines[one] ?? '') : line))),
      );
    const cutBytes = fc.nat({ max: bytes.length - 1 }).map((length) => bytes.subarray(0, length));
    const cutLines = place.map((count) => join_(lines.slice(0, count)));
    await fc.assert(
      fc.asyncProperty(fc.oneof(flip, remove, add, swap, cutBytes, cutLines), async (tampered) => {
        expect((await verify(tampered)).kind).toBe('broken');
      }),
      { numRuns: 1000, seed: 8 },
    );
  }, 60_000);

  it('goes on after a restart where it stood', async () => {
    const first = await openTrail();
    first.trail.record({ act: 'audit.begun' });
    first.chain.close();
    closing.pop();
    const second = await openTrail({}, first.folder);
    second.trail.record({ act: 'session.started' });
    expect(second.chain.read(1, 10).map(({ number, act }) => `${number} ${act}`)).toEqual([
      '1 audit.begun',
      '2 session.started',
    ]);
    expect((await verify(Buffer.from((await second.trail.exportText()) ?? ''))).kind).toBe('whole');
  });

  it('keeps what a full disk does not take, in order, and writes it when there is room', async () => {
    const { chain, clock, key } = await openTrail();
    let isFull = true;
    const full = {
      ...chain,
      append: (entries: Parameters<typeof chain.append>[0]) => (isFull ? 'no-space' : chain.append(entries)),
    } as const;
    const trail = createAudit({ chain: full, clock, actor: 'dr-lee', key, log: silentLog });
    trail.record({ act: 'case.opened', taskId: 't-1' });
    clock.advance(1000);
    trail.record({ act: 'case.closed', taskId: 't-1' });
    expect(trail.isWritten()).toBe(false);
    expect(await trail.exportText()).toBeUndefined();
    isFull = false;
    trail.record({ act: 'session.locked' });
    expect(trail.isWritten()).toBe(true);
    expect(chain.read(1, 10).map(({ act }) => act)).toEqual(['case.opened', 'case.closed', 'session.locked']);
    expect(chain.read(1, 1)[0]?.at).toBe(new Date(NIGHT).toISOString());
  });

  it('says that a real disk is full, and loses nothing that was written', async () => {
    const { chain, trail } = await openTrail({ maxPages: 12 });
    for (let index = 0; index < 400 && trail.isWritten(); index += 1) {
      trail.record({ act: 'case.opened', taskId: `t-${index}`, reason: 'x'.repeat(100) });
    }
    expect(trail.isWritten()).toBe(false);
    const kept = chain.read(1, 1000);
    expect(kept.length).toBeGreaterThan(10);
    expect(kept.map(({ number }) => number)).toEqual(kept.map((_, index) => index + 1));
  });

  it('seals an unbroken chain while others go on writing', async () => {
    const { trail } = await openTrail();
    trail.record({ act: 'audit.begun' });
    const seals = [trail.seal(), trail.seal()];
    for (let index = 0; index < 20; index += 1) trail.record({ act: 'case.opened', taskId: `t-${index}` });
    await Promise.all(seals);
    expect((await verify(Buffer.from((await trail.exportText()) ?? ''))).kind).toBe('whole');
  });
});
