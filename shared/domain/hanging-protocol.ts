/** The plane a slice lies in, by the axis of the patient its normal is nearest to. */
export type SlicePlane = 'axial' | 'coronal' | 'sagittal';

/** What becomes of the voxels before and behind the plane. */
export const SLAB_KINDS = ['mip', 'minip', 'average'] as const;
export type SlabKind = (typeof SLAB_KINDS)[number];
/** 0 mm is the plane itself. */
export interface Slab {
  readonly kind: SlabKind;
  readonly thicknessMm: number;
}

/** How planes are seen first. */
export interface PlanesLook {
  readonly slab?: Slab;
  /** PET, or MR of the same frame of reference, laid over them. */
  readonly isFused?: boolean;
  /** The one plane that has all the room; absent: all three. */
  readonly enlarged?: SlicePlane;
}

/**
 * A pattern of words: `t2*`, `dark fluid`, `頭部`. Case, accents and signs between words do not count; `*` stands for any run
 * of letters and digits; a pattern answers to whole words only, but in scripts without spaces to any part.
 */
export type WordPattern = string;

/** What a series must be to stand in a place; what is absent asks for nothing. */
export interface SeriesWish {
  readonly modalities?: readonly string[];
  /** One of these in description, kernel or sequence name. */
  readonly says?: readonly WordPattern[];
  readonly saysNot?: readonly WordPattern[];
  readonly plane?: SlicePlane;
  readonly contrast?: boolean;
  readonly thicknessFromMm?: number;
  readonly thicknessToMm?: number;
  /** Projections: the words with which View Position or the view's code meaning begins (PS3.3 C.8.1.1, CID 4014). */
  readonly views?: readonly string[];
  readonly laterality?: 'R' | 'L';
}

/** A window in the unit of the image; left alone where the image counts another unit. */
export interface PlaceWindow {
  readonly center: number;
  readonly width: number;
  readonly unit: string;
}

/** One pane of a hanging and what belongs into it. */
export interface HangingPlace {
  /** As said when it stays empty: `T2 axial`. */
  readonly label: string;
  readonly role: 'current' | 'prior';
  /** First every place's first wish is filled, then the second. Empty for a prior that is `like` another place. */
  readonly wishes: readonly SeriesWish[];
  /** 0-based: a prior that is chosen to stand beside what this place holds. */
  readonly like?: number;
  /** The hanging is not offered, or the stage left out, when this place finds nothing. */
  readonly isNeeded?: boolean;
  /** May show what another place of the stage shows already, in its own window. */
  readonly isRepeat?: boolean;
  readonly window?: PlaceWindow;
  readonly isInverted?: boolean;
  /** Towards which edge the image is pushed: the two chest walls of a mammogram meet. */
  readonly push?: 'left' | 'right';
}

/** One look at the study; a reader steps from stage to stage (PS3.3 C.23.3, presentation groups). */
export interface HangingStage {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly places: readonly HangingPlace[];
  /** All images of the stage with the same millimetres a pixel. */
  readonly isSameScale?: boolean;
  /** Its stacks scroll together. */
  readonly isLinked?: boolean;
  /** Planes through the series of its first place; left out where that is no volume. */
  readonly isPlanes?: boolean;
  /** Of planes; absent: as planes begin. */
  readonly planesLook?: PlanesLook;
  /** The grid shrinks to as many panes as there is something to show. */
  readonly isGrid?: boolean;
}

/** What a study must be for a hanging to fit it. */
export interface StudyWish {
  /** One of these; absent: any. */
  readonly modalities?: readonly string[];
  /** Each of these as well. */
  readonly withModalities?: readonly string[];
  /** Each line must be answered, by any of its patterns: in study description, body part, protocol or series descriptions. */
  readonly about?: readonly (readonly WordPattern[])[];
  readonly notAbout?: readonly WordPattern[];
  readonly laterality?: 'R' | 'L';
  /** Each of these views is there. */
  readonly views?: readonly string[];
  /** Some series answers each of these. */
  readonly series?: readonly SeriesWish[];
  /** Added to its score: a special exam stands before the general one of the same region. */
  readonly rank?: number;
  readonly priorsFrom?: number;
  readonly priorsTo?: number;
}

/** How studies of one kind are first shown, as data (compare PS3.3 C.23.1, Hanging Protocol Definition). */
export interface HangingProtocol {
  readonly id: string;
  readonly name: string;
  /** It fits when one of these does. */
  readonly fits: readonly StudyWish[];
  readonly stages: readonly HangingStage[];
}

export const MOST_OWN_HANGINGS = 50;
export const LONGEST_HANGING_NAME = 60;
/** Millimetres. */
export const THICKEST_SLAB_MM = 50;
export const MOST_ROWS = 3;
export const MOST_COLUMNS = 4;
