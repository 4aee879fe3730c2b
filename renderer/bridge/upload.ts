import { CallFailed } from './call.ts';

export type Uploaded = { readonly status: 'kept' } | { readonly status: 'refused'; readonly reason: string };

/** What stops a whole upload: every further file would fare the same. */
const STOPS: ReadonlySet<number> = new Set([401, 423, 507]);

/** One file, as it is, to `PUT /import/{batchId}/{path}`. Refused: this file only. Throws when no file can be taken. */
export async function uploadFile(
  batchId: string,
  path: readonly string[],
  file: Blob,
  signal: AbortSignal,
): Promise<Uploaded> {
  let response: Response;
  try {
    response = await fetch(`/import/${batchId}/${path.map(encodeURIComponent).join('/')}`, {
      method: 'PUT',
      body: file,
      headers: { 'content-type': 'application/octet-stream' },
      signal,
    });
  } catch (cause) {
    if (signal.aborted) throw cause;
    // The browser could not read the file (it went away meanwhile), or the door is gone: the latter shows with the next one.
    if (await isReadable(file)) throw new CallFailed('door-unreachable', 'The workstation does not answer.');
    return { status: 'refused', reason: 'The file could not be read.' };
  }
  if (response.ok) return { status: 'kept' };
  const reason = await reasonOf(response);
  if (STOPS.has(response.status)) throw new CallFailed('internal', reason);
  return { status: 'refused', reason };
}

/** Drops what came of a batch; nobody waits for it. */
export async function discardUpload(batchId: string): Promise<void> {
  await fetch(`/import/${batchId}`, { method: 'DELETE', keepalive: true }).catch(() => undefined);
}

const isReadable = (file: Blob): Promise<boolean> =>
  file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );

async function reasonOf(response: Response): Promise<string> {
  const raw: unknown = await response.json().catch(() => undefined);
  const message = typeof raw === 'object' && raw !== null && 'message' in raw ? raw.message : undefined;
  return typeof message === 'string' ? message : 'The file could not be taken.';
}
