/**
 * What can be said of one part of the body. Everything in the words of speech (small letters, American spelling, no
 * punctuation), in JSGF's notation, where `nodule/s` stands for `(nodule | nodules)` and `mass/es` likewise; sentences,
 * impressions and normals are written as they shall stand, in American spelling.
 */
export interface PhraseStock {
  /** Words of a template's body parts that call for this stock. */
  readonly bodyParts: readonly string[];
  /** What may be found, or denied. */
  readonly findings: readonly string[];
  /** What may be called normal. */
  readonly structures: readonly string[];
  /** Where something may lie; also said before the finding (`right upper lobe nodule`). */
  readonly places: readonly string[];
  readonly sentences: readonly string[];
  readonly impressions: readonly string[];
  /** What `normal …` writes: the organ as said, and its sentence. */
  readonly normals: readonly (readonly [organ: string, sentence: string])[];
  readonly reasons: readonly string[];
}
