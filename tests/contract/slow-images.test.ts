import { afterEach, describe, expect, it } from 'vitest';

import { readFrameStart } from '#electron/adapters/dicom-file/read-frame-start.ts';
import { readInstance } from '#electron/adapters/dicom-file/read-instance.ts';
import { createStudies } from '#electron/workstation/studies/studies.ts';
import { decodeFrame, decodePreview } from '#renderer/viewer/decoders/index.ts';
import type { SeriesFrame } from '#shared/contract/pixels.ts';
import type { SiteId, StudyInstanceUid } from '#shared/domain/identifiers.ts';
import type { Clock, EpochMs } from '#shared/kernel/clock.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { archiveOf, closeAll, closing } from '#tests/support/archive-by-script.ts';
import { impatientTimer } from '#tests/support/impatient-timer.ts';
import { END, MULTIPART, part, sendJson } from '#tests/support/scripted-archive.ts';
import { slowCodestream, slowPixels, slowRadiograph } from '#tests/support/slow-image.ts';
import { workstationRig } from '#tests/support/workstation-rig.ts';

afterEach(closeAll);

const UIDS = { study: '1.2.7', series: '1.2.7.1', sop: '1.2.7.1.1' };
const SECOND = `${UIDS.series}.2`;
const metadataOf = (sops: readonly string[]) =>
  sops.map((sop, index) => ({
    '00080018': { vr: 'UI', Value: [sop] },
    '00200013': { vr: 'IS', Value: [index + 1] },
    '00080060': { vr: 'CS', Value: ['DX'] },
    '0020000D': { vr: 'UI', Value: [UIDS.study] },
    '0020000E': { vr: 'UI', Value: [UIDS.series] },
    '00280010': { vr: 'US', Value: [900] },
    '00280011': { vr: 'US', Value: [700] },
    '00280100': { vr: 'US', Value: [16] },
  }));

/** Every look at it is a tenth of a second after the last. */
function hastyClock(): Clock {
  let now = 0;
  return { now: () => (now += 100) as EpochMs };
}

/** What comes of one radiograph, or more, of a series to who looks at the first; the archive sends each in forty pieces. */
async function framesOf(
  codestream: Uint8Array,
  clock: Clock,
  sops: readonly string[] = [UIDS.sop],
): Promise<SeriesFrame[]> {
  const { archive } = await archiveOf(async (_request, response, path) => {
    if (path.endsWith('/metadata')) {
      sendJson(response, metadataOf(sops));
      return;
    }
    // Single images only, as some archives: what nobody looks at comes the same way as what somebody does.
    if (!path.includes('/instances/')) {
      response.writeHead(406);
      response.end();
      return;
    }
    response.writeHead(200, { 'Content-Type': MULTIPART });
    const sop = sops.find((each) => path.endsWith(`/instances/${each}`)) ?? '';
    const body = Buffer.concat([part(slowRadiograph({ ...UIDS, sop }, codestream)), END]);
    const step = Math.ceil(body.length / 40);
    for (let at = 0; at < body.length; at += step) {
      await new Promise<void>((resolve) => {
        response.write(body.subarray(at, at + step), () => setImmediate(resolve));
      });
    }
    response.end();
  });
  const rig = await workstationRig();
  closing.push(() => rig.close());
  const studies = createStudies({
    archiveOf: () => archive,
    cache: rig.cache,
    readInstance,
    readFrameStart,
    clock,
    log: silentLog,
    timer: impatientTimer,
  });
  const study = { siteId: 'mercy' as SiteId, studyInstanceUid: UIDS.study as StudyInstanceUid };
  const { signal } = new AbortController();
  const all: SeriesFrame[] = [];
  for await (const frame of (await studies.openSeries(study, UIDS.series, 0, signal)) ?? []) all.push(frame);
  return all;
}

const previewsIn = (frames: readonly SeriesFrame[]) => frames.filter(({ header }) => header.preview !== undefined);

describe('an HTJ2K image on a slow line', () => {
  it('comes as ever finer previews and then once as itself, bit by bit what was sent', async () => {
    const frames = await framesOf(await slowCodestream(), hastyClock());
    const previews = previewsIn(frames);
    const levels = previews.map(({ header }) => header.preview?.level ?? 0);
    expect(levels.length).toBeGreaterThan(1);
    expect(levels).toEqual(levels.toSorted((one, other) => other - one));
    expect(new Set(levels).size).toBe(levels.length);
    for (const { header, payload } of previews) {
      expect(header).toMatchObject({ sopInstanceUid: UIDS.sop, frame: 0, preview: { frame: 1 } });
      expect(await decodePreview(payload, header.description, header.preview!.level)).toMatchObject({ ok: true });
    }
    const whole = frames.filter(({ header }) => header.frame > 0);
    expect([whole.length, frames.indexOf(whole[0]!)]).toEqual([1, frames.length - 1]);
    const decoded = await decodeFrame(whole[0]!.payload, whole[0]!.header.description);
    if (!decoded.ok) throw new Error(decoded.error.reason);
    expect(Buffer.from(decoded.value.samples.buffer as ArrayBuffer).equals(Buffer.from(slowPixels().buffer))).toBe(
      true,
    );
  });

  it('that comes fast comes only as itself', async () => {
    const frames = await framesOf(await slowCodestream(), { now: () => 0 as EpochMs });
    expect(frames.map(({ header }) => header.frame)).toEqual([1]);
  });

  it('whose finest details are mixed into its beginning comes only as itself', async () => {
    expect(previewsIn(await framesOf(await slowCodestream(4), hastyClock()))).toEqual([]);
  });

  it('that nobody looks at comes only as itself', async () => {
    const frames = await framesOf(await slowCodestream(), hastyClock(), [UIDS.sop, SECOND]);
    expect(new Set(previewsIn(frames).map(({ header }) => header.sopInstanceUid))).toEqual(new Set([UIDS.sop]));
    expect(frames.filter(({ header }) => header.frame > 0)).toHaveLength(2);
  });

  it('whose codestream is another picture than its header says comes only as itself', async () => {
    const codestream = await slowCodestream();
    const { buffer } = codestream;
    const view = new DataView(buffer as ArrayBuffer);
    for (const at of [8, 24]) view.setUint32(at, 1400); // XSIZ and XTSIZ (T.800 A.5.1)
    expect(previewsIn(await framesOf(codestream, hastyClock()))).toEqual([]);
  });
});
