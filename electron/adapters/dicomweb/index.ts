export { createDicomwebArchive, type DicomwebOptions } from './create-dicomweb-archive.ts';
export type { ArchiveAuth } from './http.ts';
