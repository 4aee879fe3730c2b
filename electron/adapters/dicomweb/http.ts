import { ArchiveError } from '#electron/ports/site-archive.ts';

import { OverpackedAnswer, StalledExchange, type SiteAnswer } from './exchange.ts';
import { HTTP2_MALFORMED } from './http2.ts';

/** Credentials for a site's archive. They stay in the back half. */
export type ArchiveAuth =
  | { readonly basic: { readonly user: string; readonly password: string } }
  | { readonly bearer: string };

export const authorization = (auth: ArchiveAuth | undefined): Record<string, string> => {
  if (auth === undefined) return {};
  if ('bearer' in auth) return { Authorization: `Bearer ${auth.bearer}` };
  const { user, password } = auth.basic;
  return { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
};

/** The code of the system error behind a failed fetch, such as ECONNREFUSED. */
export function networkCode(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (typeof code === 'string') return code;
  }
  return undefined;
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

/** Every failure of an exchange as an `ArchiveError`; those already are pass through. */
export function archiveError(error: unknown, signal: AbortSignal | undefined): ArchiveError {
  if (error instanceof ArchiveError) return error;
  if (signal?.aborted === true || isAbort(error)) return new ArchiveError('cancelled');
  if (error instanceof StalledExchange) return new ArchiveError('stalled');
  // Z_DATA_ERROR and its like: packed, but not in the way it says.
  if (error instanceof OverpackedAnswer || networkCode(error)?.startsWith('Z_') === true)
    return new ArchiveError('bad-answer');
  if (networkCode(error) === HTTP2_MALFORMED || networkCode(error)?.startsWith('HPE_') === true)
    return new ArchiveError('bad-answer');
  return new ArchiveError('unreachable');
}

export function refusedStatus(status: number): ArchiveError {
  if (status === 401 || status === 403) return new ArchiveError('unauthorised', status);
  if (status === 404 || status === 410) return new ArchiveError('not-found', status);
  if (status >= 500 || status === 429 || status === 408) return new ArchiveError('unreachable', status);
  return new ArchiveError('refused', status);
}

/** The whole body, no longer than `maxBytes`. */
export async function readBounded(answer: SiteAnswer, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body) {
    size += chunk.length;
    if (size > maxBytes) throw new ArchiveError('bad-answer', answer.status);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** JSON of a DICOMweb answer, whatever it calls itself; HTML and broken JSON are a bad answer. */
export async function readJson(answer: SiteAnswer, maxBytes: number): Promise<unknown> {
  const type = answer.header('content-type') ?? '';
  if (/html|multipart|octet-stream/i.test(type)) {
    await answer.discard();
    throw new ArchiveError('bad-answer', answer.status);
  }
  const text = (await readBounded(answer, maxBytes))
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim();
  if (text === '') return [];
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ArchiveError('bad-answer', answer.status);
  }
}
