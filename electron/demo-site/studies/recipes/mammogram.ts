import { blur, createGrain } from '../field/filters.ts';
import { seedFrom } from '../field/random.ts';
import { paintBreast } from '../phantoms/breast.ts';
import type { SeriesPlan, StudyPlan } from '../study-plan.ts';
import { SOP_CLASS } from './sop-classes.ts';

export interface MammogramOptions {
  readonly patientSeed: number;
  readonly seed: number;
  /** A spiculated mass in the left breast. */
  readonly massRadiusMm?: number;
  readonly coding: 'jpeg-ls' | 'jpeg-2000';
}

const COLUMNS = 1120;
const ROWS = 1920;
const SPACING_MM = 0.1;

const VIEWS = [
  { side: 'R', view: 'CC', code: 'R-10242', meaning: 'cranio-caudal', angle: 0 },
  { side: 'L', view: 'CC', code: 'R-10242', meaning: 'cranio-caudal', angle: 0 },
  { side: 'R', view: 'MLO', code: 'R-10226', meaning: 'medio-lateral oblique', angle: -45 },
  { side: 'L', view: 'MLO', code: 'R-10226', meaning: 'medio-lateral oblique', angle: 45 },
] as const;

/** Four standard views, one series each as many machines send them (PS3.3 A.27). */
export function planMammogram(options: MammogramOptions): StudyPlan {
  return VIEWS.map(({ side, view, code, meaning, angle }, index): SeriesPlan => ({
    number: index + 1,
    description: `${side} ${view}`,
    modality: 'MG',
    sopClassUid: SOP_CLASS.mgForPresentation,
    coding: options.coding,
    count: 1,
    attributes: {
      ImageType: ['ORIGINAL', 'PRIMARY', ''],
      PresentationIntentType: 'FOR PRESENTATION',
      BodyPartExamined: 'BREAST',
      OrganExposed: 'BREAST',
      ImageLaterality: side,
      ViewPosition: view,
      ViewCodeSequence: [
        { CodeValue: code, CodingSchemeDesignator: 'SRT', CodeMeaning: meaning, ViewModifierCodeSequence: [] },
      ],
      AnatomicRegionSequence: [{ CodeValue: 'T-04000', CodingSchemeDesignator: 'SRT', CodeMeaning: 'Breast' }],
      PatientOrientation: side === 'L' ? ['A', view === 'CC' ? 'R' : 'FR'] : ['P', view === 'CC' ? 'L' : 'FL'],
      KVP: 28,
      Exposure: 95,
      ExposureTime: 1100,
      AnodeTargetMaterial: 'TUNGSTEN',
      FilterMaterial: 'RHODIUM',
      FocalSpots: 0.3,
      Grid: ['FOCUSED', 'RECIPROCATING'],
      BodyPartThickness: 52,
      CompressionForce: 98,
      DistanceSourceToDetector: 650,
      DistanceSourceToPatient: 630,
      EstimatedRadiographicMagnificationFactor: 1.03,
      PositionerType: 'MAMMOGRAPHIC',
      PositionerPrimaryAngle: angle,
      DetectorType: 'DIRECT',
      DetectorID: 'FFDM-0091-D',
      ImagerPixelSpacing: [SPACING_MM, SPACING_MM],
      PixelSpacing: [SPACING_MM / 1.03, SPACING_MM / 1.03],
      BreastImplantPresent: 'NO',
      PartialView: 'NO',
      QualityControlImage: 'NO',
      PhotometricInterpretation: 'MONOCHROME2',
      PixelIntensityRelationship: 'LOG',
      PixelIntensityRelationshipSign: 1,
      PresentationLUTShape: 'IDENTITY',
      RescaleIntercept: 0,
      RescaleSlope: 1,
      RescaleType: 'US',
      WindowCenter: 2048,
      WindowWidth: 4096,
      WindowCenterWidthExplanation: 'NORMAL',
      AcquisitionContextSequence: [],
      AcquisitionNumber: index + 1,
    },
    image() {
      const grid = paintBreast({
        seed: options.patientSeed,
        side,
        view,
        columns: COLUMNS,
        rows: ROWS,
        spacingMm: SPACING_MM,
        ...(side === 'L' && options.massRadiusMm !== undefined ? { massRadiusMm: options.massRadiusMm } : {}),
      });
      const { values } = grid;
      blur(values, COLUMNS, ROWS, 1);
      createGrain(seedFrom(options.seed, side, view), 0).add(values, COLUMNS, ROWS, 0.012, 0);
      const stored = new Uint16Array(values.length);
      for (let index = 0; index < values.length; index += 1) {
        const value = values[index]!;
        const t = (value - 1.1) / 3.1;
        // Outside the breast nothing but the detector; inside, a rim that the processing lifts.
        const level = value < 0.12 ? 20 + 300 * Math.max(0, value) : 500 + 3300 / (1 + Math.exp(-5 * (t - 0.55)));
        stored[index] = Math.min(4095, Math.max(0, Math.round(level)));
      }
      return {
        attributes: {},
        frames: [
          {
            columns: COLUMNS,
            rows: ROWS,
            bitsAllocated: 16,
            bitsStored: 12,
            signed: false,
            samplesPerPixel: 1,
            bytes: new Uint8Array(stored.buffer),
          },
        ],
      };
    },
  }));
}
