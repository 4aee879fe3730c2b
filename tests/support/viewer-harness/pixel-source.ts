import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import {
  describeFrames,
  frameCount,
  readDicom,
  readFrame,
  toDicomJson,
  type DicomFile,
} from '#electron/adapters/dicom-file/index.ts';
import { framePrefix, type SeriesFrameHeader } from '#shared/contract/pixels.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';

interface Instance {
  readonly json: DicomJson;
  readonly file: DicomFile;
}

const valueOf = (json: DicomJson, tag: string): string => {
  const value = json[tag]?.Value?.[0];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};
const filesUnder = (path: string): string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .flatMap((name) => filesUnder(join(path, name)))
    : [path];

export type PixelSource = ReturnType<typeof openPixelSource>;

/** DICOM files on disk as the workstation's door would serve them: study metadata and series streams. */
export function openPixelSource(paths: readonly string[]) {
  let isHere: (json: DicomJson) => boolean = () => true;
  const all = paths.flatMap(filesUnder).flatMap((path): Instance[] => {
    const read = readDicom(new Uint8Array(readFileSync(path)));
    return read.ok ? [{ file: read.value, json: toDicomJson(read.value) }] : [];
  });
  const instances = () => all.filter(({ json }) => isHere(json));
  const ofSeries = (study: string, series: string) =>
    instances().filter(({ json }) => valueOf(json, '0020000D') === study && valueOf(json, '0020000E') === series);

  function* frames(study: string, series: string): Generator<{ header: SeriesFrameHeader; payload: Uint8Array }> {
    for (const { file, json } of ofSeries(study, series)) {
      const description = describeFrames(file);
      if (!description.ok) continue;
      for (let frame = 1; frame <= frameCount(file); frame += 1) {
        const bytes = readFrame(file, frame);
        const header = { sopInstanceUid: valueOf(json, '00080018'), frame, description: description.value };
        yield bytes.ok
          ? { header, payload: bytes.value }
          : { header: { ...header, problem: bytes.error.reason }, payload: new Uint8Array(0) };
      }
    }
  }

  return {
    /** Only these have come so far. */
    haveOnly(which: (json: DicomJson) => boolean): void {
      isHere = which;
    },
    studies: () => [...new Set(all.map(({ json }) => valueOf(json, '0020000D')))],
    metadata: (study: string): DicomJson[] =>
      instances().flatMap(({ json }) => (valueOf(json, '0020000D') === study ? [json] : [])),
    /** One instance with all binary values but its pixels. */
    whole: (study: string, sop: string): DicomJson[] =>
      instances().flatMap(({ json, file }) =>
        valueOf(json, '0020000D') === study && valueOf(json, '00080018') === sop
          ? [toDicomJson(file, { maxInlineBytes: 32 * 1024 * 1024 })]
          : [],
      ),
    *stream(study: string, series: string, from: number): Generator<Uint8Array> {
      const ofStream = [...frames(study, series)];
      const order = ofStream.map((_, index) => index).sort((a, b) => Math.abs(a - from) - Math.abs(b - from));
      for (const index of order) {
        const { header, payload } = ofStream[index]!;
        yield framePrefix(new TextEncoder().encode(JSON.stringify(header)), payload.length);
        yield payload;
      }
    },
  };
}
