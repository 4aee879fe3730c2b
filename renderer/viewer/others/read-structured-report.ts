import { aiResultsFromSr } from '#shared/dicom/ai-result-from-sr.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { ImageFacts, Vector3 } from '../model/image-facts.ts';
import { numbers, text } from '../model/attributes.ts';
import type { ImagePoint } from '../model/measurement.ts';
import { contentTree, imagesOfItem, itemReferredTo, withAll, type ContentItem } from './content-tree.ts';
import { linesOf, pointsOf } from './graphic.ts';
import { offPlane, reachMm, toPixel, type ImageIndex } from './image-index.ts';
import { equipmentName, originOf } from './origin.ts';
import { gatherMarks, type OthersWork } from './work.ts';

/** DCM: Finding, Tracking Identifier, Finding Site (SCT and as SRT wrote it), Algorithm Name and Version, Person Observer Name. */
const FINDING = '121071';
const TRACKING = '112039';
const SITES: ReadonlySet<string> = new Set(['363698007', 'G-C0E3']);
const ALGORITHM = '111001';
const VERSION = '111003';
const OBSERVER = '121008';
const OBSERVER_DEVICE = ['121014', '121015'];

/** What stands beside a place: what it is, where, and what was measured there. */
function labelOf(place: ContentItem): string {
  const holder = place.parent;
  if (holder === undefined) return '';
  if (holder.measured !== undefined) return [groupName(holder.parent), measuredLine(holder)].filter(Boolean).join('\n');
  const own = holder.type === 'CONTAINER' ? '' : (holder.text ?? '');
  const said = holder.children.flatMap((child) => (child.measured === undefined ? [] : [measuredLine(child)]));
  return [own === '' ? groupName(holder) : own, ...said].filter((line) => line !== '').join('\n');
}

const measuredLine = ({ concept, measured }: ContentItem): string => `${concept.meaning} ${measured ?? ''}`.trim();

function groupName(group: ContentItem | undefined): string {
  if (group === undefined) return '';
  const find = (isMeant: (code: string) => boolean) =>
    group.children.find(({ concept }) => isMeant(concept.code))?.text;
  const named = find((code) => code === FINDING) ?? find((code) => code === TRACKING) ?? '';
  const site = find((code) => SITES.has(code));
  return site === undefined || site === named ? named : `${named}, ${site}`.replace(/^, /, '');
}

/** Comprehensive, 3D and CAD structured reports (PS3.3 A.35): their places on images, with what is said of them. */
export function readStructuredReport(data: DicomJson, index: ImageIndex): Omit<OthersWork, 'id' | 'colour'>[] {
  const root = contentTree(data);
  const all = withAll(root);
  const said = (code: string) => all.find(({ concept }) => concept.code === code)?.text;
  const marks = gatherMarks();
  const places = all.filter(({ type }) => type === 'SCOORD' || type === 'SCOORD3D');
  let strange = 0;
  for (const place of places) {
    const drawn = place.type === 'SCOORD' ? flat(place, root, index) : inSpace(place, index);
    if (drawn === 'strange') strange += 1;
    else for (const [facts, lines] of drawn) marks.add(facts.imageId, { kind: 'line', lines, text: labelOf(place) });
  }
  const pointed = all.filter(({ type }) => type === 'IMAGE').flatMap((item) => imagesOfItem(item, index));
  const origin = originOf(data);
  const device = OBSERVER_DEVICE.flatMap((code) => said(code) ?? []).join(' ');
  const person = said(OBSERVER);
  const [result] = aiResultsFromSr(data);
  const by = [person, device === '' ? equipmentName(data) : device].filter((one) => one !== undefined);
  const onImages = marks.imageIds();
  return [
    {
      ...origin,
      source: by.length === 0 ? origin.source : by.join(' · '),
      algorithm: said(ALGORITHM) ?? origin.algorithm,
      version: said(VERSION) ?? origin.version,
      what: 'Structured report',
      title: result?.finding ?? (root.concept.meaning === '' ? (text(data, '0008103E') ?? '') : root.concept.meaning),
      imageIds: onImages.length > 0 ? onImages : [...new Set(pointed.map(({ imageId }) => imageId))],
      marksOn: marks.marksOn,
      reason: reasonFor(places.length, onImages.length, strange),
    },
  ];
}

function reasonFor(places: number, drawnOn: number, strange: number): string | undefined {
  if (places === 0) return 'it speaks of no place on an image';
  if (drawnOn === 0 && strange === 0) return 'the images it speaks of are not in this case';
  return strange === 0 ? undefined : `${strange} of its ${places} places cannot be read`;
}

type Drawn = readonly (readonly [ImageFacts, readonly (readonly ImagePoint[])[]])[];

/** Pixels of the image it was selected from (PS3.3 C.18.6). */
function flat(place: ContentItem, root: ContentItem, index: ImageIndex): Drawn | 'strange' {
  const lines = linesOf(text(place.data, '00700023') ?? '', pointsOf(numbers(place.data, '00700022')));
  if (lines === undefined) return 'strange';
  const images = place.children.flatMap((child) => imagesOfItem(itemReferredTo(child, root), index));
  return images.map((facts) => [facts, lines] as const);
}

/** Millimetres in a frame of reference (PS3.3 C.18.9): on the images whose planes hold all of it. */
function inSpace(place: ContentItem, index: ImageIndex): Drawn | 'strange' {
  const coordinates = numbers(place.data, '00700022');
  const points: Vector3[] = [];
  for (let at = 0; at + 2 < coordinates.length; at += 3)
    points.push([coordinates[at]!, coordinates[at + 1]!, coordinates[at + 2]!]);
  const [first, ...others] = points;
  const type = text(place.data, '00700023') ?? '';
  if (!first) return 'strange';
  const space = text(place.data, '30060024');
  const planes = index
    .planesAt(space, first)
    .filter((facts) => others.every((one) => offPlane(facts, one) <= reachMm(facts)));
  return planes.flatMap((facts) => {
    const onImage = points.flatMap((point) => {
      const pixel = toPixel(facts, point);
      return pixel === undefined ? [] : [pixel];
    });
    const lines = linesOf(type, onImage);
    return lines === undefined ? [] : [[facts, lines] as const];
  });
}
