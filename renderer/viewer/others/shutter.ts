import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { number, numbers, texts } from '../model/attributes.ts';
import type { ImageFacts } from '../model/image-facts.ts';
import type { ImagePoint } from '../model/measurement.ts';
import { linesOf } from './graphic.ts';
import type { OthersMark } from './work.ts';

/** Display Shutter (PS3.3 C.7.6.11): rows and columns from 1; what lies outside of any of its shapes is covered. */
export function readShutter(data: DicomJson, facts: ImageFacts): OthersMark | undefined {
  const outlines = texts(data, '00181600').flatMap((shape): (readonly ImagePoint[])[] => {
    const outline =
      shape === 'RECTANGULAR' ? rectangle(data, facts) : shape === 'CIRCULAR' ? circle(data) : polygon(data);
    return outline === undefined ? [] : [outline];
  });
  return outlines.length === 0 ? undefined : { kind: 'shutter', lines: outlines, text: '' };
}

function rectangle(data: DicomJson, { rows, columns }: ImageFacts): readonly ImagePoint[] {
  const left = (number(data, '00181602') ?? 1) - 1.5;
  const right = (number(data, '00181604') ?? columns) - 0.5;
  const top = (number(data, '00181606') ?? 1) - 1.5;
  const bottom = (number(data, '00181608') ?? rows) - 0.5;
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
    [left, top],
  ];
}

function circle(data: DicomJson): readonly ImagePoint[] | undefined {
  const [row, column] = numbers(data, '00181610');
  const radius = number(data, '00181612');
  if (row === undefined || column === undefined || radius === undefined || radius <= 0) return undefined;
  const middle: ImagePoint = [column - 1, row - 1];
  return linesOf('CIRCLE', [middle, [middle[0] + radius, middle[1]]])?.[0];
}

function polygon(data: DicomJson): readonly ImagePoint[] | undefined {
  const vertices = numbers(data, '00181620');
  const points: ImagePoint[] = [];
  for (let at = 0; at + 1 < vertices.length; at += 2) points.push([vertices[at + 1]! - 1, vertices[at]! - 1]);
  return points.length < 3 ? undefined : [...points, points[0]!];
}
