import { randomUUID } from 'node:crypto';

import { readDicom, firstText } from '#electron/adapters/dicom-file/index.ts';
import { ArchiveError, type SiteArchive, type StudyQuery } from '#electron/ports/site-archive.ts';
import type { AttemptOutcome } from '#shared/domain/delivery.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { isUid, studySummary } from '#shared/dicom/study-summary.ts';
import { Tag } from '#shared/dicom/tags.ts';

import { createAbilities, NO_MEMORY, type AbilityMemory } from './abilities.ts';
import { CONNECT_TIMEOUT } from './answering.ts';
import { createConnections } from './connections.ts';
import { sendByFetch, type SiteAnswer } from './exchange.ts';
import { archiveError, authorization, networkCode, readJson, refusedStatus, type ArchiveAuth } from './http.ts';
import { REQUEST_NOT_TAKEN } from './http2.ts';
import { createLineMeter } from './line-meter.ts';
import { createInstanceRetrieve } from './retrieve-instances.ts';
import { retrieveMetadata } from './study-metadata.ts';
import { stowOutcome } from './stow-answer.ts';

export interface DicomwebOptions {
  /** Base of the DICOMweb service, e.g. `http://127.0.0.1:8042/dicom-web`. */
  readonly url: string;
  readonly auth?: ArchiveAuth;
  /** Instead of connections of its own. */
  readonly fetch?: typeof fetch;
  readonly memory?: AbilityMemory;
  /** Largest JSON answer taken from this archive. */
  readonly maxJsonBytes?: number;
  /** How long a body may bring nothing, and how long the archive may think. */
  readonly stallMs?: number;
  readonly answerMs?: number;
  /** PEM of an authority to trust besides the machine's own. */
  readonly ca?: string;
}

/** A study of ten thousand instances has about 40 MB of metadata. */
const MAX_JSON_BYTES = 128 * 1024 * 1024;
const MAX_STOW_ANSWER_BYTES = 4 * 1024 * 1024;
const DICOM_JSON = 'application/dicom+json';
/** The request never left: a retry cannot duplicate. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  CONNECT_TIMEOUT,
  REQUEST_NOT_TAKEN,
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

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
  const maxJsonBytes = options.maxJsonBytes ?? MAX_JSON_BYTES;
  const meter = createLineMeter(() => performance.now());
  const abilities = createAbilities(options.memory ?? NO_MEMORY);
  const { stallMs, answerMs, ca } = options;
  const send =
    options.fetch === undefined
      ? createConnections({
          meter,
          protocol: {
            known: () => abilities.now().protocol,
            learn: (protocol) => abilities.learn({ protocol }),
          },
          ...(stallMs === undefined ? {} : { stallMs }),
          ...(answerMs === undefined ? {} : { answerMs }),
          ...(ca === undefined ? {} : { ca }),
        }).send
      : sendByFetch(options.fetch);

  async function get(path: string, accept: string, signal: AbortSignal | undefined): Promise<SiteAnswer> {
    const headers = {
      ...authorization(options.auth),
      Accept: accept,
      // An archive that packs images for the line (Orthanc does) makes the first one wait a quarter of a second.
      ...(accept === DICOM_JSON ? {} : { 'Accept-Encoding': 'identity' }),
    };
    const answer = await send(`${base}${path}`, {
      method: 'GET',
      headers,
      ...(signal === undefined ? {} : { signal }),
    });
    if (answer.status >= 200 && answer.status < 300) return answer;
    await answer.discard();
    throw refusedStatus(answer.status);
  }
  const instances = createInstanceRetrieve(get, abilities);

  async function getJson(path: string, signal: AbortSignal | undefined): Promise<DicomJson[]> {
    try {
      const response = await get(path, DICOM_JSON, signal);
      if (response.status === 204) {
        await response.discard();
        return [];
      }
      const answer = await readJson(response, maxJsonBytes);
      const objects: unknown[] = Array.isArray(answer) ? answer : [answer];
      if (!objects.every(isJsonObject)) throw new ArchiveError('bad-answer', response.status);
      return objects;
    } catch (error) {
      throw archiveError(error, signal);
    }
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
      return retrieveMetadata(`/studies/${pathUid(studyInstanceUid)}`, {
        getJson: (path) => getJson(path, signal),
        instances: (path) => instances(path, signal),
        abilities,
      });
    },

    async countInstances(studyInstanceUid, signal) {
      const uid = pathUid(studyInstanceUid);
      const [study] = await searchStudies({ studyInstanceUid: uid }, signal);
      if (study === undefined) return 0;
      return study.instanceCount ?? (await getJson(`/studies/${uid}/instances`, signal)).length;
    },

    async *retrieveSeries(studyInstanceUid, seriesInstanceUid, signal, bounds) {
      const path = `/studies/${pathUid(studyInstanceUid)}/series/${pathUid(seriesInstanceUid)}`;
      try {
        yield* instances(path, signal, bounds);
      } catch (error) {
        if (error instanceof ArchiveError && error.code === 'refused') abilities.learn({ givesSeries: false });
        throw error;
      }
    },

    async retrieveInstance(studyInstanceUid, seriesInstanceUid, sopInstanceUid, signal, bounds) {
      const series = `/studies/${pathUid(studyInstanceUid)}/series/${pathUid(seriesInstanceUid)}`;
      const found: Uint8Array[] = [];
      try {
        // To its end, so that the connection is whole for the next.
        for await (const part10 of instances(`${series}/instances/${pathUid(sopInstanceUid)}`, signal, bounds)) {
          found.push(part10);
          if (found.length > 1) break;
        }
      } catch (error) {
        if (error instanceof ArchiveError && error.code === 'refused') abilities.learn({ givesInstances: false });
        if (found.length === 0) throw error;
      }
      const [first] = found;
      if (first === undefined) throw new ArchiveError('not-found');
      return first;
    },

    line: meter.measured,
    abilities: abilities.now,

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
