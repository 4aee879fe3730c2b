export { createDicomwebFace, type DicomwebFaceOptions } from './create-dicomweb-face.ts';
export {
  createFolderArchive,
  type FolderArchive,
  type FolderArchiveOptions,
  type FolderProblem,
  type ScanReport,
} from './create-folder-archive.ts';
export type { IndexedInstance } from './instance-index.ts';
