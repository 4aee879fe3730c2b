import type { ImageEncoders } from '#electron/ports/image-encoders.ts';
import type { DemoStudy } from './demo-study.ts';
import { generateStudy } from './generate-study.ts';

/** Where a study's files go. `path` is relative, with `/`; `writeAtomically` shows a file whole or not at all. */
export interface StudyFolder {
  exists(path: string): Promise<boolean>;
  write(path: string, bytes: Uint8Array): Promise<void>;
  writeAtomically(path: string, bytes: Uint8Array): Promise<void>;
}

/** Raise it when the pictures change: folders made by an older version are made anew. */
const PICTURES_VERSION = 1;

/** The marker stands for one study, seed, day and version; without it a folder is unfinished. */
const markerOf = (study: DemoStudy, seed: number): string =>
  `${study.key}/complete-v${PICTURES_VERSION}-${seed}-${study.studyDateTime}`;

/**
 * Writes a study's files below `<key>/` unless they are all there. Plain arguments and no state: runs as well in a worker thread.
 * The marker is written last.
 */
export async function writeStudy(
  study: DemoStudy,
  seed: number,
  encoders: ImageEncoders,
  folder: StudyFolder,
): Promise<'written' | 'already-there'> {
  const marker = markerOf(study, seed);
  if (await folder.exists(marker)) return 'already-there';
  for await (const file of generateStudy(study, seed, encoders)) {
    await folder.write(`${study.key}/${file.fileName}`, file.part10);
  }
  await folder.writeAtomically(marker, new TextEncoder().encode(`${study.imageCount}\n`));
  return 'written';
}
