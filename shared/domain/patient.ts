/** DICOM PS3.3 C.2.2.2: M, F, O(ther); `unknown` where a site says nothing or something else. */
export type Sex = 'M' | 'F' | 'O' | 'unknown';
