import type { DrawnShape } from '#shared/reporting/measured-on-image.ts';
import type { PlaceInSpace } from '#shared/reporting/report.ts';
import { floats } from './binary-elements.ts';
import type { WrittenElement } from './write-part10.ts';

/** Code value, coding scheme, meaning (PS3.3 8). */
export type Code = readonly [value: string, scheme: string, meaning: string];

const codeItem = ([value, scheme, meaning]: Code): readonly WrittenElement[] => [
  { tag: '00080100', vr: 'SH', value },
  { tag: '00080102', vr: 'SH', value: scheme },
  { tag: '00080104', vr: 'LO', value: meaning },
];

const codeSequence = (tag: string, code: Code): WrittenElement => ({
  tag,
  vr: 'SQ',
  value: [codeItem(code)],
});

type Relationship = 'CONTAINS' | 'HAS OBS CONTEXT' | 'HAS CONCEPT MOD' | 'INFERRED FROM' | 'SELECTED FROM';
type Children = readonly (readonly [Relationship, Content])[];
/** A content item without its relationship (PS3.3 C.17.3). */
export type Content = readonly WrittenElement[];

const item = (valueType: string, name: Code | undefined, ...rest: readonly WrittenElement[]): Content => [
  { tag: '0040A040', vr: 'CS', value: valueType },
  ...(name === undefined ? [] : [codeSequence('0040A043', name)]),
  ...rest,
];

export const textItem = (name: Code, text: string): Content =>
  item('TEXT', name, { tag: '0040A160', vr: 'UT', value: text });
export const codedItem = (name: Code, value: Code): Content => item('CODE', name, codeSequence('0040A168', value));
/** `YYYYMMDD` */
export const dateItem = (name: Code, date: string): Content =>
  item('DATE', name, { tag: '0040A121', vr: 'DA', value: date });
export const nameItem = (name: Code, personName: string): Content =>
  item('PNAME', name, { tag: '0040A123', vr: 'PN', value: personName });
export const uidItem = (name: Code, uid: string): Content =>
  item('UIDREF', name, { tag: '0040A124', vr: 'UI', value: uid });

export const numberItem = (name: Code, value: string, unit: Code, children: Children = []): Content =>
  item(
    'NUM',
    name,
    {
      tag: '0040A300',
      vr: 'SQ',
      value: [[codeSequence('004008EA', unit), { tag: '0040A30A', vr: 'DS', value }]],
    },
    ...(children.length === 0 ? [] : [childrenOf(children)]),
  );

/** A place on an image (PS3.3 C.18.6), with the image. */
export const placeItem = (
  name: Code | undefined,
  { shape, points }: DrawnShape,
  image: Parameters<typeof imageItem>[0],
): Content =>
  item(
    'SCOORD',
    name,
    floats('00700022', points.flat()),
    { tag: '00700023', vr: 'CS', value: shape },
    childrenOf([['SELECTED FROM', imageItem(image)]]),
  );

/** A place in the patient (PS3.3 C.18.9); it stands for itself, without an image. */
export const spaceItem = (shape: DrawnShape['shape'], { frameOfReferenceUid, points }: PlaceInSpace): Content =>
  item(
    'SCOORD3D',
    undefined,
    floats('00700022', points.flat()),
    { tag: '00700023', vr: 'CS', value: shape },
    { tag: '30060024', vr: 'UI', value: frameOfReferenceUid },
  );

export const imageItem = (image: {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly frame?: number;
}): Content =>
  item('IMAGE', undefined, {
    tag: '00081199',
    vr: 'SQ',
    value: [
      [
        { tag: '00081150', vr: 'UI', value: image.sopClassUid },
        { tag: '00081155', vr: 'UI', value: image.sopInstanceUid },
        ...(image.frame === undefined ? [] : [{ tag: '00081160', vr: 'IS', value: String(image.frame) } as const]),
      ],
    ],
  });

/** Each child stands in a relationship to the container. */
export const containerItem = (name: Code, children: Children): Content =>
  item('CONTAINER', name, { tag: '0040A050', vr: 'CS', value: 'SEPARATE' }, childrenOf(children));

const childrenOf = (children: Children): WrittenElement => ({
  tag: '0040A730',
  vr: 'SQ',
  value: children.map(([relationship, content]) => [{ tag: '0040A010', vr: 'CS', value: relationship }, ...content]),
});

/** The template the document's content follows (PS3.16). */
export const templateElement = (templateId: string): WrittenElement => ({
  tag: '0040A504',
  vr: 'SQ',
  value: [
    [
      { tag: '00080105', vr: 'CS', value: 'DCMR' },
      { tag: '0040DB00', vr: 'CS', value: templateId },
    ],
  ],
});
