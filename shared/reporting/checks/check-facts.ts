import type { DicomJson, DicomJsonElement } from '../../dicom/dicom-json.ts';
import type { Laterality } from '../../domain/order.ts';
import { ageInYears, type Sex } from '../../domain/patient.ts';
import type { ReadingTask } from '../../domain/reading-task.ts';
import type { EpochMs } from '../../kernel/clock.ts';

/** How much of one series of the exam was on screen. */
export interface SeriesSeen {
  readonly number?: number;
  readonly description?: string;
  readonly images: number;
  readonly seen: number;
  /** A scout, or a page beside the images: nobody has to read it. */
  readonly isScout: boolean;
}

/** What is known beside the report: what the site ordered and what the images say of themselves. */
export interface CheckFacts {
  readonly patient: { readonly sex: Sex; readonly birthDate?: string; readonly name: string };
  readonly order: {
    readonly exam: string;
    readonly bodyPart?: string;
    readonly laterality?: Laterality;
    readonly reason?: string;
    readonly contrast?: boolean;
  };
  readonly study: {
    readonly modality?: string;
    readonly bodyPart?: string;
    readonly laterality?: Laterality;
    readonly contrast?: boolean;
    /** ISO dates of the priors that are known to exist. */
    readonly priors: readonly string[];
    /** Absent where nobody knows what was on screen. */
    readonly series?: readonly SeriesSeen[];
  };
  /** When the report is signed, for ages. */
  readonly at?: EpochMs;
}

/** Whole years; undefined when birth or the day of the report is not known. */
export const ageAt = ({ patient, at }: CheckFacts): number | undefined =>
  at === undefined ? undefined : ageInYears(patient.birthDate, at);

type FactsOfTask = Pick<ReadingTask, 'patient' | 'exam' | 'reason' | 'priors'>;

/** `metadata`: one or more instances of the studies being read, without bulk data. */
export function checkFactsOf(task: FactsOfTask, metadata: readonly DicomJson[], at?: EpochMs): CheckFacts {
  const { patient, exam, reason, priors } = task;
  const modality = firstText(metadata, '00080060', (text) => !NOT_IMAGES.has(text)) ?? exam.modality;
  const bodyPart = firstText(metadata, '00180015');
  const laterality = lateralityFrom(firstText(metadata, '00200060') ?? firstText(metadata, '00200062'));
  const contrast = contrastOf(metadata);
  return {
    patient: {
      sex: patient.sex,
      name: patient.name,
      ...(patient.birthDate === undefined ? {} : { birthDate: patient.birthDate }),
    },
    order: {
      exam: exam.text,
      ...(exam.bodyPart === undefined ? {} : { bodyPart: exam.bodyPart }),
      ...(exam.laterality === undefined ? {} : { laterality: exam.laterality }),
      ...(reason === undefined ? {} : { reason }),
      ...(exam.contrast === undefined ? {} : { contrast: exam.contrast }),
    },
    study: {
      ...(modality === undefined ? {} : { modality }),
      ...(bodyPart === undefined ? {} : { bodyPart }),
      ...(laterality === undefined ? {} : { laterality }),
      ...(contrast === undefined ? {} : { contrast }),
      priors: priors.flatMap(({ date }) => (date === undefined ? [] : [date])),
    },
    ...(at === undefined ? {} : { at }),
  };
}

/** `L`, `left`, `LT` …; undefined for what names no side. */
export function lateralityFrom(text: string | undefined): Laterality | undefined {
  switch (text?.trim().toUpperCase()) {
    case 'L':
    case 'LT':
    case 'LEFT':
      return 'left';
    case 'R':
    case 'RT':
    case 'RIGHT':
      return 'right';
    case 'B':
    case 'BOTH':
    case 'BILATERAL':
      return 'bilateral';
    default:
      return undefined;
  }
}

/** Modalities of objects that hold no images of the patient. */
const NOT_IMAGES: ReadonlySet<string> = new Set(['SR', 'PR', 'KO', 'DOC', 'SEG', 'REG', 'OT']);

function firstText(
  metadata: readonly DicomJson[],
  tag: string,
  isWanted: (text: string) => boolean = () => true,
): string | undefined {
  for (const instance of metadata) {
    const value: DicomJsonElement['Value'] = instance[tag]?.Value;
    const text = typeof value?.[0] === 'string' ? value[0].trim() : '';
    if (text !== '' && isWanted(text)) return text;
  }
  return undefined;
}

/** Contrast/Bolus Agent (0018,0010) is filled in when contrast was given; its absence alone says nothing. */
function contrastOf(metadata: readonly DicomJson[]): boolean | undefined {
  const agent = firstText(metadata, '00180010');
  if (agent === undefined) return undefined;
  return !/^(none|no|without|w\/?o|non[- ]?contrast|nativ|0)$/i.test(agent);
}
