import { isUid } from '#shared/dicom/study-summary.ts';

/** What a DICOMweb path asks for (PS3.18 10.1). */
type DicomwebTarget =
  | { readonly kind: 'search'; readonly level: 'study' | 'series' | 'instance' }
  | { readonly kind: 'metadata' }
  | { readonly kind: 'retrieve' }
  | { readonly kind: 'frames'; readonly frames: readonly number[] }
  | { readonly kind: 'bulk-data'; readonly path: string };

export interface DicomwebPath {
  readonly target: DicomwebTarget;
  readonly studyInstanceUid?: string;
  readonly seriesInstanceUid?: string;
  readonly sopInstanceUid?: string;
}

const levels = [
  ['studies', 'studyInstanceUid', 'study'],
  ['series', 'seriesInstanceUid', 'series'],
  ['instances', 'sopInstanceUid', 'instance'],
] as const;

function instanceTarget(rest: readonly string[]): DicomwebTarget | undefined {
  const [word, value] = rest;
  if (word === 'frames' && rest.length === 2 && value !== undefined) {
    const frames = value.split(',').map(Number);
    return frames.every((frame) => Number.isInteger(frame) && frame > 0) ? { kind: 'frames', frames } : undefined;
  }
  if (word === 'bulkdata' && rest.length > 1) return { kind: 'bulk-data', path: rest.slice(1).join('/') };
  return undefined;
}

/** Parses the part of a URL after the service's base; undefined when it is no DICOMweb resource we know. */
export function parseDicomwebPath(path: string): DicomwebPath | undefined {
  let segments = path.split('/').filter((segment) => segment !== '');
  const uids: Record<string, string> = {};
  for (const [word, key, level] of levels) {
    if (segments[0] !== word) continue;
    const uid = segments[1];
    if (uid === undefined) return { ...uids, target: { kind: 'search', level } };
    if (!isUid(uid)) return undefined;
    uids[key] = uid;
    segments = segments.slice(2);
  }
  if (uids['studyInstanceUid'] === undefined) return undefined;
  if (segments.length === 0) return { ...uids, target: { kind: 'retrieve' } };
  if (segments.length === 1 && segments[0] === 'metadata') return { ...uids, target: { kind: 'metadata' } };
  const target = uids['sopInstanceUid'] === undefined ? undefined : instanceTarget(segments);
  return target === undefined ? undefined : { ...uids, target };
}
