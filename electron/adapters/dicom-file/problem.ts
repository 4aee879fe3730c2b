/** Why a file, or one frame of it, cannot be used. The codes are closed and safe to log; `reason` is for people. */
type DicomProblemCode =
  | 'not-dicom'
  | 'damaged-header'
  | 'cut-off'
  | 'too-large'
  | 'no-pixel-data'
  | 'no-such-frame'
  | 'damaged-pixel-data'
  | 'unsupported';

export interface DicomProblem {
  readonly code: DicomProblemCode;
  readonly reason: string;
}
