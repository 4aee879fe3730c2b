import type { OpenedType } from '../documents/read-document.ts';
import { documentInStudy, type NoteKind, type NotePicture } from '../domain/notes.ts';
import { textAt, valuesAt, type DicomJson } from './dicom-json.ts';

/** A fact that the objects of a study tell about the exam, without source and time. */
export interface StudyNote {
  readonly kind: NoteKind;
  readonly label: string;
  readonly text: string;
  /** A letter inside the study: it lies there, not on the hub. */
  readonly picture?: NotePicture;
}

const words = (value: unknown): string | undefined => {
  if (typeof value === 'number') return `${value}`;
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
};
const first = (item: unknown, tag: string): string | undefined => words(valuesAt(item, tag)[0]);

/** What stands in any object under a tag, each text once, in the order met. */
const allOf = (instances: readonly DicomJson[], tag: string): string[] => [
  ...new Set(instances.flatMap((instance) => first(instance, tag) ?? [])),
];
const MOST_NAMES = 12;
const list = (texts: readonly string[]): string =>
  `${texts.slice(0, MOST_NAMES).join(', ')}${texts.length > MOST_NAMES ? ` and ${texts.length - MOST_NAMES} more` : ''}`;

const note = (kind: NoteKind, label: string, text: string | undefined): readonly StudyNote[] =>
  text === undefined || text === '' ? [] : [{ kind, label, text }];

/** Attributes of PS3.6 that say one thing of patient or exam. */
const SINGLE: readonly (readonly [string, NoteKind, string])[] = [
  ['00321030', 'reason', 'Reason for study'],
  ['00401002', 'reason', 'Reason for the requested procedure'],
  ['00081080', 'history', 'Admitting diagnosis'],
  ['001021B0', 'history', 'Additional patient history'],
  ['00102000', 'other', 'Medical alerts'],
  ['00102110', 'allergy', 'Allergies'],
  ['00104000', 'other', 'Patient comments'],
  ['00324000', 'technologist-note', 'Study comments'],
  ['00400280', 'technologist-note', 'Comments on the performed procedure'],
  ['00380500', 'other', 'Patient state'],
  ['00321060', 'protocol', 'Requested procedure'],
  ['00400254', 'protocol', 'Performed procedure'],
];

/** Pregnancy Status (0010,21C0), PS3.3 C.4.4. */
const PREGNANCY: Readonly<Record<string, string>> = {
  '1': 'not pregnant',
  '2': 'possibly pregnant',
  '3': 'definitely pregnant',
  '4': 'unknown',
};

/** Contrast/Bolus Module, PS3.3 C.7.6.4: the same words of many images are said once. */
function contrastIn(instances: readonly DicomJson[]): string[] {
  return [
    ...new Set(
      instances.flatMap((instance) => {
        const agent = first(instance, '00180010');
        if (agent === undefined) return [];
        const [volume, route] = [first(instance, '00181041'), first(instance, '00181040')];
        const [dose, started] = [first(instance, '00181044'), first(instance, '00181042')];
        return [
          [
            agent,
            volume === undefined ? undefined : `${volume} mL`,
            dose === undefined || dose === volume ? undefined : `${dose} mL undiluted`,
            route,
            started === undefined ? undefined : `at ${started.slice(0, 2)}:${started.slice(2, 4)}`,
          ]
            .filter((part) => part !== undefined)
            .join(', '),
        ];
      }),
    ),
  ];
}

/** Radiopharmaceutical Information Sequence (0054,0016), PS3.3 C.8.9.2; Radionuclide Total Dose is in Bq. */
function activityIn(instances: readonly DicomJson[]): readonly StudyNote[] {
  for (const instance of instances) {
    const [item] = valuesAt(instance, '00540016');
    const dose = Number(first(item, '00181074'));
    if (item === undefined || !Number.isFinite(dose) || dose <= 0) continue;
    const tracer = first(item, '00180031') ?? textAt(valuesAt(item, '00540304')[0], '00080104');
    return note(
      'dose',
      'Activity',
      `${Math.round(dose / 100_000) / 10} MBq${tracer === undefined ? '' : ` ${tracer}`}`,
    );
  }
  return [];
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** Doses that images themselves carry: CTDIvol (0018,9345) in mGy, PS3.3 C.8.15.3.9; Image and Fluoroscopy Area Dose Product (0018,115E) in dGy·cm². */
function imageDoses(instances: readonly DicomJson[]): readonly StudyNote[] {
  const largest = (tag: string): number | undefined => {
    const values = instances.map((instance) => Number(first(instance, tag))).filter((value) => value > 0);
    return values.length === 0 ? undefined : round(Math.max(...values));
  };
  const [index, area] = [largest('00189345'), largest('0018115E')];
  return [
    ...note('dose', 'CTDIvol', index === undefined ? undefined : `${index} mGy`),
    ...note('dose', 'Dose area product', area === undefined ? undefined : `${area} dGy·cm²`),
  ];
}

/** PS3.16: totals in a Radiation Dose Structured Report (TID 10012, TID 10004). */
const DOSE_TOTALS: Readonly<Record<string, string>> = {
  '113813': 'Dose length product, total',
  '113722': 'Dose area product, total',
  '113725': 'Dose at the reference point, total',
};

/** PS3.3 C.17.3: items in items; a document made to hurt is cut off. */
const DEEPEST = 16;
const MOST_ITEMS = 5000;

/** Totals of a dose report, and the prose of any other structured report (PS3.3 C.17.3.2, TEXT content items). */
function structuredReport(instance: DicomJson): readonly StudyNote[] {
  const doses: StudyNote[] = [];
  const prose: string[] = [];
  let left = MOST_ITEMS;
  const walk = (parent: unknown, depth: number): void => {
    for (const item of depth > DEEPEST ? [] : valuesAt(parent, '0040A730')) {
      left -= 1;
      if (left < 0) return;
      const [concept] = valuesAt(item, '0040A043');
      const label = DOSE_TOTALS[first(concept, '00080100') ?? ''];
      const [measured] = valuesAt(item, '0040A300');
      const value = Number(first(measured, '0040A30A'));
      const unit = first(valuesAt(measured, '004008EA')[0], '00080100') ?? '';
      if (label !== undefined && Number.isFinite(value))
        doses.push(...note('dose', label, `${round(value)} ${unit}`.trim()));
      const text = first(item, '0040A160');
      const heading = first(concept, '00080104');
      if (text !== undefined && first(item, '0040A040') === 'TEXT')
        prose.push(heading === undefined ? text : `${heading}: ${text}`);
      walk(item, depth + 1);
    }
  };
  walk(instance, 0);
  if (doses.length > 0) return doses;
  const title = first(valuesAt(instance, '0040A043')[0], '00080104') ?? 'Structured report';
  return note('document', title, prose.join('\n').slice(0, 20_000));
}

const ENCAPSULATED = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.104\./;
const ENCAPSULATED_CDA = '1.2.840.10008.5.1.4.1.1.104.2';
/** MIME Type of Encapsulated Document (0042,0012) of what can be opened. */
const OPENED: Readonly<Record<string, OpenedType>> = { 'application/pdf': 'application/pdf', 'text/xml': 'text/plain' };
const SECONDARY_CAPTURE = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.7(?:\.|$)/;

/** Letters inside the study: encapsulated documents (PS3.3 C.24), and captures of paper, told by what they are called. */
function enclosed(instance: DicomJson): readonly StudyNote[] {
  const sopClass = first(instance, '00080016') ?? '';
  const title = first(instance, '00420010') ?? first(instance, '0008103E');
  const uid = first(instance, '00080018');
  const drawn = (contentType: OpenedType) =>
    uid === undefined ? {} : { picture: { contentType, of: documentInStudy(uid) } };
  if (ENCAPSULATED.test(sopClass)) {
    const type = first(instance, '00420012') ?? 'document';
    const opens = sopClass === ENCAPSULATED_CDA ? 'text/plain' : OPENED[type.toLowerCase()];
    return note('document', title ?? 'Encapsulated document', `in the study: ${type}`).map((each) =>
      opens === undefined ? each : { ...each, ...drawn(opens) },
    );
  }
  const isPaper = /\b(?:scan(?:ned)?|fax|paper|form|letter|requisition|consent|document)\b/i.test(title ?? '');
  if (!SECONDARY_CAPTURE.test(sopClass) || !isPaper) return [];
  const pages = Number(first(instance, '00280008') ?? 1);
  const words = pages > 1 ? `${pages} scanned pages` : 'scanned page';
  return note('document', title ?? '', `in the study: ${words}`).map((each) => ({ ...each, ...drawn('image/png') }));
}

/** What a study itself tells of patient and exam: protocol, contrast, dose, the technologist's words, worklist texts, letters. Each thing once. */
export function studyNotes(instances: readonly DicomJson[]): readonly StudyNote[] {
  const single = SINGLE.flatMap(([tag, kind, label]) => note(kind, label, allOf(instances, tag)[0]));
  const pregnant = allOf(instances, '001021C0')[0];
  const weight = Number(allOf(instances, '00101030')[0]);
  const steps = instances.flatMap((instance) =>
    valuesAt(instance, '00400275').flatMap((item) => first(item, '00400007') ?? []),
  );
  const images = instances.filter((instance) => valuesAt(instance, '00280010').length > 0);
  const series = new Map(images.map((instance) => [first(instance, '0020000E'), first(instance, '0008103E')] as const));
  const notes: readonly StudyNote[] = [
    ...single,
    ...note('pregnancy', 'Pregnancy status', pregnant === undefined ? undefined : (PREGNANCY[pregnant] ?? pregnant)),
    ...note('other', 'Weight', weight > 0 ? `${round(weight)} kg` : undefined),
    ...note('protocol', 'Protocol', list(allOf(images, '00181030'))),
    ...note('protocol', 'Series', list([...new Set([...series.values()].filter((each) => each !== undefined))])),
    ...note('protocol', 'Scheduled step', list([...new Set(steps)])),
    ...note('other', 'Contrast agent', list(contrastIn(instances))),
    ...activityIn(instances),
    ...imageDoses(instances),
    ...note('technologist-note', 'Image comments', list(allOf(instances, '00204000'))),
    ...instances.flatMap(structuredReport),
    ...instances.flatMap(enclosed),
  ];
  const keyOf = ({ kind, label, text, picture }: StudyNote) => `${kind} ${label} ${text} ${picture?.of ?? ''}`;
  return [...new Map(notes.map((each) => [keyOf(each), each])).values()];
}
