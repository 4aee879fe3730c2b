export { createDicomwebFace } from './create-dicomweb-face.ts';
export { createFolderArchive, type FolderArchive } from './create-folder-archive.ts';
