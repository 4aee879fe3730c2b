import type { Suv } from './suv.ts';
import type { LookupTable } from './lookup-table.ts';

export type Vector3 = readonly [number, number, number];

/** How a distance on the image may be stated. */
export type PixelSpacing =
  /** Millimetres in the patient. */
  | { readonly kind: 'patient'; readonly rowMm: number; readonly columnMm: number }
  /** Millimetres at the detector: anatomy is magnified by an unknown factor (PS3.3 10.7.1.3). */
  | { readonly kind: 'detector'; readonly rowMm: number; readonly columnMm: number }
  /** Millimetres by a line whose length the reader stated on this image. */
  | { readonly kind: 'reader'; readonly rowMm: number; readonly columnMm: number }
  /** Nothing known but the shape of a pixel; 1 and 1 when square. */
  | { readonly kind: 'unknown'; readonly rowMm: number; readonly columnMm: number };

/** A part of an ultrasound image with its own scale (PS3.3 C.8.5.5); bounds in image pixels, both included. */
export interface UltrasoundRegion {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Where regions overlap, one in front holds the pixels. */
  readonly isInFront: boolean;
  /** Absent where the axes are no distances, as in a Doppler spectrum. */
  readonly rowMm?: number;
  readonly columnMm?: number;
}

export interface VoiWindow {
  /** In modality units: HU for CT. */
  readonly center: number;
  readonly width: number;
  readonly explanation?: string;
}
export type VoiFunction = 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID';

export interface Palette {
  readonly red: LookupTable;
  readonly green: LookupTable;
  readonly blue: LookupTable;
}

/** What may tell several images of one place apart. */
export interface PhaseMarks {
  /** Temporal Position Identifier or Index (PS3.3 C.7.6.2, C.7.6.16.2.2). */
  readonly temporalPosition: number | undefined;
  /** From one to the next. */
  readonly resolutionMs: number | undefined;
  /** Of diffusion; s/mm². */
  readonly bValue: number | undefined;
  /** After the R wave. */
  readonly triggerMs: number | undefined;
  readonly acquisition: number | undefined;
  /** Since midnight. */
  readonly acquiredMs: number | undefined;
}

/** Everything the screen says or needs about one frame, read once from its data set. */
export interface ImageFacts {
  readonly imageId: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  /** 1-based. */
  readonly frame: number;
  readonly frameCount: number;
  readonly instanceNumber: number | undefined;
  readonly modality: string;
  readonly rows: number;
  readonly columns: number;
  readonly isColour: boolean;
  readonly photometricInterpretation: string;
  readonly bitsStored: number;
  readonly isSigned: boolean;
  readonly position: Vector3 | undefined;
  /** Row direction, then column direction. */
  readonly orientation: { readonly row: Vector3; readonly column: Vector3 } | undefined;
  readonly frameOfReferenceUid: string | undefined;
  readonly spacing: PixelSpacing;
  readonly regions: readonly UltrasoundRegion[];
  readonly sliceThicknessMm: number | undefined;
  readonly sliceLocationMm: number | undefined;
  readonly rescale: { readonly slope: number; readonly intercept: number };
  /** `HU`, `SUV`… of the values after the modality LUT; undefined when the file does not say. */
  readonly unit: string | undefined;
  /** Of a PET image: rescale and windows count uptake where it has a factor. */
  readonly suv: Suv | undefined;
  readonly modalityLut: LookupTable | undefined;
  readonly voiWindows: readonly VoiWindow[];
  readonly voiFunction: VoiFunction;
  readonly voiLut: LookupTable | undefined;
  readonly palette: Palette | undefined;
  readonly paddingValue: number | undefined;
  /** Present when the pixels went through lossy compression; ratio when stated. */
  readonly lossy: { readonly ratio: number | undefined } | undefined;
  readonly laterality: string | undefined;
  readonly viewPosition: string | undefined;
  /** Letters towards the image's right edge and bottom edge, when the file states them instead of geometry. */
  readonly patientOrientation: readonly [string, string] | undefined;
  readonly frameTimeMs: number | undefined;
  readonly phase: PhaseMarks;
  /** A table the display depends on could not be had: shown instead of a wrong picture. */
  readonly problem: string | undefined;
}

export const imageIdOf = (seriesInstanceUid: string, sopInstanceUid: string, frame: number): string =>
  `overread:${seriesInstanceUid}/${sopInstanceUid}/${frame}`;
