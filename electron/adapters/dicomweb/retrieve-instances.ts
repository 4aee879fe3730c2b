import { ArchiveError, type ArchiveAbilities, type RetrieveBounds } from '#electron/ports/site-archive.ts';

import type { Abilities } from './abilities.ts';
import type { SiteAnswer } from './exchange.ts';
import { archiveError, readBounded } from './http.ts';
import { boundaryOf, MalformedMultipart, readMultipart } from './multipart-reader.ts';

const JPEG_LS_LOSSLESS = '1.2.840.10008.1.2.4.80';
/** Instances as stored: without the wildcard an archive would transcode to explicit little endian (PS3.18 8.7.3.5). */
const ACCEPT: Readonly<Record<ArchiveAbilities['accept'], string>> = {
  'as-stored': 'multipart/related; type="application/dicom"; transfer-syntax=*',
  'any-syntax': 'multipart/related; type="application/dicom"',
  'single-part': 'application/dicom',
};
const PACKED = `multipart/related; type="application/dicom"; transfer-syntax=${JPEG_LS_LOSSLESS}`;
/** Tried in this order when an archive does not understand what it is asked. */
const FORMS = ['as-stored', 'any-syntax', 'single-part'] as const;
/** 400 too: some answer it to a media type they do not know (PS3.18 10.4.3 wants 406). */
const NOT_UNDERSTOOD = new Set([400, 406, 415]);
const MAX_INSTANCE_BYTES = 1024 * 1024 * 1024;

const isDicom = (bytes: Uint8Array): boolean =>
  bytes.length > 132 && String.fromCharCode(...bytes.subarray(128, 132)) === 'DICM';

function checked(bytes: Uint8Array): Uint8Array {
  if (!isDicom(bytes)) throw new ArchiveError('bad-answer');
  return bytes;
}

/** Asks in the form the archive is known to understand, else in each there is; what worked is remembered. */
export function createInstanceRetrieve(
  get: (path: string, accept: string, signal: AbortSignal | undefined) => Promise<SiteAnswer>,
  abilities: Abilities,
) {
  async function ask(path: string, isPacked: boolean, signal: AbortSignal | undefined): Promise<SiteAnswer> {
    if (isPacked && abilities.now().packsLossless !== false) {
      try {
        const answer = await get(path, PACKED, signal);
        abilities.learn({ packsLossless: true });
        return answer;
      } catch (error) {
        // Away or not allowed is something else than unable to transcode, which shows as 4xx or 500.
        if (!(error instanceof ArchiveError) || error.status === undefined || error.code === 'unauthorised')
          throw error;
        if (error.status === 404 || error.status === 503) throw error;
        abilities.learn({ packsLossless: false });
      }
    }
    const known = abilities.now().accept;
    for (const form of [known, ...FORMS.filter((each) => each !== known)]) {
      try {
        const answer = await get(path, ACCEPT[form], signal);
        abilities.learn({ accept: form });
        return answer;
      } catch (error) {
        if (!(error instanceof ArchiveError) || !NOT_UNDERSTOOD.has(error.status ?? 0)) throw error;
      }
    }
    throw new ArchiveError('refused', 406);
  }

  /** Instances of an answer: parts of a multipart, or the one body of an archive that answers a single part. */
  return async function* instances(
    path: string,
    signal: AbortSignal | undefined,
    bounds: RetrieveBounds = {},
  ): AsyncGenerator<Uint8Array> {
    const maxPartBytes = Math.min(bounds.maxBytes ?? MAX_INSTANCE_BYTES, MAX_INSTANCE_BYTES);
    try {
      const answer = await ask(path, bounds.isPacked === true, signal);
      const type = answer.header('content-type') ?? '';
      if (/^application\/dicom\b(?!\+)/i.test(type)) {
        yield checked(await readBounded(answer, maxPartBytes));
        return;
      }
      if (!/^multipart\//i.test(type)) {
        await answer.discard();
        throw new ArchiveError('bad-answer', answer.status);
      }
      const { onBeginning } = bounds;
      const limits = { maxPartBytes, ...(onBeginning === undefined ? {} : { onBeginning }) };
      for await (const { body } of readMultipart(answer.body, boundaryOf(type), limits)) yield checked(body);
    } catch (error) {
      if (error instanceof MalformedMultipart) throw new ArchiveError('bad-answer');
      throw archiveError(error, signal);
    }
  };
}
