export { toDicomJson, type JsonOptions } from './dicom-json.ts';
export { firstText } from './element-values.ts';
export { describeFrames, frameCount, readFrame } from './frames.ts';
export type { DicomProblem } from './problem.ts';
export { readDicom, type DicomFile } from './read-dicom.ts';
