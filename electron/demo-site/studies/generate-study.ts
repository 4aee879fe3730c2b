import type { ImageEncoders, PixelCoding, RawFrame } from '#electron/ports/image-encoders.ts';
import type { DemoStudy } from './demo-study.ts';
import { demoDate, demoTime } from './dicom/dates.ts';
import type { DataSet } from './dicom/elements.ts';
import { writePart10, type PixelPayload } from './dicom/part10.ts';
import { uidFrom } from './dicom/uid.ts';
import { planStudy } from './recipes/plan-study.ts';
import type { SeriesPlan } from './study-plan.ts';
import { DEMO_SITES, EQUIPMENT } from './stories/sites.ts';

export interface GeneratedFile {
  readonly fileName: string;
  readonly part10: Uint8Array;
}

const TRANSFER_SYNTAX: Readonly<Record<Exclude<PixelCoding, 'native'>, string>> = {
  'jpeg-ls': '1.2.840.10008.1.2.4.80',
  'jpeg-2000': '1.2.840.10008.1.2.4.90',
  rle: '1.2.840.10008.1.2.5',
  'jpeg-baseline': '1.2.840.10008.1.2.4.50',
};

/** Makes a study's files one by one; the same study and seed give the same bytes. */
export async function* generateStudy(
  study: DemoStudy,
  seed: number,
  encoders: ImageEncoders,
): AsyncGenerator<GeneratedFile> {
  for (const series of planStudy(study.key, seed)) {
    for (let index = 0; index < series.count; index += 1)
      yield await generateImage(study, series, index, seed, encoders);
  }
}

/** One image of a study, `index` from 0: whoever has several cores may share them out. */
export async function generateImage(
  study: DemoStudy,
  series: SeriesPlan,
  index: number,
  seed: number,
  encoders: ImageEncoders,
): Promise<GeneratedFile> {
  const image = series.image(index);
  const first = image.frames[0];
  if (first === undefined) throw new Error(`${study.key}: an image without frames`);
  const pixels = await codePixels(series.coding, image.frames, encoders);
  const dataSet: DataSet = {
    ...studyAttributes(study, series, seed),
    ...series.attributes,
    ...pixelAttributes(first, image.frames.length, series.coding, pixels),
    ...image.attributes,
    InstanceNumber: index + 1,
    SOPInstanceUID: uidFrom(seed, study.key, 'instance', series.number, index),
  };
  return {
    fileName: `S${String(series.number).padStart(3, '0')}I${String(index + 1).padStart(4, '0')}.dcm`,
    part10: writePart10(dataSet, pixels),
  };
}

async function codePixels(
  coding: PixelCoding,
  frames: readonly RawFrame[],
  encoders: ImageEncoders,
): Promise<PixelPayload> {
  if (coding === 'native') {
    const bytes = new Uint8Array(frames.reduce((sum, frame) => sum + frame.bytes.length, 0));
    let at = 0;
    for (const frame of frames) {
      bytes.set(frame.bytes, at);
      at += frame.bytes.length;
    }
    return { kind: 'native', bytes, vr: frames[0]?.bitsAllocated === 8 ? 'OB' : 'OW' };
  }
  const encoded: Uint8Array[] = [];
  for (const frame of frames) encoded.push(await encoders.encode(coding, frame));
  return { kind: 'encapsulated', frames: encoded, transferSyntaxUid: TRANSFER_SYNTAX[coding] };
}

function pixelAttributes(frame: RawFrame, frames: number, coding: PixelCoding, pixels: PixelPayload): DataSet {
  const rawBytes = frame.bytes.length * frames;
  const storedBytes = pixels.kind === 'native' ? rawBytes : pixels.frames.reduce((sum, bytes) => sum + bytes.length, 0);
  return {
    SamplesPerPixel: frame.samplesPerPixel,
    Rows: frame.rows,
    Columns: frame.columns,
    BitsAllocated: frame.bitsAllocated,
    BitsStored: frame.bitsStored,
    HighBit: frame.bitsStored - 1,
    PixelRepresentation: frame.signed ? 1 : 0,
    ...(frame.samplesPerPixel === 3 ? { PlanarConfiguration: 0 } : {}),
    ...(frames > 1 ? { NumberOfFrames: frames } : {}),
    ...(coding === 'jpeg-baseline'
      ? {
          PhotometricInterpretation: frame.samplesPerPixel === 3 ? 'YBR_FULL_422' : 'MONOCHROME2',
          LossyImageCompression: '01',
          LossyImageCompressionRatio: Math.round((rawBytes / storedBytes) * 100) / 100,
          LossyImageCompressionMethod: 'ISO_10918_1',
        }
      : {}),
  };
}

function studyAttributes(study: DemoStudy, series: SeriesPlan, seed: number): DataSet {
  const site = DEMO_SITES[study.siteKey];
  const equipment = EQUIPMENT[series.modality];
  if (equipment === undefined) throw new Error(`no equipment for ${series.modality}`);
  const date = demoDate(study.studyDateTime);
  const time = demoTime(study.studyDateTime);
  const seriesTime = demoTime(study.studyDateTime + series.number * 55_000);
  return {
    SpecificCharacterSet: 'ISO_IR 192',
    SOPClassUID: series.sopClassUid,
    InstanceCreationDate: date,
    InstanceCreationTime: seriesTime,
    StudyDate: date,
    SeriesDate: date,
    AcquisitionDate: date,
    ContentDate: date,
    StudyTime: time,
    SeriesTime: seriesTime,
    AcquisitionTime: seriesTime,
    ContentTime: seriesTime,
    AccessionNumber: study.accessionNumber,
    Modality: series.modality,
    ...equipment,
    InstitutionName: site.name,
    StationName: `${site.stationPrefix}${series.modality}1`,
    ReferringPhysicianName: study.orderedBy.name,
    TimezoneOffsetFromUTC: '+0000',
    StudyDescription: study.exam.text,
    SeriesDescription: series.description,
    PatientName: study.patient.name,
    PatientID: study.patient.mrn,
    IssuerOfPatientID: site.issuer,
    PatientBirthDate: study.patient.birthDate.replaceAll('-', ''),
    PatientSex: study.patient.sex === 'unknown' ? '' : study.patient.sex,
    PatientAge: ageAt(study.patient.birthDate, study.studyDateTime),
    StudyInstanceUID: study.studyInstanceUid,
    SeriesInstanceUID: uidFrom(seed, study.key, 'series', series.number),
    ...(CROSS_SECTIONAL.has(series.modality) ? { FrameOfReferenceUID: uidFrom(seed, study.key, 'frame') } : {}),
    StudyID: study.accessionNumber.slice(-8),
    SeriesNumber: series.number,
    PerformedProcedureStepStartDate: date,
    PerformedProcedureStepStartTime: time,
    BurnedInAnnotation: 'NO',
    LossyImageCompression: '00',
  };
}

const CROSS_SECTIONAL = new Set(['CT', 'MR']);

/** PS3.5 AS: whole years from two on. */
function ageAt(birthDate: string, at: number): string {
  const years = Math.floor((at - Date.parse(birthDate)) / (365.25 * 24 * 3_600_000));
  return `${String(years).padStart(3, '0')}Y`;
}
