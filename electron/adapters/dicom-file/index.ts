export type { DataSet, Element } from './data-set.ts';
export { toDicomJson, type JsonOptions } from './dicom-json.ts';
export { firstNumber, firstText } from './element-values.ts';
export { describeFrames, frameCount, readFrame, type FrameOptions } from './frames.ts';
export type { DicomProblem, DicomProblemCode } from './problem.ts';
export { readDicom, type DicomFile, type ReadOptions } from './read-dicom.ts';
