import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readInstance } from '#electron/adapters/dicom-file/read-instance.ts';
import { createDicomwebArchive, type DicomwebOptions } from '#electron/adapters/dicomweb/index.ts';
import { createStudies } from '#electron/workstation/studies/studies.ts';
import type { SeriesFrame } from '#shared/contract/pixels.ts';
import type { SiteId, StudyInstanceUid } from '#shared/domain/identifiers.ts';
import { silentLog } from '#shared/kernel/log.ts';

import { impatientTimer } from './impatient-timer.ts';
import { sendJson, sendParts, startScriptedArchive, type ScriptedArchive } from './scripted-archive.ts';
import { smallSeries } from './small-series.ts';
import { createTestAuthority, type TestIdentity } from './test-ca.ts';
import { workstationRig } from './workstation-rig.ts';

/** Twelve images of one series, at an archive that a script may spoil, read as the viewer reads them. */
export const STUDY = '1.2.3' as StudyInstanceUid;
export const SERIES = '1.2.3.4';
export const images = smallSeries(STUDY, SERIES, 12);
export const metadata = images.map((image) => image.metadata);
export const bySop = new Map(images.map((image) => [image.sop, image.part10]));
export const sopOf = (path: string) => path.split('/instances/')[1] ?? '';
export const isSeries = (path: string) => path.endsWith(`/series/${SERIES}`);
const never = () => new AbortController().signal;

/** For archives that fall silent: a test need not wait as long as a reader would. */
export const IMPATIENT = { stallMs: 200, answerMs: 400 };

export const closing: (() => Promise<unknown> | void)[] = [];
export async function closeAll(): Promise<void> {
  for (const close of closing.splice(0).toReversed()) await close();
}

type Script = Parameters<typeof startScriptedArchive>[0];
type ArchiveOf = (
  script: Script,
  options?: Partial<DicomwebOptions>,
) => Promise<{ readonly server: ScriptedArchive; readonly archive: ReturnType<typeof createDicomwebArchive> }>;

export const archiveOf: ArchiveOf = async (script, options) => {
  const server = await startScriptedArchive(script);
  closing.push(() => server.close());
  return { server, archive: createDicomwebArchive({ url: server.url, ...options }) };
};

/** The same over TLS and HTTP/2, with certificates of the test's own. */
export const archiveOverHttp2: ArchiveOf = async (script, options) => {
  const { pem, identity } = testTrust();
  const server = await startScriptedArchive(script, identity);
  closing.push(() => server.close());
  return { server, archive: createDicomwebArchive({ url: server.url, ca: pem, ...options }) };
};

let trust: { readonly pem: string; readonly identity: TestIdentity } | undefined;
/** One authority and one certificate for all tests of a file: making them takes longer than most tests. */
export function testTrust() {
  if (trust !== undefined) return trust;
  const folder = mkdtempSync(join(tmpdir(), 'overread-test-'));
  const authority = createTestAuthority(folder);
  trust = { pem: authority.pem, identity: authority.issue('archive') };
  rmSync(folder, { recursive: true });
  return trust;
}

/** Everything well, but for what the script takes over by answering itself. */
export const wellBut =
  (exception: (...of: Parameters<Script>) => boolean | Promise<boolean>): Script =>
  async (request, response, path) => {
    if (await exception(request, response, path)) return;
    if (path.endsWith('/metadata')) sendJson(response, metadata);
    else if (isSeries(path)) sendParts(response, [...bySop.values()]);
    else if (bySop.has(sopOf(path))) sendParts(response, [bySop.get(sopOf(path)) ?? new Uint8Array()]);
    else {
      response.writeHead(404);
      response.end();
    }
  };

export async function framesFrom(archive: ReturnType<typeof createDicomwebArchive>, from = 0) {
  const rig = await workstationRig();
  closing.push(() => rig.close());
  const studies = createStudies({
    archiveOf: () => archive,
    cache: rig.cache,
    readInstance,
    clock: rig.clock,
    log: silentLog,
    timer: impatientTimer,
  });
  const frames = await studies.openSeries(
    { siteId: 'mercy' as SiteId, studyInstanceUid: STUDY },
    SERIES,
    from,
    never(),
  );
  const all: SeriesFrame[] = [];
  for await (const frame of frames ?? []) all.push(frame);
  return {
    whole: all.filter(({ header }) => header.frame > 0 && header.problem === undefined).length,
    problems: new Set(all.flatMap(({ header }) => header.problem ?? [])),
    notices: all.flatMap(({ header }) => header.notice ?? []),
  };
}
