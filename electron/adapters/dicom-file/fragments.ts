import { err, ok, type Result } from '#shared/kernel/result.ts';

import type { Element, Fragment } from './data-set.ts';
import type { DicomProblem } from './problem.ts';

const tableOf = (bytes: Uint8Array, size: 4 | 8): number[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: number[] = [];
  for (let at = 0; at + size <= view.byteLength; at += size) {
    entries.push(size === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true)));
  }
  return entries;
};

/** Groups by an offset table, or undefined when the table does not fit the fragments: tables in real files lie. */
function byOffsets(fragments: readonly Fragment[], offsets: readonly number[]): Fragment[][] | undefined {
  const indexAt = new Map(fragments.map((fragment, index) => [fragment.offset, index]));
  const starts = offsets.map((offset) => indexAt.get(offset));
  const groups: Fragment[][] = [];
  for (const [frame, start] of starts.entries()) {
    const end = frame + 1 < starts.length ? starts[frame + 1] : fragments.length;
    if (start === undefined || end === undefined || end <= start) return undefined;
    groups.push(fragments.slice(start, end));
  }
  return starts[0] === 0 ? groups : undefined;
}

/** Whether a fragment begins a codestream: SOI of the JPEG family, SOC of JPEG 2000 and its JP2 signature box. */
function beginsCodestream({ bytes }: Fragment): boolean {
  const [a, b, c] = bytes;
  return (
    (a === 0xff && b === 0xd8 && c === 0xff) ||
    (a === 0xff && b === 0x4f && c === 0xff) ||
    (a === 0 && b === 0 && c === 0 && bytes[3] === 12 && bytes[4] === 0x6a && bytes[5] === 0x50)
  );
}

/** Fragments by the codestream they begin or continue. */
function byCodestream(fragments: readonly Fragment[]): Fragment[][] {
  const groups: Fragment[][] = [];
  for (const fragment of fragments) {
    if (groups.length === 0 || beginsCodestream(fragment)) groups.push([fragment]);
    else groups.at(-1)?.push(fragment);
  }
  return groups;
}

const isRleHeader = ({ bytes }: Fragment): boolean =>
  bytes.length >= 64 &&
  (bytes[0] ?? 0) > 0 &&
  (bytes[0] ?? 0) < 16 &&
  bytes[1] === 0 &&
  bytes[4] === 64 &&
  bytes[5] === 0;

/** RLE frames cut into fragments of one size: a shorter one ends a frame, an RLE header begins the next. */
function byRleHeader(fragments: readonly Fragment[]): Fragment[][] {
  const groups: Fragment[][] = [];
  const longest = Math.max(...fragments.map(({ bytes }) => bytes.length));
  let isOpen = false;
  for (const fragment of fragments) {
    if (groups.length === 0 || (!isOpen && isRleHeader(fragment))) groups.push([fragment]);
    else groups.at(-1)?.push(fragment);
    isOpen = fragment.bytes.length === longest;
  }
  return groups;
}

/**
 * The fragments of each frame (PS3.5 A.4): by extended or basic offset table where it is right, one by one where there
 * are as many fragments as frames, else by where codestreams begin.
 */
export function fragmentsByFrame(
  pixels: Element,
  frameCount: number,
  extendedOffsets: Uint8Array | undefined,
): Result<readonly (readonly Fragment[])[], DicomProblem> {
  const fragments = (pixels.fragments ?? []).filter(
    (fragment, index, all) => fragment.bytes.length > 0 || all.length === frameCount,
  );
  if (fragments.length === 0) return err({ code: 'cut-off', reason: 'the pixel data is empty' });
  if (frameCount === 1) return ok([fragments]);
  const tables = [
    extendedOffsets === undefined ? [] : tableOf(extendedOffsets, 8),
    tableOf(pixels.offsetTable ?? new Uint8Array(), 4),
  ];
  for (const table of tables) {
    const groups = table.length === frameCount ? byOffsets(fragments, table) : undefined;
    if (groups !== undefined) return ok(groups);
  }
  if (fragments.length === frameCount) return ok(fragments.map((fragment) => [fragment]));
  const groups = byCodestream(fragments);
  if (groups.length === frameCount) return ok(groups);
  const rleGroups = byRleHeader(fragments);
  if (rleGroups.length === frameCount) return ok(rleGroups);
  if (fragments.length < frameCount) return ok(fragments.map((fragment) => [fragment]));
  if (groups.length < frameCount && groups.length > 1) return ok(groups);
  return err({
    code: 'damaged-pixel-data',
    reason: `${fragments.length} fragments cannot be told apart into ${frameCount} frames`,
  });
}
