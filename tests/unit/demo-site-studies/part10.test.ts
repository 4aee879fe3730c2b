import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { demoCatalogue, writeStudy, type StudyFolder } from '#electron/demo-site/studies/index.ts';
import { createImageEncoders } from '#electron/adapters/dicom-encode/create-image-encoders.ts';
import { encodeRle } from '#electron/adapters/dicom-encode/rle.ts';
import { writePart10 } from '#electron/demo-site/studies/dicom/part10.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';

interface ParsedElement {
  readonly length: number;
  readonly fragments?: readonly unknown[];
  readonly basicOffsetTable?: readonly number[];
}
interface ParsedDataSet {
  string(tag: string): string | undefined;
  uint16(tag: string): number | undefined;
  readonly elements: Readonly<Record<string, ParsedElement>>;
}
const { parseDicom } = createRequire(import.meta.url)('dicom-parser') as {
  parseDicom(bytes: Uint8Array): ParsedDataSet;
};

const NOW = Date.parse('2026-11-21T23:00:00Z') as EpochMs;

function memoryFolder(): StudyFolder & { readonly files: Map<string, Uint8Array>; readonly order: string[] } {
  const files = new Map<string, Uint8Array>();
  const order: string[] = [];
  const write = (path: string, bytes: Uint8Array): Promise<void> => {
    files.set(path, bytes);
    order.push(path);
    return Promise.resolve();
  };
  return { files, order, exists: (path) => Promise.resolve(files.has(path)), write, writeAtomically: write };
}

describe('Part 10 writer', () => {
  it('writes what an independent parser reads back', () => {
    const bytes = writePart10(
      {
        SOPClassUID: '1.2.840.10008.5.1.4.1.1.2',
        SOPInstanceUID: '2.25.7',
        Rows: 2,
        Columns: 3,
        PatientName: 'Doe^Jörg',
        PixelSpacing: [0.44921875, 1 / 3],
      },
      { kind: 'native', bytes: new Uint8Array(12), vr: 'OW' },
    );
    const read = parseDicom(bytes);
    expect(read.string('x00020010')).toBe('1.2.840.10008.1.2.1');
    expect(read.string('x00020003')).toBe('2.25.7');
    expect(read.uint16('x00280010')).toBe(2);
    expect(read.string('x00280030')).toBe('0.449219\\0.333333');
    expect(read.elements.x7fe00010?.length).toBe(12);
  });

  it('puts one fragment a frame behind a basic offset table, each padded to even length', () => {
    const frames = [new Uint8Array(5), new Uint8Array(8)];
    const read = parseDicom(
      writePart10(
        { SOPInstanceUID: '2.25.7' },
        { kind: 'encapsulated', frames, transferSyntaxUid: '1.2.840.10008.1.2.5' },
      ),
    );
    expect(read.elements.x7fe00010?.fragments).toHaveLength(2);
    expect(read.elements.x7fe00010?.basicOffsetTable).toEqual([0, 14]);
  });
});

describe('RLE encoder', () => {
  it('packs the byte planes most significant first, as in PS3.5 annex G', () => {
    const samples = new Uint16Array([0x0102, 0x0102, 0x0102, 0x0304]);
    const rle = encodeRle({
      columns: 4,
      rows: 1,
      bitsAllocated: 16,
      bitsStored: 16,
      signed: false,
      samplesPerPixel: 1,
      bytes: new Uint8Array(samples.buffer),
    });
    const view = new DataView(rle.buffer);
    expect(view.getUint32(0, true)).toBe(2);
    expect([...rle.subarray(64, 68)]).toEqual([254, 1, 0, 3]);
    expect([...rle.subarray(view.getUint32(8, true))]).toEqual([254, 2, 0, 4]);
  });
});

describe('writing a study', () => {
  const study = demoCatalogue(7, NOW).find((candidate) => candidate.key === 'wrist')!;

  it('gives the same bytes for the same seed, writes the marker last, and does nothing the second time', async () => {
    const encoders = createImageEncoders();
    const first = memoryFolder();
    expect(await writeStudy(study, 7, encoders, first)).toBe('written');
    expect(first.files.size).toBe(study.imageCount + 1);
    expect(first.order.at(-1)).toContain('complete');
    expect(await writeStudy(study, 7, encoders, first)).toBe('already-there');
    expect(first.order).toHaveLength(study.imageCount + 1);
    const second = memoryFolder();
    await writeStudy(study, 7, encoders, second);
    const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
    for (const [path, bytes] of first.files) expect(digest(second.files.get(path)!)).toBe(digest(bytes));
  }, 60_000);

  it('starts again where a run was cut off before the marker', async () => {
    const encoders = createImageEncoders();
    const folder = memoryFolder();
    let writes = 0;
    const failing: StudyFolder = {
      ...folder,
      write: (path, bytes) => ((writes += 1) > 1 ? Promise.reject(new Error('disk full')) : folder.write(path, bytes)),
    };
    await expect(writeStudy(study, 7, encoders, failing)).rejects.toThrow('disk full');
    expect(await writeStudy(study, 7, encoders, folder)).toBe('written');
  }, 60_000);
});
