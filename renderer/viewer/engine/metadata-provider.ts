import { metaData } from '@cornerstonejs/core';
import type { ImageFacts } from '../model/image-facts.ts';
import { cross } from '../model/read-image-facts.ts';

const FLAT = { row: [1, 0, 0], column: [0, 1, 0] } as const;

/** Inversion and colour are our own business (`greyNodes`, `toDisplayImage`): cornerstone is told the plain kind. */
function moduleOf(type: string, facts: ImageFacts): unknown {
  const { spacing, orientation, position } = facts;
  switch (type) {
    case 'imagePlaneModule': {
      const { row, column } = orientation ?? FLAT;
      return {
        frameOfReferenceUID: facts.frameOfReferenceUid,
        rows: facts.rows,
        columns: facts.columns,
        rowCosines: [...row],
        columnCosines: [...column],
        imageOrientationPatient: [...row, ...column],
        imagePositionPatient: [...(position ?? [0, 0, 0])],
        scanAxisNormal: [...cross(row, column)],
        sliceThickness: facts.sliceThicknessMm,
        sliceLocation: facts.sliceLocationMm,
        pixelSpacing: [spacing.rowMm, spacing.columnMm],
        rowPixelSpacing: spacing.rowMm,
        columnPixelSpacing: spacing.columnMm,
        // Lengths are then given in pixels.
        usingDefaultValues: spacing.kind === 'unknown',
      };
    }
    case 'imagePixelModule':
      return {
        rows: facts.rows,
        columns: facts.columns,
        samplesPerPixel: facts.isColour ? 3 : 1,
        bitsAllocated: facts.isColour || facts.bitsStored <= 8 ? 8 : 16,
        bitsStored: facts.bitsStored,
        highBit: facts.bitsStored - 1,
        pixelRepresentation: facts.isSigned ? 1 : 0,
        photometricInterpretation: facts.isColour ? 'RGB' : 'MONOCHROME2',
      };
    case 'generalSeriesModule':
      return {
        modality: facts.modality,
        seriesInstanceUID: facts.seriesInstanceUid,
        studyInstanceUID: facts.studyInstanceUid,
      };
    case 'sopCommonModule':
      return { sopInstanceUID: facts.sopInstanceUid, sopClassUID: facts.sopClassUid };
    case 'modalityLutModule':
      return { rescaleSlope: facts.rescale.slope, rescaleIntercept: facts.rescale.intercept };
    default:
      return undefined;
  }
}

/** Answers cornerstone's questions about our images; the returned function takes the provider away again. */
export function provideMetadata(factsOf: (imageId: string) => ImageFacts | undefined): () => void {
  const provider = (type: string, query: unknown): unknown => {
    const facts = typeof query === 'string' ? factsOf(query) : undefined;
    return facts && moduleOf(type, facts);
  };
  metaData.addProvider(provider, 100);
  return () => metaData.removeProvider(provider);
}
