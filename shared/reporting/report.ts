import type { SlicePlane } from '../domain/hanging-protocol.ts';
import type { EpochMs } from '../kernel/clock.ts';
import type { DrawnShape, ImagePresentation, MeasuredNumber } from './measured-on-image.ts';

/** How a value came to stand in the report. `order`: as the site wrote it there. `proposed`: drafted by the program, and not yet confirmed by anybody. */
export type ValueSource = 'default' | 'typed' | 'dictated' | 'macro' | 'measurement' | 'prior' | 'order' | 'proposed';

/** Sections the field knows; LOINC codes for returning them: findings 59776-5, impression 19005-8 (DOMAIN 7). */
export type SectionRole = 'indication' | 'technique' | 'comparison' | 'findings' | 'impression' | 'other';

/** What a template says a field or an option means: RadLex, SNOMED CT, LOINC or RadElement, in the template's own name for the scheme. */
export interface FieldCode {
  readonly value: string;
  readonly scheme: string;
  readonly meaning: string;
}

export interface FieldOption {
  readonly value: string;
  readonly label: string;
  readonly codes?: readonly FieldCode[];
}

export interface TemplateField {
  readonly id: string;
  readonly label: string;
  /** A date is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; a laterality one of `LATERALITIES`, which its options name. */
  readonly kind: 'text' | 'choice' | 'number' | 'date' | 'laterality';
  readonly unit?: string;
  readonly options?: readonly FieldOption[];
  readonly min?: number;
  readonly max?: number;
  readonly required: boolean;
  readonly defaultValue: string;
  readonly codes?: readonly FieldCode[];
}

/** Fields that are asked for each of several things alike: nodules, lesions, fractures. */
export interface TemplateGroup {
  readonly id: string;
  /** Of one of them: `Nodule`. */
  readonly label: string;
  readonly fields: readonly TemplateField[];
}

/** Every field a section may ask for, those of its groups too. */
export const allFields = ({ fields, groups = [] }: TemplateSection): readonly TemplateField[] => [
  ...fields,
  ...groups.flatMap((group) => group.fields),
];

export interface TemplateSection {
  readonly id: string;
  readonly title: string;
  readonly role: SectionRole;
  readonly fields: readonly TemplateField[];
  readonly groups?: readonly TemplateGroup[];
  /** Free text the section starts with. */
  readonly defaultText: string;
}

/** A report template, read from an MRRT HTML5 file (IHE RAD TF, Management of Radiology Report Templates). */
export interface Template {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  readonly modalities: readonly string[];
  readonly bodyParts: readonly string[];
  /** Undefined: with and without alike. */
  readonly contrast?: boolean;
  readonly sections: readonly TemplateSection[];
}

/** To which entry of which group a field belongs. Entries are numbered by their order in the section. */
export interface EntryOf {
  readonly groupId: string;
  readonly label: string;
  /** Tells the entries of a group apart, also when one before it is taken away. */
  readonly key: number;
  /** Id of the field in the template's group. */
  readonly fieldId: string;
}

export interface ReportField {
  readonly id: string;
  readonly label: string;
  /** What the value is where it is more than words or a number. */
  readonly kind?: 'date' | 'laterality';
  readonly entry?: EntryOf;
  readonly unit?: string;
  readonly value: string;
  readonly source: ValueSource;
  /** When it came to stand there, epoch milliseconds; absent for what the template began with. */
  readonly at?: number;
  readonly codes?: readonly FieldCode[];
  /** Those options to which the template gives codes, or words of its own for a side. */
  readonly options?: readonly FieldOption[];
}

export interface ReportSection {
  readonly id: string;
  readonly title: string;
  readonly role: SectionRole;
  readonly fields: readonly ReportField[];
  readonly text: string;
  readonly textSource: ValueSource;
  /** When the text was last changed, epoch milliseconds. */
  readonly textAt?: number;
}

/** One image, or one frame of it, as a report points at it. */
export interface ImageReference {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  /** From 1; absent for an image of one frame. */
  readonly frame?: number;
  /** As the reader sees it named: series and image number. */
  readonly label: string;
}

/** One answered question of a score: a number with its unit, or what was chosen. */
export interface ScoreInput {
  readonly id: string;
  readonly label: string;
  readonly number?: number;
  readonly unit?: string;
  readonly choices?: readonly { readonly id: string; readonly label: string }[];
}

/** A result of a published system with what it was made from; its sentence stands in the text. */
export interface ReportScore {
  /** Id of the system (`scores/all-scores.ts`). */
  readonly system: string;
  readonly title: string;
  /** Edition of the system. */
  readonly version: string;
  /** Where it is published. */
  readonly source: string;
  readonly category: string;
  readonly meaning: string;
  readonly advice?: string;
  readonly sentence: string;
  readonly inputs: readonly ScoreInput[];
}

/** An image that shows what the report says (DICOM Key Object Selection). */
export interface KeyImage extends ImageReference {
  /** The reader's word on it. */
  readonly note?: string;
  /** As the reader saw it when it was marked; absent where no presentation state can say it. */
  readonly presentation?: ImagePresentation;
}

/** Places in the patient, millimetres in a frame of reference (PS3.3 C.7.4.1). */
export interface PlaceInSpace {
  readonly frameOfReferenceUid: string;
  readonly points: readonly InSpace[];
  /** The planes it was drawn on: the way back to them. */
  readonly seenOn?: SeenPlanes;
}
type InSpace = readonly [x: number, y: number, z: number];

/** Planes through a volume as the reader saw them: which one was drawn on, where they crossed, how each was turned. */
export interface SeenPlanes {
  readonly name: SlicePlane;
  readonly at: InSpace;
  /** Unit vectors in the patient. */
  readonly planes: Readonly<Record<SlicePlane, { readonly right: InSpace; readonly down: InSpace }>>;
}

/** A measurement that went into the report, with where it was drawn: leaves as structured report (PS3.16 TID 1500). */
export interface ReportMeasurement extends DrawnShape {
  /** UUID; names the same thing over versions and studies. */
  readonly trackingUuid: string;
  /** Of several images, or between them: the one nearest to it. */
  readonly image: ImageReference;
  /** Where it lies in the patient, where it was drawn on a plane through a volume and not on an image (PS3.3 C.18.9). */
  readonly inSpace?: PlaceInSpace;
  /** `Length 12 mm (series 4, image 56)` */
  readonly words: string;
  readonly numbers: readonly MeasuredNumber[];
}

/** The report's text and data; every rendering (text, HTML, PDF, OBX) is made from it. */
export interface ReportBody {
  readonly templateId: string;
  readonly title: string;
  readonly sections: readonly ReportSection[];
  readonly keyImages?: readonly KeyImage[];
  readonly scores?: readonly ReportScore[];
  readonly measurements?: readonly ReportMeasurement[];
}

/** Not yet signed: changes with every key. `revision` grows by one a save. */
export interface DraftReport {
  readonly state: 'draft';
  readonly revision: number;
  readonly savedAt: EpochMs;
  readonly body: ReportBody;
}

export function startReport(template: Template): ReportBody {
  return {
    templateId: template.id,
    title: template.title,
    sections: template.sections.map((section) => ({
      id: section.id,
      title: section.title,
      role: section.role,
      text: section.defaultText,
      textSource: 'default',
      fields: section.fields.map((field) => startField(field)),
    })),
  };
}

export function startField(field: TemplateField, id = field.id): ReportField {
  const isCoded = ({ value, label, codes }: FieldOption): boolean =>
    field.kind === 'laterality' ? label !== value : codes !== undefined;
  const options = field.options?.filter(isCoded);
  return {
    id,
    label: field.label,
    ...(field.kind === 'date' || field.kind === 'laterality' ? { kind: field.kind } : {}),
    ...(field.unit === undefined ? {} : { unit: field.unit }),
    value: field.defaultValue,
    source: 'default',
    ...(field.codes === undefined ? {} : { codes: field.codes }),
    ...(options === undefined || options.length === 0 ? {} : { options }),
  };
}
