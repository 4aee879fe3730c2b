import { aiResultsFromSc } from '#shared/dicom/ai-result-from-sc.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { text } from '../model/attributes.ts';
import type { ImageSeries, Series } from '../model/series.ts';
import { indexImages, type ImageIndex } from './image-index.ts';
import { originOf } from './origin.ts';
import { readFileMarks } from './read-file-marks.ts';
import { readKeyObjects } from './read-key-objects.ts';
import { readPresentationState } from './read-presentation-state.ts';
import { readSegmentation, type SegmentationToRead } from './read-segmentation.ts';
import { readStructuredReport } from './read-structured-report.ts';
import { readStructureSet } from './read-structure-set.ts';
import { colourOf, noMarks, type OthersWork } from './work.ts';

/** A list longer than this is not read by anybody. */
const MOST_WORKS = 300;
const STORAGE = '1.2.840.10008.5.1.4.1.1.';

type Work = Omit<OthersWork, 'id' | 'colour'> & { readonly colour?: string };

export interface OthersRead {
  readonly works: readonly OthersWork[];
  /** Segmentations whose outlines are still to come. */
  readonly toRead: readonly SegmentationToRead[];
}

/** Everything others made about the images of a case. An object that cannot be read stands in the list with the reason; none throws. */
export function readOthers(series: readonly Series[]): OthersRead {
  const index = indexImages(series);
  const toRead: SegmentationToRead[] = [];
  const works: OthersWork[] = [];
  const take = (id: string, made: readonly Work[]) => {
    for (const [at, work] of made.entries()) {
      if (works.length >= MOST_WORKS) return;
      const colour = work.colour ?? colourOf(works.length);
      // Copied with its getters: what a segmentation says of itself changes while it is read.
      works.push(Object.defineProperties({ id: `${id}#${at}`, colour } as OthersWork, ownMembers(work)));
    }
  };
  for (const one of series) {
    if (one.kind === 'images') {
      take(
        one.key,
        safely(one.drawnOver[0], () => [...captures(one), ...readFileMarks(one)]),
      );
      continue;
    }
    for (const data of one.objects)
      take(
        text(data, '00080018') ?? one.key,
        safely(data, () => readObject(data, index, toRead)),
      );
  }
  return { works, toRead };
}

function ownMembers(work: Work): PropertyDescriptorMap {
  const { colour: _colour, ...members } = Object.getOwnPropertyDescriptors(work);
  return members;
}

function safely(data: DicomJson | undefined, read: () => readonly Work[]): readonly Work[] {
  try {
    return read();
  } catch {
    return [refused(data ?? {}, 'Object', 'it cannot be read')];
  }
}

const refused = (data: DicomJson, what: string, reason: string): Work => ({
  source: 'source not stated',
  algorithm: undefined,
  version: undefined,
  date: undefined,
  what,
  title: typeof data['0008103E']?.Value?.[0] === 'string' ? data['0008103E'].Value[0] : '',
  imageIds: [],
  marksOn: noMarks,
  reason,
});

function readObject(data: DicomJson, index: ImageIndex, toRead: SegmentationToRead[]): readonly Work[] {
  const sopClass = text(data, '00080016') ?? '';
  const kind = sopClass.startsWith(STORAGE) ? sopClass.slice(STORAGE.length) : '';
  if (kind === '88.59') return readKeyObjects(data, index);
  if (kind.startsWith('88.')) return readStructuredReport(data, index);
  if (kind.startsWith('11.')) return readPresentationState(data, index);
  if (kind === '481.3') return readStructureSet(data, index);
  if (kind === '66.4' || kind === '66.7') {
    const segmentation = readSegmentation(data, index);
    if (segmentation.toRead) toRead.push(segmentation.toRead);
    return segmentation.works;
  }
  const drawn = NOT_DRAWN.find(([start]) => kind === start || kind.startsWith(`${start}.`));
  return drawn ? [{ ...refused(data, drawn[1], 'this kind of object is not drawn'), ...originOf(data) }] : [];
}

/** What others make about images besides, by the end of its SOP Class UID. */
const NOT_DRAWN: readonly (readonly [string, string])[] = [
  ['66', 'Registration or surface'],
  ['68', 'Surface'],
  ['91', 'Microscopy annotations'],
  ['481', 'Radiotherapy object'],
];

/** Secondary captures that an algorithm made stand in the series list as what they are: pictures; here is who says so. */
function captures(series: ImageSeries): readonly Work[] {
  const made = series.drawnOver.flatMap((data) => aiResultsFromSc(data).map((result) => ({ data, result })));
  const [first] = made;
  if (!first) return [];
  const sops = new Set(made.map(({ data }) => text(data, '00080018')));
  return [
    {
      ...originOf(first.data),
      what: 'Secondary capture',
      title: first.result.finding,
      algorithm: first.result.algorithm ?? originOf(first.data).algorithm,
      imageIds: series.images.filter(({ sopInstanceUid }) => sops.has(sopInstanceUid)).map(({ imageId }) => imageId),
      marksOn: noMarks,
      reason: undefined,
    },
  ];
}
