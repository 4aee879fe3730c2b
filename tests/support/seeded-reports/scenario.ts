import type { Sex } from '#shared/domain/patient.ts';

/** Alternatives of one sentence; `{side}`, `{other}`, `{size}` are filled in by the draw. */
export type Wordings = readonly string[];

/** Something found: how the findings say it, how the impression does, and how an impression denies it. */
export interface Abnormality {
  readonly found: Wordings;
  readonly concluded: Wordings;
  readonly denied: Wordings;
  /** Smallest and largest size in mm; absent where it is not measured. */
  readonly sizeMm?: readonly [number, number];
}

/** The same density, signal or place named oppositely: what a recogniser hears for what was said. */
export interface MisheardPair {
  readonly found: string;
  readonly concluded: string;
  readonly misheard: string;
}

/** One kind of exam with what is written about it. */
export interface Scenario {
  readonly id: string;
  readonly exams: Wordings;
  readonly modality: string;
  readonly bodyPart: string;
  readonly isSided?: boolean;
  readonly contrast?: boolean;
  readonly sex?: Sex;
  readonly indications: Wordings;
  readonly techniques: Wordings;
  /** A technique that cannot be true of these images. */
  readonly foreignTechniques: Wordings;
  /** Each an independent normal statement. */
  readonly normals: readonly Wordings[];
  readonly normalImpressions: Wordings;
  readonly abnormal: readonly Abnormality[];
  /** A statement that denies, and the same with its negation lost. */
  readonly slips: readonly { readonly denied: string; readonly lost: string; readonly again: string }[];
  readonly misheard: readonly MisheardPair[];
  /** An operation in the history with the normal that is then untrue, and the true one. */
  readonly removed?: {
    readonly organ: string;
    readonly history: Wordings;
    readonly untrue: Wordings;
    readonly fits: string;
  };
}
