import { ArchiveError, type MeasuredLine, type SiteArchive } from '#electron/ports/site-archive.ts';
import type { ReadInstance } from '#electron/workstation/ports.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';

/** One instance of the fake archive: its bytes are text that `readFakeInstance` understands, or not. */
export interface FakeInstance {
  readonly study: string;
  readonly series: string;
  readonly sop: string;
  readonly number: number;
  readonly frames: readonly string[];
  readonly isBroken?: boolean;
  /** A report or the like: it has no pixels. */
  readonly isDocument?: boolean;
  /** More of its header: whose it is, for one. */
  readonly header?: DicomJson;
}

export interface FakeArchive extends SiteArchive {
  readonly calls: string[];
  add(...instances: readonly FakeInstance[]): void;
  /** Still in the metadata, but never sent. */
  lose(sop: string): void;
  failWith(code: ArchiveError['code'] | undefined): void;
  /** From now on every instance of a whole-series retrieve waits for `letThrough`. */
  hold(): void;
  letThrough(count: number): void;
  /** What the line was measured to be; instances asked for alone then wait for `letThrough` too. */
  measure(line: MeasuredLine | undefined): void;
  /** Sends the other's bytes where this one is asked for. */
  swap(sop: string, other: string): void;
}

/** Instances of one series, scroll order by number; `i` of them starting at 1. */
export const fakeSeries = (study: string, series: string, count: number): FakeInstance[] =>
  Array.from({ length: count }, (_, index) => ({
    study,
    series,
    sop: `${series}.${index + 1}`,
    number: index + 1,
    frames: [`pixels of ${series}.${index + 1}`],
  }));

const part10Of = ({ study, sop, frames, isBroken }: FakeInstance): Uint8Array =>
  new TextEncoder().encode(isBroken === true ? `damaged ${sop}` : JSON.stringify({ study, sop, frames }));

export function readFakeInstance(part10: Uint8Array): ReadInstance {
  const text = new TextDecoder().decode(part10);
  if (text.startsWith('damaged')) return { problem: 'the header is cut off', sopInstanceUid: text.slice(8) };
  const { study, sop, frames } = JSON.parse(text) as { study: string; sop: string; frames: string[] };
  return {
    sopInstanceUid: sop,
    frameCount: frames.length,
    description: {
      transferSyntaxUid: '1.2.840.10008.1.2.1',
      rows: 1,
      columns: 8,
      samplesPerPixel: 1,
      photometricInterpretation: 'MONOCHROME2',
      planarConfiguration: 0,
      bitsAllocated: 16,
      bitsStored: 12,
      highBit: 11,
      pixelRepresentation: 0,
      pixelKind: 'integer',
    },
    frame: (frame) => {
      const pixels = frames[frame - 1];
      if (pixels === undefined || pixels === 'broken') throw new Error('no such frame');
      return new TextEncoder().encode(pixels);
    },
    json: {},
    whole: () => ({
      '0020000D': { vr: 'UI', Value: [study] },
      '00080018': { vr: 'UI', Value: [sop] },
      '00420011': { vr: 'OB', InlineBinary: btoa(frames.join('')) },
    }),
  };
}

export function createFakeArchive(): FakeArchive {
  let instances: FakeInstance[] = [];
  const lost = new Set<string>();
  const calls: string[] = [];
  const swapped = new Map<string, string>();
  let line: MeasuredLine | undefined;
  let failure: ArchiveError['code'] | undefined;
  let passes = Number.POSITIVE_INFINITY;
  let waiting: (() => void)[] = [];
  const guard = (call: string) => {
    calls.push(call);
    if (failure !== undefined) throw new ArchiveError(failure);
  };
  const pass = async (signal: AbortSignal | undefined) => {
    while (passes <= 0) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        signal?.addEventListener('abort', () => resolve(), { once: true });
      });
      if (signal?.aborted === true) throw new ArchiveError('cancelled');
    }
    passes -= 1;
  };
  return {
    calls,
    add: (...more) => {
      instances = [...instances, ...more];
    },
    lose: (sop) => {
      lost.add(sop);
    },
    failWith: (code) => {
      failure = code;
    },
    hold: () => {
      passes = 0;
    },
    measure: (measured) => {
      line = measured;
    },
    swap: (sop, other) => {
      swapped.set(sop, other);
    },
    line: () => line,
    letThrough: (count) => {
      passes += count;
      for (const resolve of waiting.splice(0)) resolve();
      waiting = [];
    },
    async searchStudies(query) {
      guard('searchStudies');
      const studies = new Set(instances.map((each) => each.study));
      return [...studies]
        .filter((study) => query.studyInstanceUid === undefined || query.studyInstanceUid === study)
        .map((study) => ({
          studyInstanceUid: study as StudyInstanceUid,
          patientId: 'P1',
          patientName: 'Doe^Jane=山田',
          sex: 'F' as const,
          birthDate: '1952-03-04',
          description: 'CT head',
          modalities: ['CT'],
          instanceCount: instances.filter((each) => each.study === study).length,
        }));
    },
    async studyMetadata(study) {
      guard(`metadata ${study}`);
      const found = instances.filter((each) => each.study === study).map(metadataOf);
      if (found.length === 0) throw new ArchiveError('not-found', 404);
      return found;
    },
    async countInstances(study) {
      guard(`count ${study}`);
      return instances.filter((each) => each.study === study).length;
    },
    async *retrieveSeries(study, series, signal) {
      guard(`series ${series}`);
      for (const instance of instances.filter((each) => each.study === study && each.series === series)) {
        await pass(signal);
        if (signal?.aborted === true) throw new ArchiveError('cancelled');
        if (failure !== undefined) throw new ArchiveError(failure);
        if (!lost.has(instance.sop)) yield part10Of(instance);
      }
    },
    async retrieveInstance(_study, _series, sop, signal) {
      guard(`instance ${sop}`);
      if (line !== undefined) {
        await pass(signal);
        if (failure !== undefined) throw new ArchiveError(failure);
      }
      const found = instances.find((each) => each.sop === (swapped.get(sop) ?? sop));
      if (found === undefined || lost.has(sop)) throw new ArchiveError('not-found', 404);
      return part10Of(found);
    },
    async store() {
      return { kind: 'refused', code: 'read-only' };
    },
  };
}

function metadataOf({ study, series, sop, number, frames, isDocument, header }: FakeInstance): DicomJson {
  return {
    ...header,
    '00080018': { vr: 'UI', Value: [sop] },
    '00080060': { vr: 'CS', Value: ['CT'] },
    '0020000D': { vr: 'UI', Value: [study] },
    '0020000E': { vr: 'UI', Value: [series] },
    '00200011': { vr: 'IS', Value: [1] },
    '00200013': { vr: 'IS', Value: [number] },
    ...(isDocument === true
      ? {}
      : { '00280008': { vr: 'IS', Value: [frames.length] }, '00280010': { vr: 'US', Value: [1] } }),
  };
}
