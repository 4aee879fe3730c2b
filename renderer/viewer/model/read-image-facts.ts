import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { items, number, numbers, text, texts } from './attributes.ts';
import {
  imageIdOf,
  type ImageFacts,
  type Palette,
  type PhaseMarks,
  type PixelSpacing,
  type UltrasoundRegion,
  type Vector3,
  type VoiFunction,
} from './image-facts.ts';
import { readSuv, SUV_UNIT, windowInSuv } from './suv.ts';
import { readLookupTable, type BulkBytes } from './lookup-table.ts';

/** The functional groups read here: others, private ones above all, repeat identifiers of other objects. */
const MACROS = [
  '00289110', // Pixel Measures
  '00209113', // Plane Position
  '00209116', // Plane Orientation
  '00289132', // Frame VOI LUT
  '00289145', // Pixel Value Transformation
  '00209071', // Frame Anatomy
  '00209111', // Frame Content
  '00189117', // MR Diffusion
  '00189118', // Cardiac Synchronization
];

/** Functional groups of PS3.3 C.7.6.16: what is shared, then what this frame says, laid over the data set. */
export function frameAttributes(data: DicomJson, frame: number): DicomJson {
  const groups = [items(data, '52009229')[0], items(data, '52009230')[frame - 1]];
  const macros = groups.flatMap((group) => (group ? MACROS.flatMap((tag) => items(group, tag).slice(0, 1)) : []));
  return macros.length === 0 ? data : Object.assign({}, data, ...macros);
}

const asVector = (all: readonly number[], from = 0): Vector3 | undefined => {
  const [x, y, z] = all.slice(from, from + 3);
  return x === undefined || y === undefined || z === undefined ? undefined : [x, y, z];
};

const CENTIMETRES = 3; // C.8.5.5.1.15
const IN_FRONT = 1; // C.8.5.5.1.3, bit 0

function readRegions(data: DicomJson): UltrasoundRegion[] {
  return items(data, '00186011').flatMap((region) => {
    const [left, top] = [number(region, '00186018'), number(region, '0018601A')];
    const [right, bottom] = [number(region, '0018601C'), number(region, '0018601E')];
    if (left === undefined || top === undefined || right === undefined || bottom === undefined) return [];
    const isDistance = number(region, '00186024') === CENTIMETRES && number(region, '00186026') === CENTIMETRES;
    const columnMm = Math.abs(number(region, '0018602C') ?? 0) * 10;
    const rowMm = Math.abs(number(region, '0018602E') ?? 0) * 10;
    const isInFront = ((number(region, '00186016') ?? 0) & IN_FRONT) !== 0;
    const scale = isDistance && columnMm > 0 && rowMm > 0 ? { columnMm, rowMm } : {};
    return [{ left, top, right, bottom, isInFront, ...scale }];
  });
}

/** For the whole ultrasound image: usable when all regions in centimetres agree. */
function ultrasoundSpacing(data: DicomJson): PixelSpacing | undefined {
  const regions = items(data, '00186011').filter(
    (region) => number(region, '00186024') === CENTIMETRES && number(region, '00186026') === CENTIMETRES,
  );
  const [first] = regions;
  const columnCm = first && Math.abs(number(first, '0018602C') ?? 0);
  const rowCm = first && Math.abs(number(first, '0018602E') ?? 0);
  if (!columnCm || !rowCm) return undefined;
  const isAlike = regions.every(
    (region) => Math.abs(Math.abs(number(region, '0018602C') ?? 0) - columnCm) < columnCm * 1e-3,
  );
  return isAlike ? { kind: 'patient', rowMm: rowCm * 10, columnMm: columnCm * 10 } : undefined;
}

const PROJECTION = new Set(['CR', 'DX', 'MG', 'RF', 'XA', 'IO', 'PX', 'RG']);

export function readSpacing(data: DicomJson, modality: string): PixelSpacing {
  const usable = (pair: readonly number[]): pair is [number, number] =>
    pair.length >= 2 && pair[0]! > 0 && pair[1]! > 0;
  const patient = numbers(data, '00280030');
  const imager = numbers(data, '00181164');
  const isProjection = PROJECTION.has(modality);
  if (usable(patient)) {
    const [rowMm, columnMm] = patient;
    // 10.7.1.3: on projection images Pixel Spacing counts as calibrated only when it says how, or differs from the detector's.
    const isCalibrated = text(data, '00280A02') !== undefined || (usable(imager) && Math.abs(imager[0] - rowMm) > 1e-6);
    return { kind: isProjection && !isCalibrated ? 'detector' : 'patient', rowMm, columnMm };
  }
  if (usable(imager)) return { kind: 'detector', rowMm: imager[0], columnMm: imager[1] };
  const nominal = numbers(data, '00182010');
  if (usable(nominal)) return { kind: 'detector', rowMm: nominal[0], columnMm: nominal[1] };
  const aspect = numbers(data, '00280034');
  return (
    ultrasoundSpacing(data) ??
    (usable(aspect)
      ? { kind: 'unknown', rowMm: aspect[0] / aspect[1], columnMm: 1 }
      : { kind: 'unknown', rowMm: 1, columnMm: 1 })
  );
}

function readUnit(data: DicomJson, modality: string): string | undefined {
  const type = text(data, '00281054');
  if (type !== undefined && type !== 'US') return type;
  if (modality === 'CT' && type === undefined) return 'HU'; // C.11.1.1.2: HU is meant when CT leaves the type out
  return modality === 'PT' ? text(data, '00541001') : undefined;
}

function readPalette(data: DicomJson, isSigned: boolean, bulk: BulkBytes): Palette | undefined {
  const red = readLookupTable(data, '00281101', '00281201', isSigned, bulk, '00281221');
  const green = readLookupTable(data, '00281102', '00281202', isSigned, bulk, '00281222');
  const blue = readLookupTable(data, '00281103', '00281203', isSigned, bulk, '00281223');
  return red && green && blue && { red, green, blue };
}

function readVoiFunction(data: DicomJson): VoiFunction {
  const said = text(data, '00281056');
  return said === 'SIGMOID' || said === 'LINEAR_EXACT' ? said : 'LINEAR';
}

function readVoiWindows(data: DicomJson) {
  const centers = numbers(data, '00281050');
  const widths = numbers(data, '00281051');
  const names = texts(data, '00281055');
  return centers.flatMap((center, index) => {
    const width = widths[index];
    if (width === undefined || width <= 0) return [];
    const explanation = names[index];
    return [explanation === undefined ? { center, width } : { center, width, explanation }];
  });
}

/** Reads one frame; `whole` is the instance's data set as the metadata answer gave it. */
export function readImageFacts(whole: DicomJson, frame: number, frameCount: number, bulk: BulkBytes): ImageFacts {
  const data = frameAttributes(whole, frame);
  const modality = text(data, '00080060') ?? 'OT';
  const photometricInterpretation = text(data, '00280004') ?? 'MONOCHROME2';
  const isSigned = number(data, '00280103') === 1;
  const directions = numbers(data, '00200037');
  const row = asVector(directions);
  const column = asVector(directions, 3);
  const position = asVector(numbers(data, '00200032'));
  const modalityLutItem = items(data, '00283000')[0];
  const voiLutItem = items(data, '00283010')[0];
  const modalityLut = modalityLutItem && readLookupTable(modalityLutItem, '00283002', '00283006', isSigned, bulk);
  const palette = photometricInterpretation === 'PALETTE COLOR' ? readPalette(data, isSigned, bulk) : undefined;
  const [right, bottom] = texts(data, '00200020');
  const seriesInstanceUid = text(data, '0020000E') ?? '';
  const sopInstanceUid = text(data, '00080018') ?? '';
  const viewItem = items(data, '00540220')[0];
  const suv = modality === 'PT' && !modalityLutItem ? readSuv(data) : undefined;
  const uptake = suv?.kind === 'factor' ? suv.factor : 1;
  const windows = readVoiWindows(data);
  const voiFunction = readVoiFunction(data);
  return {
    imageId: imageIdOf(seriesInstanceUid, sopInstanceUid, frame),
    studyInstanceUid: text(data, '0020000D') ?? '',
    seriesInstanceUid,
    sopInstanceUid,
    sopClassUid: text(data, '00080016') ?? '',
    frame,
    frameCount,
    instanceNumber: number(data, '00200013'),
    modality,
    rows: number(data, '00280010') ?? 0,
    columns: number(data, '00280011') ?? 0,
    isColour: !photometricInterpretation.startsWith('MONOCHROME'),
    photometricInterpretation,
    bitsStored: number(data, '00280101') ?? 8,
    isSigned,
    position,
    orientation: row && column ? { row, column } : undefined,
    frameOfReferenceUid: text(data, '00200052'),
    spacing: readSpacing(data, modality),
    regions: readRegions(data),
    sliceThicknessMm: number(data, '00180050'),
    sliceLocationMm: position && row && column ? alongNormal(position, row, column) : number(data, '00201041'),
    rescale: modalityLut
      ? { slope: 1, intercept: 0 }
      : { slope: (number(data, '00281053') || 1) * uptake, intercept: (number(data, '00281052') ?? 0) * uptake },
    unit: modalityLut
      ? text(modalityLutItem!, '00283004')
      : suv?.kind === 'factor'
        ? SUV_UNIT
        : readUnit(data, modality),
    suv,
    modalityLut,
    voiWindows: suv?.kind === 'factor' ? windows.map((window) => windowInSuv(window, voiFunction, uptake)) : windows,
    voiFunction: suv?.kind === 'factor' && voiFunction === 'LINEAR' ? 'LINEAR_EXACT' : voiFunction,
    voiLut: voiLutItem && readLookupTable(voiLutItem, '00283002', '00283006', isSigned, bulk),
    palette,
    paddingValue: number(data, '00280120'),
    lossy: text(data, '00282110') === '01' ? { ratio: numbers(data, '00282112').at(-1) } : undefined,
    laterality: text(data, '00200062') ?? text(data, '00200060') ?? text(data, '00209072'),
    viewPosition: text(data, '00185101') ?? (viewItem && text(viewItem, '00080104')),
    patientOrientation: right !== undefined && bottom !== undefined && right !== '' ? [right, bottom] : undefined,
    frameTimeMs: frameTime(data),
    phase: readPhase(data),
    problem:
      photometricInterpretation === 'PALETTE COLOR' && !palette
        ? 'The colour palette of this image is missing, so its colours cannot be shown.'
        : modalityLutItem && !modalityLut
          ? 'The modality table of this image is missing, so its values cannot be shown.'
          : undefined,
  };
}

/** DA, TM and DT end in the time of day (PS3.5 6.2). */
function timeOfDayMs(said: string | undefined): number | undefined {
  const found = /^(?:\d{8})?(\d{2})(\d{2})(\d{2}(?:\.\d{1,6})?)/.exec(said ?? '');
  return found ? Math.round((Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3])) * 1000) : undefined;
}

const readPhase = (data: DicomJson): PhaseMarks => ({
  temporalPosition: number(data, '00200100') ?? number(data, '00209128'),
  resolutionMs: number(data, '00200110'),
  bValue: number(data, '00189087'),
  triggerMs: number(data, '00181060') ?? number(data, '00209153'),
  acquisition: number(data, '00200012'),
  acquiredMs: timeOfDayMs(text(data, '00189074') ?? text(data, '0008002A') ?? text(data, '00080032')),
});

/** C.7.6.5: frame time, else the display rate a maker recommended, else the rate it was taken at. */
function frameTime(data: DicomJson): number | undefined {
  const stated = number(data, '00181063') ?? numbers(data, '00181065')[1];
  if (stated !== undefined && stated > 0) return stated;
  const perSecond = number(data, '00082144') ?? number(data, '00180040');
  return perSecond !== undefined && perSecond > 0 ? 1000 / perSecond : undefined;
}

export const cross = (a: Vector3, b: Vector3): Vector3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const dot = (a: Vector3, b: Vector3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Signed distance of the slice from the origin along its normal, in millimetres. */
export const alongNormal = (position: Vector3, row: Vector3, column: Vector3): number =>
  dot(position, cross(row, column));
