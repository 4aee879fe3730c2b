import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { objectWithoutImages } from '#shared/dicom/objects-without-images.ts';
import { countOf } from '#shared/kernel/count-of.ts';
import { number, personName, text } from './attributes.ts';
import type { ImageFacts } from './image-facts.ts';
import { isMarkedInFile } from './marked-in-file.ts';
import { orderImages } from './image-order.ts';
import type { BulkBytes } from './lookup-table.ts';
import { readImageFacts } from './read-image-facts.ts';
import { readSeriesHeader, type SeriesHeader } from './series-header.ts';

export type StudyRole = 'current' | 'prior';

interface PatientLine {
  readonly name: string;
  readonly id: string;
  /** `74 F`, as far as the file says. */
  readonly ageAndSex: string;
  readonly studyDescription: string;
  readonly studyDate: string;
  readonly institution: string;
}

export interface ImageSeries {
  readonly kind: 'images';
  readonly key: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly role: StudyRole;
  readonly seriesNumber: number | undefined;
  readonly description: string;
  readonly modality: string;
  readonly patient: PatientLine;
  readonly header: SeriesHeader;
  readonly images: readonly ImageFacts[];
  /** Data sets of those of its instances that draw over their own pixels, or that an algorithm made. */
  readonly drawnOver: readonly DicomJson[];
}

/** A report, a document, a presentation state: named, never drawn as an image. */
interface OtherObject {
  readonly kind: 'other';
  readonly key: string;
  readonly studyInstanceUid: string;
  readonly role: StudyRole;
  readonly seriesNumber: number | undefined;
  readonly description: string;
  readonly what: string;
  readonly objects: readonly DicomJson[];
}
export type Series = ImageSeries | OtherObject;

function whatOf(data: DicomJson): string | undefined {
  const found = objectWithoutImages(text(data, '00080016') ?? '');
  if (found !== undefined) return found;
  const hasPixels = (number(data, '00280010') ?? 0) > 0 && (number(data, '00280011') ?? 0) > 0;
  return hasPixels ? undefined : `Object without pixels (${text(data, '00080060') ?? 'no modality'})`;
}

const dateWords = (date: string | undefined): string =>
  date !== undefined && /^\d{8}/.test(date)
    ? `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`
    : (date ?? '');

function ageWords(data: DicomJson): string {
  const age = /^(\d{3})([DWMY])$/.exec(text(data, '00101010') ?? '');
  const sex = text(data, '00100040') ?? '';
  if (age) {
    const count = Number(age[1]);
    return [age[2] === 'Y' ? String(count) : `${count} ${age[2]!.toLowerCase()}`, sex].join(' ').trim();
  }
  const born = text(data, '00100030');
  const taken = text(data, '00080020');
  if (born && taken && born.length === 8 && taken.length === 8) {
    return [String(Math.floor((Number(taken) - Number(born)) / 10_000)), sex].join(' ').trim();
  }
  return sex;
}

const patientLine = (data: DicomJson): PatientLine => ({
  name: personName(data, '00100010') ?? 'No name in the file',
  id: text(data, '00100020') ?? 'no ID in the file',
  ageAndSex: ageWords(data),
  studyDescription: text(data, '00081030') ?? '',
  studyDate: dateWords(text(data, '00080020')),
  institution: text(data, '00080080') ?? '',
});

function describeSeries(data: DicomJson): string {
  const said = text(data, '0008103E');
  return said ?? [text(data, '00080060'), text(data, '00180015')?.toLowerCase()].filter(Boolean).join(' ');
}

/** Groups a study's instances into series: sorted, images in reading order, everything else named for what it is. */
export function readSeries(instances: readonly DicomJson[], role: StudyRole, bulk: BulkBytes): Series[] {
  const groups = new Map<string, DicomJson[]>();
  for (const data of instances) {
    const what = whatOf(data);
    const key = `${text(data, '0020000E') ?? ''}${what === undefined ? '' : `#${what}`}`;
    const group = groups.get(key);
    if (group) group.push(data);
    else groups.set(key, [data]);
  }
  const all = [...groups].map(([key, group]): Series => {
    const head = group[0]!;
    const what = whatOf(head);
    const common = {
      key,
      studyInstanceUid: text(head, '0020000D') ?? '',
      role,
      seriesNumber: number(head, '00200011'),
      description: describeSeries(head),
    };
    if (what !== undefined)
      return { kind: 'other', ...common, objects: group, what: group.length > 1 ? `${what} (${group.length})` : what };
    const images = group.flatMap((data) => {
      const frameCount = Math.max(1, number(data, '00280008') ?? 1);
      return Array.from({ length: frameCount }, (_, index) => readImageFacts(data, index + 1, frameCount, bulk));
    });
    return {
      kind: 'images',
      ...common,
      seriesInstanceUid: text(head, '0020000E') ?? '',
      modality: text(head, '00080060') ?? 'OT',
      patient: patientLine(head),
      header: readSeriesHeader(head),
      images: orderImages(images),
      drawnOver: group.filter(isMarkedInFile),
    };
  });
  return all.sort((a, b) => (a.seriesNumber ?? 1e9) - (b.seriesNumber ?? 1e9) || a.key.localeCompare(b.key));
}

export const seriesName = (series: Series): string => {
  const number = series.seriesNumber === undefined ? 'Series' : `Series ${series.seriesNumber}`;
  const description = series.description === '' ? '' : `: ${series.description}`;
  if (series.kind === 'other') return `${number}${description}, ${series.what}, not an image`;
  return `${number}${description}, ${countOf(series.images.length, 'image')}`;
};
