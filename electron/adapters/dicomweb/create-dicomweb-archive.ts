import { randomUUID } from 'node:crypto';

import { readDicom, firstText } from '#electron/adapters/dicom-file/index.ts';
import { ArchiveError, type SiteArchive, type StudyQuery } from '#electron/ports/site-archive.ts';
import type { AttemptOutcome } from '#shared/domain/delivery.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { isUid, studySummary } from '#shared/dicom/study-summary.ts';
import { Tag } from '#shared/dicom/tags.ts';

import {
  archiveError,
  authorization,
  networkCode,
  readBounded,
  readJson,
  refusedStatus,
  type ArchiveAuth,
} from './http.ts';
import { boundaryOf, MalformedMultipart, readMultipart } from './multipart-reader.ts';
import { stowOutcome } from './stow-answer.ts';

export interface DicomwebOptions {
  /** Base of the DICOMweb service, e.g. `http://127.0.0.1:8042/dicom-web`. */
  readonly url: string;
  readonly auth?: ArchiveAuth;
  readonly fetch?: typeof fetch;
  /** Largest instance and largest JSON answer taken from this archive. */
  readonly maxInstanceBytes?: number;
  readonly maxJsonBytes?: number;
}

const MAX_INSTANCE_BYTES = 1024 * 1024 * 1024;
const MAX_JSON_BYTES = 400 * 1024 * 1024;
const MAX_STOW_ANSWER_BYTES = 4 * 1024 * 1024;
const DICOM_JSON = 'application/dicom+json';
/** Instances as stored: without the wildcard an archive would transcode to explicit little endian (PS3.18 8.7.3.5). */
const AS_STORED = 'multipart/related; type="application/dicom"; transfer-syntax=*';
/** The request never left: a retry cannot duplicate. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

const isDicom = (bytes: Uint8Array): boolean =>
  bytes.length > 132 && String.fromCharCode(...bytes.subarray(128, 132)) === 'DICM';

const isJsonObject = (value: unknown): value is DicomJson =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A UID from outside becomes part of a path only when it is one. */
function pathUid(uid: string): string {
  if (!isUid(uid)) throw new ArchiveError('not-found');
  return uid;
}

function queryText(query: StudyQuery): string {
  const params = new URLSearchParams();
  if (query.studyInstanceUid !== undefined) params.set('StudyInstanceUID', query.studyInstanceUid);
  if (query.accessionNumber !== undefined) params.set('AccessionNumber', query.accessionNumber);
  if (query.patientId !== undefined) params.set('PatientID', query.patientId);
  if (query.studyDate !== undefined) params.set('StudyDate', query.studyDate);
  params.set('includefield', Tag.StudyDescription);
  if (query.limit !== undefined) params.set('limit', String(query.limit));
  return params.toString();
}

/** A site's archive over DICOMweb: QIDO-RS, WADO-RS, STOW-RS (PS3.18 chapter 10). */
export function createDicomwebArchive(options: DicomwebOptions): SiteArchive {
  const base = options.url.replace(/\/+$/, '');
  const send = options.fetch ?? fetch;
  const maxInstanceBytes = options.maxInstanceBytes ?? MAX_INSTANCE_BYTES;
  const maxJsonBytes = options.maxJsonBytes ?? MAX_JSON_BYTES;

  async function get(path: string, accept: string, signal: AbortSignal | undefined): Promise<Response> {
    const headers = {
      ...authorization(options.auth),
      Accept: accept,
      // An archive that packs images for the line (Orthanc does) makes the first one wait a quarter of a second.
      ...(accept === AS_STORED ? { 'Accept-Encoding': 'identity' } : {}),
    };
    const response = await send(`${base}${path}`, { headers, ...(signal === undefined ? {} : { signal }) });
    if (response.ok) return response;
    await response.body?.cancel();
    throw refusedStatus(response.status);
  }

  async function getJson(path: string, signal: AbortSignal | undefined): Promise<DicomJson[]> {
    try {
      const response = await get(path, DICOM_JSON, signal);
      if (response.status === 204) return [];
      const answer = await readJson(response, maxJsonBytes);
      const objects: unknown[] = Array.isArray(answer) ? answer : [answer];
      if (!objects.every(isJsonObject)) throw new ArchiveError('bad-answer', response.status);
      return objects;
    } catch (error) {
      throw archiveError(error, signal);
    }
  }

  /** Instances of an answer: parts of a multipart, or the one body of an archive that answers a single part. */
  async function* instances(path: string, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
    try {
      const response = await get(path, AS_STORED, signal);
      const type = response.headers.get('content-type') ?? '';
      if (/^application\/dicom\b(?!\+)/i.test(type)) {
        yield await readBounded(response, maxInstanceBytes).then(checked);
        return;
      }
      if (!/^multipart\//i.test(type) || response.body === null) {
        await response.body?.cancel();
        throw new ArchiveError('bad-answer', response.status);
      }
      const parts = readMultipart(response.body, boundaryOf(type), { maxPartBytes: maxInstanceBytes });
      for await (const { body } of parts) yield checked(body);
    } catch (error) {
      if (error instanceof MalformedMultipart) throw new ArchiveError('bad-answer');
      throw archiveError(error, signal);
    }
  }

  function checked(bytes: Uint8Array): Uint8Array {
    if (!isDicom(bytes)) throw new ArchiveError('bad-answer');
    return bytes;
  }

  async function searchStudies(query: StudyQuery, signal?: AbortSignal) {
    const found = await getJson(`/studies?${queryText(query)}`, signal);
    const studies = found.flatMap((json) => studySummary(json) ?? []);
    if (studies.length === 0 && found.length > 0) throw new ArchiveError('bad-answer');
    // Archives ignore keys they do not know, and answer with everything: what was asked is checked again here.
    const matching = studies.filter(
      (study) => query.studyInstanceUid === undefined || study.studyInstanceUid === query.studyInstanceUid,
    );
    return query.limit === undefined ? matching : matching.slice(0, query.limit);
  }

  return {
    searchStudies,
    async studyMetadata(studyInstanceUid, signal) {
      return getJson(`/studies/${pathUid(studyInstanceUid)}/metadata`, signal);
    },

    async countInstances(studyInstanceUid, signal) {
      const uid = pathUid(studyInstanceUid);
      const [study] = await searchStudies({ studyInstanceUid: uid }, signal);
      if (study === undefined) return 0;
      return study.instanceCount ?? (await getJson(`/studies/${uid}/instances`, signal)).length;
    },

    async *retrieveSeries(studyInstanceUid, seriesInstanceUid, signal) {
      yield* instances(`/studies/${pathUid(studyInstanceUid)}/series/${pathUid(seriesInstanceUid)}`, signal);
    },

    async retrieveInstance(studyInstanceUid, seriesInstanceUid, sopInstanceUid, signal) {
      const series = `/studies/${pathUid(studyInstanceUid)}/series/${pathUid(seriesInstanceUid)}`;
      for await (const bytes of instances(`${series}/instances/${pathUid(sopInstanceUid)}`, signal)) return bytes;
      throw new ArchiveError('not-found');
    },

    async store(part10, signal): Promise<AttemptOutcome> {
      const read = readDicom(part10, { headerOnly: true });
      const sopInstanceUid = read.ok ? firstText(read.value.dataSet, Tag.SOPInstanceUID) : undefined;
      if (sopInstanceUid === undefined) return { kind: 'refused', code: 'not-dicom' };
      const boundary = randomUUID();
      const body = Buffer.concat([
        Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\nContent-Length: ${part10.length}\r\n\r\n`),
        part10,
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ]);
      try {
        const response = await send(`${base}/studies`, {
          method: 'POST',
          headers: {
            ...authorization(options.auth),
            Accept: DICOM_JSON,
            'Content-Type': `multipart/related; type="application/dicom"; boundary=${boundary}`,
          },
          body,
          ...(signal === undefined ? {} : { signal }),
        });
        // An unreadable answer to a stored object still leaves its status to judge by.
        const answer = await readJson(response, MAX_STOW_ANSWER_BYTES).catch(() => undefined);
        return stowOutcome(response.status, answer, sopInstanceUid);
      } catch (error) {
        const code = networkCode(error);
        if (code !== undefined && NEVER_SENT.has(code)) return { kind: 'not-taken', code: code.toLowerCase() };
        return { kind: 'unknown', code: signal?.aborted === true ? 'cancelled' : (code?.toLowerCase() ?? 'no-answer') };
      }
    },
  };
}
