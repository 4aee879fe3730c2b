import { readDicom } from '#electron/adapters/dicom-file/index.ts';
import { toDicomJson } from '#electron/adapters/dicom-file/dicom-json.ts';
import { ArchiveError } from '#electron/ports/site-archive.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { textOf } from '#shared/dicom/study-summary.ts';
import { Tag } from '#shared/dicom/tags.ts';

import type { Abilities } from './abilities.ts';

/** Without such an endpoint an archive answers one of these, 404 also for a study it does not have. A 500 may pass. */
const NOT_OFFERED = new Set([400, 404, 405, 406, 415, 501]);

const isNotOffered = (error: unknown): boolean =>
  error instanceof ArchiveError && error.status !== undefined && NOT_OFFERED.has(error.status);

/**
 * Metadata of all instances of a study: WADO-RS (PS3.18 10.4.1.1.2), else what QIDO-RS tells of the instances, else their own
 * headers. What an archive offers is learned only from one that does have the study.
 */
export async function retrieveMetadata(
  path: string,
  ports: {
    readonly getJson: (path: string) => Promise<DicomJson[]>;
    readonly instances: (path: string) => AsyncIterable<Uint8Array>;
    readonly abilities: Abilities;
  },
): Promise<DicomJson[]> {
  const { getJson, instances, abilities } = ports;
  const sources = {
    wado: () => getJson(`${path}/metadata`),
    async qido() {
      const found = await getJson(`${path}/instances?includefield=all`);
      if (found.length === 0) throw new ArchiveError('not-found', 404);
      if (found.some((instance) => textOf(instance[Tag.SOPInstanceUID]) === undefined))
        throw new ArchiveError('bad-answer', 400);
      return found;
    },
    async headers() {
      const found: DicomJson[] = [];
      for await (const part10 of instances(path)) {
        const read = readDicom(part10, { headerOnly: true });
        if (read.ok) found.push(toDicomJson(read.value));
      }
      return found;
    },
  } as const;
  const order = ['wado', 'qido', 'headers'] as const;
  let failure: unknown;
  for (const source of order.slice(order.indexOf(abilities.now().metadata))) {
    try {
      const metadata = await sources[source]();
      abilities.learn({ metadata: source });
      return metadata;
    } catch (error) {
      failure ??= error;
      if (!isNotOffered(error)) throw error;
    }
  }
  throw failure;
}
