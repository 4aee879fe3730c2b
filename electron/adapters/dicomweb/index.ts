export { createDicomwebArchive, type DicomwebOptions } from './create-dicomweb-archive.ts';
