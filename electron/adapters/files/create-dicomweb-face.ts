import { timingSafeEqual, createHash } from 'node:crypto';

import { describeFrames, readDicom, readFrame } from '#electron/adapters/dicom-file/index.ts';
import { boundaryOf, MalformedMultipart, readMultipart } from '#electron/adapters/dicomweb/multipart-reader.ts';
import { ArchiveError } from '#electron/ports/site-archive.ts';
import type { DicomJson, DicomJsonElement } from '#shared/dicom/dicom-json.ts';
import { Tag } from '#shared/dicom/tags.ts';
import { EXPLICIT_LITTLE_ENDIAN, isEncapsulated, transferSyntax } from '#shared/dicom/transfer-syntaxes.ts';

import type { FolderArchive } from './create-folder-archive.ts';
import { parseDicomwebPath, type DicomwebPath } from './dicomweb-path.ts';
import type { IndexedInstance } from './instance-index.ts';
import { multipartResponse, type OutgoingPart } from './multipart-writer.ts';
import { parseSearch } from './query-keys.ts';
import { instanceAttributes, matchesAll, seriesAttributes, studyAttributes } from './search.ts';
import { storeAnswer, type StoredInstance } from './store-answer.ts';

export interface DicomwebFaceOptions {
  readonly archive: FolderArchive;
  /** Path the service stands under, e.g. `/dicom-web`; nothing by default. */
  readonly basePath?: string;
  readonly basicAuth?: { readonly user: string; readonly password: string };
  /** Largest object taken by STOW-RS. */
  readonly maxStoreBytes?: number;
}

const DICOM_JSON = 'application/dicom+json';
const MAX_STORE_BYTES = 512 * 1024 * 1024;

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': DICOM_JSON } });
const refuse = (status: number, message: string, headers: Record<string, string> = {}): Response =>
  new Response(`${message}\n`, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers } });

/** Media types by coding for WADO-RS frames (PS3.18 table 8.7.3-5). */
const frameMediaTypes: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  'jpeg-ls': 'image/jls',
  'jpeg-2000': 'image/jp2',
  htj2k: 'image/jphc',
  'jpeg-xl': 'image/jxl',
  rle: 'image/dicom-rle',
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function isAuthorised(request: Request, auth: DicomwebFaceOptions['basicAuth']): boolean {
  if (auth === undefined) return true;
  const expected = `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString('base64')}`;
  return timingSafeEqual(digest(request.headers.get('authorization') ?? ''), digest(expected));
}

/** Whether an Accept header lets one of the media types through; none sent means anything (RFC 9110 12.5.1). */
function accepts(request: Request, ...types: readonly string[]): boolean {
  const accept = request.headers.get('accept') ?? '*/*';
  return accept.split(',').some((range) => {
    const [media = ''] = range.split(';').map((part) => part.trim().toLowerCase());
    return (
      media === '*/*' ||
      types.some((type) => media === type || (media.endsWith('/*') && type.startsWith(media.slice(0, -1))))
    );
  });
}

/**
 * A folder archive's DICOMweb service (PS3.18 chapter 10): QIDO-RS, WADO-RS metadata, instances as stored, frames, bulk
 * data, and STOW-RS unless the archive is read-only. Answers any `Request` under its base path.
 */
export function createDicomwebFace(options: DicomwebFaceOptions): (request: Request) => Promise<Response> {
  const { archive } = options;
  const basePath = (options.basePath ?? '').replace(/\/+$/, '');

  const urlOf = (request: Request, instance: Partial<IndexedInstance>): string => {
    const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = instance;
    const path = [
      ...(studyInstanceUid === undefined ? [] : ['studies', studyInstanceUid]),
      ...(seriesInstanceUid === undefined ? [] : ['series', seriesInstanceUid]),
      ...(sopInstanceUid === undefined ? [] : ['instances', sopInstanceUid]),
    ];
    return `${new URL(request.url).origin}${basePath}/${path.join('/')}`;
  };

  async function search(request: Request, path: DicomwebPath, level: 'study' | 'series' | 'instance') {
    const { keys, limit, offset } = parseSearch(new URL(request.url).searchParams);
    const instances = await archive.find(path);
    const groups = new Map<string, IndexedInstance[]>();
    for (const instance of instances) {
      const key =
        level === 'study'
          ? instance.studyInstanceUid
          : level === 'series'
            ? instance.seriesInstanceUid
            : instance.sopInstanceUid;
      const group = groups.get(`${instance.studyInstanceUid}/${key}`);
      if (group === undefined) groups.set(`${instance.studyInstanceUid}/${key}`, [instance]);
      else group.push(instance);
    }
    const found: DicomJson[] = [];
    for (const group of groups.values()) {
      const [first] = group;
      if (first === undefined) continue;
      const attributes =
        level === 'study'
          ? studyAttributes(group)
          : level === 'series'
            ? seriesAttributes(group)
            : instanceAttributes(first);
      if (!matchesAll(attributes, keys)) continue;
      const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = first;
      const resource = {
        studyInstanceUid,
        ...(level === 'study' ? {} : { seriesInstanceUid }),
        ...(level === 'instance' ? { sopInstanceUid } : {}),
      };
      const url: DicomJsonElement = { vr: 'UR', Value: [urlOf(request, resource)] };
      found.push({ ...attributes, [Tag.RetrieveURL]: url });
    }
    return json(found.slice(offset, offset + limit));
  }

  async function metadata(request: Request, instances: readonly IndexedInstance[]): Promise<Response> {
    const objects: DicomJson[] = [];
    for (const instance of instances) {
      const base = urlOf(request, instance);
      // An instance whose file went between scan and request is left out, as if it had gone before.
      const object = await archive
        .instanceMetadata(instance, { bulkDataUri: (path) => `${base}/bulkdata/${path}` })
        .catch(() => undefined);
      if (object !== undefined) objects.push(object);
    }
    return objects.length === 0 ? refuse(404, 'not found') : json(objects);
  }

  async function retrieve(request: Request, instances: readonly IndexedInstance[]): Promise<Response> {
    const [only] = instances;
    const wantsOne = /^\s*application\/dicom\s*(;|,|$)/i.test(request.headers.get('accept') ?? '');
    if (wantsOne && instances.length === 1 && only !== undefined) {
      const type = `application/dicom; transfer-syntax=${only.transferSyntaxUid}`;
      return new Response(Buffer.from(await archive.readInstance(only, request.signal)), {
        headers: { 'Content-Type': type },
      });
    }
    if (!accepts(request, 'multipart/related')) return refuse(406, 'only multipart/related; type="application/dicom"');
    async function* parts(): AsyncGenerator<OutgoingPart> {
      for (const instance of instances) {
        const contentType = `application/dicom; transfer-syntax=${instance.transferSyntaxUid}`;
        yield { contentType, body: await archive.readInstance(instance, request.signal) };
      }
    }
    return multipartResponse('application/dicom', parts());
  }

  async function frames(request: Request, instance: IndexedInstance, wanted: readonly number[]): Promise<Response> {
    if (!accepts(request, 'multipart/related')) return refuse(406, 'only multipart/related');
    const read = readDicom(await archive.readInstance(instance, request.signal));
    if (!read.ok) return refuse(404, read.error.reason);
    const described = describeFrames(read.value);
    if (!described.ok) return refuse(404, described.error.reason);
    const bodies = wanted.map((frame) => readFrame(read.value, frame));
    const refused = bodies.find((body) => !body.ok);
    if (refused !== undefined && !refused.ok) return refuse(404, refused.error.reason);
    const stored = described.value.transferSyntaxUid;
    // PS3.18 8.7.3.3: uncompressed frames are octet streams in explicit little endian.
    const syntax = isEncapsulated(stored) ? stored : EXPLICIT_LITTLE_ENDIAN;
    if (!transferSyntax(stored).isLittleEndian) return refuse(406, 'big endian frames: retrieve the instance');
    const media = frameMediaTypes[transferSyntax(stored).coding] ?? 'application/octet-stream';
    async function* parts(): AsyncGenerator<OutgoingPart> {
      for (const body of bodies)
        if (body.ok) yield { contentType: `${media}; transfer-syntax=${syntax}`, body: body.value };
    }
    return multipartResponse(media, parts());
  }

  async function bulkData(request: Request, instance: IndexedInstance, path: string): Promise<Response> {
    const read = readDicom(await archive.readInstance(instance, request.signal));
    let dataSet = read.ok ? read.value.dataSet : undefined;
    const steps = path.split('/');
    for (let at = 0; at + 2 < steps.length; at += 2) {
      dataSet = dataSet?.get(steps[at] ?? '')?.items?.[Number(steps[at + 1]) - 1];
    }
    const value = dataSet?.get(steps.at(-1) ?? '')?.value;
    if (value === undefined) return refuse(404, 'not found');
    async function* parts(): AsyncGenerator<OutgoingPart> {
      if (value !== undefined) yield { contentType: 'application/octet-stream', body: value };
    }
    return multipartResponse('application/octet-stream', parts());
  }

  async function store(request: Request): Promise<Response> {
    if (archive.isReadOnly) return refuse(405, 'this archive is read-only', { Allow: 'GET' });
    const type = request.headers.get('content-type') ?? '';
    if (!/^multipart\/related/i.test(type) || request.body === null) return refuse(415, 'multipart/related is wanted');
    const stored: StoredInstance[] = [];
    const limits = { maxPartBytes: options.maxStoreBytes ?? MAX_STORE_BYTES };
    try {
      for await (const { body } of readMultipart(request.body, boundaryOf(type), limits)) {
        stored.push({ part10: body, outcome: await archive.store(body) });
      }
    } catch (error) {
      if (!(error instanceof MalformedMultipart)) throw error;
      if (stored.length === 0) return refuse(400, 'not a multipart body');
    }
    const { status, answer } = storeAnswer(stored, (instance) => urlOf(request, instance));
    return json(answer, status);
  }

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith(basePath)) return refuse(404, 'not found');
    const path = parseDicomwebPath(pathname.slice(basePath.length));
    if (path === undefined) return refuse(404, 'not found');
    const { target, ...key } = path;
    if (request.method === 'POST') {
      const isStore = key.seriesInstanceUid === undefined && (target.kind === 'search' || target.kind === 'retrieve');
      return isStore ? store(request) : refuse(405, 'only GET here', { Allow: 'GET' });
    }
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(405, 'only GET and POST', { Allow: 'GET, POST' });
    if (target.kind === 'search') return search(request, path, target.level);
    const instances = await archive.find(key);
    const [first] = instances;
    if (first === undefined) return refuse(404, 'not found');
    switch (target.kind) {
      case 'metadata':
        return metadata(request, instances);
      case 'retrieve':
        return retrieve(request, instances);
      case 'frames':
        return frames(request, first, target.frames);
      case 'bulk-data':
        return bulkData(request, first, target.path);
      default:
        return refuse(404, 'not found');
    }
  }

  return async (request) => {
    if (!isAuthorised(request, options.basicAuth)) {
      return refuse(401, 'credentials are wanted', { 'WWW-Authenticate': 'Basic realm="dicomweb"' });
    }
    try {
      return await answer(request);
    } catch (error) {
      if (error instanceof ArchiveError) return refuse(error.code === 'not-found' ? 404 : 500, error.code);
      throw error;
    }
  };
}
