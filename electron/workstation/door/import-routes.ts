import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

import type { DropRefusal, DroppedFolders } from '#electron/workstation/ports.ts';

const REFUSALS: Readonly<
  Record<DropRefusal, { readonly status: ContentfulStatusCode; readonly code: string; readonly message: string }>
> = {
  'bad-name': { status: 400, code: 'invalid-request', message: 'This file has a name that cannot be kept here.' },
  'too-large': { status: 413, code: 'invalid-request', message: 'This file is larger than 2 GiB.' },
  'broken-off': { status: 400, code: 'invalid-request', message: 'This file did not arrive whole.' },
  'no-space': { status: 507, code: 'internal', message: 'The disk is full.' },
  failed: { status: 500, code: 'internal', message: 'This file could not be written.' },
};

const BATCH = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `PUT /import/{batchId}/{path}`: one file of a dropped folder, as it is. `DELETE /import/{batchId}`: never mind. */
export function createImportRoutes({
  dropped,
  touch,
}: {
  readonly dropped: DroppedFolders;
  readonly touch: () => void;
}): Hono {
  const routes = new Hono();
  routes.put('/:batch/*', async (context) => {
    touch();
    const request = context.req.raw;
    const place = placeOf(new URL(request.url).pathname);
    if (place === undefined || request.body === null) {
      // An empty file has no body and can hold no image, but it is a file: the import says what it is.
      const isEmptyFile = place !== undefined && request.body === null;
      return isEmptyFile ? answer(await dropped.keep(place.batchId, place.path, emptyBody(), 0)) : answer('bad-name');
    }
    const length = request.headers.get('content-length');
    const sizeBytes = length === null || !/^\d+$/.test(length) ? undefined : Number(length);
    return answer(await dropped.keep(place.batchId, place.path, request.body, sizeBytes));
  });
  routes.delete('/:batch', async (context) => {
    const batchId = context.req.param('batch');
    if (!BATCH.test(batchId)) return answer('bad-name');
    await dropped.discard(batchId);
    return Response.json({ status: 'discarded' });
  });
  return routes;
}

const emptyBody = () => new ReadableStream<Uint8Array>({ start: (controller) => controller.close() });

function answer(outcome: 'kept' | DropRefusal): Response {
  if (outcome === 'kept') return Response.json({ status: 'kept' }, { status: 201 });
  const { status, code, message } = REFUSALS[outcome];
  return Response.json({ code, message }, { status, headers: { 'Cache-Control': 'no-store' } });
}

/** Each part is decoded by itself: an encoded slash stays inside its part, where it is refused as a name. */
function placeOf(pathname: string): { readonly batchId: string; readonly path: readonly string[] } | undefined {
  const [empty, root, batchId, ...parts] = pathname.split('/');
  if (empty !== '' || root !== 'import' || batchId === undefined || !BATCH.test(batchId)) return undefined;
  try {
    return { batchId, path: parts.map((part) => decodeURIComponent(part)) };
  } catch {
    return undefined;
  }
}
