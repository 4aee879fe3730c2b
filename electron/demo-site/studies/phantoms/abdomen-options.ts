/** HU of organs that take up contrast. */
export interface AbdomenPalette {
  readonly liver: number;
  readonly spleen: number;
  readonly cortex: number;
  readonly medulla: number;
  readonly artery: number;
  readonly vein: number;
  readonly pancreas: number;
  readonly bowelWall: number;
  readonly muscle: number;
}

export const PORTAL_PHASE: AbdomenPalette = {
  liver: 112,
  spleen: 122,
  cortex: 195,
  medulla: 150,
  artery: 158,
  vein: 165,
  pancreas: 102,
  bowelWall: 88,
  muscle: 62,
};
export const UNENHANCED: AbdomenPalette = {
  liver: 58,
  spleen: 48,
  cortex: 33,
  medulla: 30,
  artery: 41,
  vein: 39,
  pancreas: 40,
  bowelWall: 38,
  muscle: 53,
};

export type AbdomenFinding = 'appendicitis' | 'left-ureteral-stone' | 'left-renal-stone';

export interface AbdomenOptions {
  readonly seed: number;
  readonly palette: AbdomenPalette;
  readonly findings: readonly AbdomenFinding[];
}

export const APPENDICOLITH = { x: -66, y: 17, z: -154 } as const;
export const URETERAL_STONE = { x: 49, y: 22, z: -75 } as const;
export const RENAL_STONE = { x: 66, y: 42, z: -30 } as const;
