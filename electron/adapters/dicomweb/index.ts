export { createDicomwebArchive } from './create-dicomweb-archive.ts';
