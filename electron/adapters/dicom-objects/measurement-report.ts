import { createHash } from 'node:crypto';

import { entriesOf, entryTitle, ownFields } from '#shared/reporting/entries.ts';
import type { MeasuredNumber, MeasuredQuantity } from '#shared/reporting/measured-on-image.ts';
import type { ReportField, ReportMeasurement } from '#shared/reporting/report.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import { uidOfUuid } from '#shared/reporting/stable-ids.ts';
import { ucumOf } from '#shared/reporting/ucum.ts';
import {
  codedItem,
  containerItem,
  numberItem,
  placeItem,
  spaceItem,
  textItem,
  uidItem,
  type Code,
  type Content,
} from './content-items.ts';
import { conceptOf, OURS } from './field-items.ts';
import {
  documentElements,
  ENGLISH,
  evidence,
  observer,
  writeDocument,
  type DicomObject,
  type StructuredReportInput,
} from './report-documents.ts';
import { clipped } from './study-elements.ts';

/** PS3.4 B.5. */
const COMPREHENSIVE_SR = '1.2.840.10008.5.1.4.1.1.88.33';
/** Places in the patient stand only in this one (PS3.3 A.35.13). */
const COMPREHENSIVE_3D_SR = '1.2.840.10008.5.1.4.1.1.88.34';

/**
 * What was measured, as Comprehensive SR, content after TID 1500: numbers with a unit among the report's fields, and measurements drawn on
 * images of this study with their places. Undefined where there are none.
 */
export function measurementReport(input: StructuredReportInput): DicomObject | undefined {
  const { signed, studyInstanceUid } = input;
  const drawn = (signed.body.measurements ?? []).filter(({ image }) => image.studyInstanceUid === studyInstanceUid);
  const groups = [
    ...signed.body.sections.flatMap((section) =>
      [
        ...ownFields(section).map((field) => ({ field, name: field.label })),
        ...entriesOf(section).flatMap((entry) =>
          entry.fields.map((field) => ({ field, name: `${entryTitle(entry)} ${field.label}` })),
        ),
      ]
        .filter(({ field }) => isMeasurement(field))
        .map(({ field, name }) => fieldGroup(signed, section.id, field, name)),
    ),
    ...drawn.map(drawnGroup),
  ];
  if (groups.length === 0) return undefined;
  const { exam } = signed.task;
  const procedure: Code =
    exam.code === undefined
      ? ['18748-4', 'LN', 'Diagnostic imaging study']
      : [clipped(exam.code, 16), schemeOf(exam.codeSystem), clipped(exam.text, 64) || exam.code];
  const root = containerItem(
    ['126000', 'DCM', 'Imaging Measurement Report'],
    [
      ENGLISH,
      ...observer(signed),
      ['HAS CONCEPT MOD', codedItem(['121058', 'DCM', 'Procedure reported'], procedure)],
      [
        'CONTAINS',
        containerItem(
          ['126010', 'DCM', 'Imaging Measurements'],
          groups.map((group) => ['CONTAINS', group] as const),
        ),
      ],
    ],
  );
  return writeDocument(input, {
    part: 'measurements',
    series: 'structured-series',
    sopClassUid: drawn.some(({ inSpace }) => inSpace !== undefined) ? COMPREHENSIVE_3D_SR : COMPREHENSIVE_SR,
    modality: 'SR',
    instanceNumber: 2,
    content: { templateId: '1500', root },
    elements: [
      ...documentElements(input),
      ...evidence(
        drawn.map(({ image }) => image),
        studyInstanceUid,
      ),
    ],
  });
}

const MEASUREMENT_GROUP: Code = ['125007', 'DCM', 'Measurement Group'];

/** TID 1501: what is followed over time has a name and a UID. */
const tracking = (name: string, uid: string): readonly (readonly ['HAS OBS CONTEXT', Content])[] => [
  ['HAS OBS CONTEXT', textItem(['112039', 'DCM', 'Tracking Identifier'], name)],
  ['HAS OBS CONTEXT', uidItem(['112040', 'DCM', 'Tracking Unique Identifier'], uid)],
];

const fieldGroup = (signed: SignedReport, sectionId: string, field: ReportField, name: string): Content =>
  containerItem(MEASUREMENT_GROUP, [
    ...tracking(name, trackingUid(signed, sectionId, field)),
    ['CONTAINS', numberItem(conceptOf(field), decimal(field.value), unitOf(field.unit ?? '1'))],
  ]);

const CONCEPT: Readonly<Partial<Record<MeasuredQuantity, Code>>> = {
  length: ['410668003', 'SCT', 'Length'],
  'long-axis': ['103339001', 'SCT', 'Long axis'],
  'short-axis': ['103340004', 'SCT', 'Short axis'],
  angle: ['1483009', 'SCT', 'Angle'],
  'cobb-angle': ['cobb-angle', OURS, 'Cobb angle'],
  area: ['42798000', 'SCT', 'Area'],
};

/** How a number over a region was derived from its pixels (CID 7464). */
const DERIVATION: Readonly<Partial<Record<MeasuredQuantity, Code>>> = {
  mean: ['373098007', 'SCT', 'Mean'],
  'standard-deviation': ['386136009', 'SCT', 'Standard Deviation'],
  minimum: ['255605001', 'SCT', 'Minimum'],
  maximum: ['56851009', 'SCT', 'Maximum'],
};

/** What the pixels count, by the unit they count in. */
const PIXELS_COUNT: Readonly<Record<string, Code>> = {
  "[hnsf'U]": ['112031', 'DCM', 'Attenuation Coefficient'],
  '{SUVbw}g/ml': ['126401', 'DCM', 'SUVbw'],
};
const PIXEL_VALUE: Code = ['pixel-value', OURS, 'Pixel value'];

/** TID 1501 for lines and points, TID 1410 for a region: its place then stands in the group. */
function drawnGroup(measurement: ReportMeasurement): Content {
  const { image, shape, points, words, numbers, trackingUuid } = measurement;
  const isRegion = numbers.some(({ quantity }) => quantity === 'area') || numbers.length === 0;
  const region = isRegion
    ? ([['CONTAINS', placeItem(['111030', 'DCM', 'Image Region'], { shape, points }, image)]] as const)
    : [];
  return containerItem(MEASUREMENT_GROUP, [
    ...tracking(clipped(words, 1024), uidOfUuid(trackingUuid)),
    ...region,
    ...numbers.map((number) => ['CONTAINS', measuredItem(number, measurement, isRegion)] as const),
    ['CONTAINS', textItem(['121106', 'DCM', 'Comment'], words)],
  ]);
}

function measuredItem(number: MeasuredNumber, measurement: ReportMeasurement, isRegion: boolean): Content {
  const { image, shape, points, inSpace } = measurement;
  const concept = CONCEPT[number.quantity] ?? PIXELS_COUNT[number.unit] ?? PIXEL_VALUE;
  const derivation = DERIVATION[number.quantity];
  const place = number.points === undefined ? { shape, points } : { shape: 'POLYLINE' as const, points: number.points };
  return numberItem(concept, decimal(String(number.value)), unitOf(number.unit), [
    ...(derivation === undefined
      ? []
      : [['HAS CONCEPT MOD', codedItem(['121401', 'DCM', 'Derivation'], derivation)] as const]),
    ...(isRegion
      ? []
      : [['INFERRED FROM', inSpace ? spaceItem(shape, inSpace) : placeItem(undefined, place, image)] as const]),
  ]);
}

/** DS has at most 16 characters (PS3.5 6.2). */
const decimal = (value: string): string => {
  const text = value.trim().replace(',', '.');
  return text.length <= 16 ? text : String(Number(Number(text).toPrecision(10)));
};

const isMeasurement = ({ value, unit }: ReportField): boolean =>
  unit !== undefined && unit.trim() !== '' && /^[+-]?\d+([.,]\d+)?$/.test(value.trim());

function unitOf(unit: string): Code {
  const [code, meaning] = ucumOf(unit);
  return [clipped(code, 16), 'UCUM', clipped(meaning, 64)];
}

const schemeOf = (codeSystem: string | undefined): string =>
  codeSystem === undefined || codeSystem.includes(':') ? OURS : clipped(codeSystem, 16);

/** 128 bits of a hash as UUID-derived UID (PS3.5 B.2). */
function trackingUid({ reportUuid }: SignedReport, sectionId: string, { id }: ReportField): string {
  const digest = createHash('sha256').update(`${reportUuid}/${sectionId}/${id}`).digest('hex').slice(0, 32);
  return `2.25.${BigInt(`0x${digest}`)}`;
}
