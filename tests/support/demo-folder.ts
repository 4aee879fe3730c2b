import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { createImageEncoders } from '#electron/adapters/dicom-encode/create-image-encoders.ts';
import { demoCatalogue, writeStudy, type DemoStudy } from '#electron/demo-site/studies/index.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';

const SEED = 7;
const NIGHT = Date.UTC(2026, 10, 21, 2) as EpochMs;

/** Writes some of the demo's studies into a folder, as a disc would bring them. */
export async function writeDemoFolder(folder: string, keys: readonly string[]): Promise<readonly DemoStudy[]> {
  const encoders = createImageEncoders();
  const studies = demoCatalogue(SEED, NIGHT).filter(({ key }) => keys.includes(key));
  const write = async (path: string, bytes: Uint8Array) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  };
  for (const study of studies) {
    await writeStudy(study, SEED, encoders, { exists: async () => false, write, writeAtomically: write });
  }
  return studies;
}
