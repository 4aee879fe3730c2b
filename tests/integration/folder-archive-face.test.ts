import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { boundaryOf, readMultipart } from '#electron/adapters/dicomweb/multipart-reader.ts';
import { createDicomwebFace, createFolderArchive } from '#electron/adapters/files/index.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { readPalette } from '#shared/dicom/lookup-table.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { dicomBytes, dicomFacts, dicomPath, hasDicomTestdata } from '#tests/support/dicom-testdata.ts';

const factsOf = (path: string) => dicomFacts.find((facts) => facts.path === `dicom/${path}`)?.header;
const instanceUrl = (path: string): string => {
  const header = factsOf(path);
  return `/studies/${header?.studyInstanceUID}/series/${header?.seriesInstanceUID}/instances/${header?.sopInstanceUID}`;
};

const held = [
  'multiframe/emri-small-rle.dcm',
  'multiframe/emri-small.dcm',
  'color/examples-palette.dcm',
  'pdf/encapsulated-pdf.dcm',
  'charset/chrh31.dcm',
];
const rle = 'multiframe/emri-small-rle.dcm';

describe.skipIf(!hasDicomTestdata)('the DICOMweb face of a folder', () => {
  let dir: string;
  let ask: (path: string, init?: RequestInit) => Promise<Response>;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'overread-face-'));
    for (const [nth, path] of held.entries()) await cp(dicomPath(path), join(dir, `${nth}.dcm`));
    const face = createDicomwebFace({ archive: createFolderArchive({ dir, log: silentLog }), basePath: '/dicomweb' });
    ask = (path, init) => face(new Request(`http://127.0.0.1/dicomweb${path}`, init));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  const json = async (path: string): Promise<DicomJson[]> => (await ask(path)).json() as Promise<DicomJson[]>;
  const parts = async (response: Response) => {
    const found: { type: string; body: Uint8Array }[] = [];
    const type = response.headers.get('content-type') ?? '';
    if (response.body === null) return found;
    for await (const { headers, body } of readMultipart(response.body, boundaryOf(type), { maxPartBytes: 1e8 })) {
      found.push({ type: headers.get('content-type') ?? '', body });
    }
    return found;
  };

  it('names the transfer syntax of every part it sends', async () => {
    const response = await ask(instanceUrl(held[2] ?? ''), {
      headers: { Accept: 'multipart/related; type="application/dicom"; transfer-syntax=*' },
    });
    expect(response.headers.get('content-type')).toMatch(/^multipart\/related; type="application\/dicom"; boundary=/);
    const [part] = await parts(response);
    expect(part?.type).toBe('application/dicom; transfer-syntax=1.2.840.10008.1.2.1');
    expect(Buffer.from(part?.body ?? []).equals(Buffer.from(dicomBytes(held[2] ?? '')))).toBe(true);
  });

  it('sends one instance as a single part when asked so', async () => {
    const response = await ask(instanceUrl(rle), { headers: { Accept: 'application/dicom; transfer-syntax=*' } });
    expect(response.headers.get('content-type')).toMatch(/^application\/dicom; transfer-syntax=/);
  });

  it('gives frames one by one, with their media type, and 404 beyond the last', async () => {
    const url = instanceUrl(held.find((path) => path === rle) ?? '');
    const response = await ask(`${url}/frames/1,10`, {
      headers: { Accept: 'multipart/related; type="application/octet-stream"; transfer-syntax=*' },
    });
    const found = await parts(response);
    expect(found).toHaveLength(2);
    expect((await ask(`${url}/frames/11`)).status).toBe(404);
    expect((await ask(`${url}/frames/0`)).status).toBe(404);
  });

  it('keeps palettes in the metadata, ready for a viewer', async () => {
    const [metadata] = await json(`${instanceUrl('color/examples-palette.dcm')}/metadata`);
    const palette = readPalette(metadata ?? {});
    expect(palette?.red.entries).toHaveLength(256);
    expect(palette?.blue.bitsPerEntry).toBe(16);
  });

  it('points to large values, and serves them there', async () => {
    const [metadata] = await json(`${instanceUrl('pdf/encapsulated-pdf.dcm')}/metadata`);
    const uri = metadata?.['00420011']?.BulkDataURI ?? '';
    const [part] = await parts(await ask(new URL(uri).pathname.replace('/dicomweb', '')));
    expect(
      Buffer.from(part?.body ?? [])
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });

  it('matches names in any writing, with wildcards, and pages through answers', async () => {
    expect(await json('/studies?PatientName=yamada*')).toHaveLength(1);
    expect(await json(`/studies?00100010=${encodeURIComponent('山田^*')}`)).toHaveLength(1);
    expect(await json('/studies?PatientName=nobody*')).toHaveLength(0);
    const all = await json('/studies');
    expect(await json('/studies?limit=1&offset=1')).toEqual([all[1]]);
    expect(await json('/instances?SOPClassUID=1.2.840.10008.5.1.4.1.1.104.1')).toHaveLength(1);
  });

  it('answers series and instances with what belongs to their level', async () => {
    const header = factsOf('charset/chrh31.dcm');
    const [series] = await json(`/studies/${header?.studyInstanceUID}/series`);
    expect(series?.['0020000E']?.Value).toEqual([header?.seriesInstanceUID]);
    expect(series?.['00080018']).toBeUndefined();
    const instances = await json(`/studies/${header?.studyInstanceUID}/series/${header?.seriesInstanceUID}/instances`);
    expect(instances.map((instance) => instance['00080018']?.Value?.[0])).toEqual([header?.sopInstanceUID]);
  });

  it('refuses what it does not do: writing, other media types, unknown paths', async () => {
    expect(
      (
        await ask('/studies', {
          method: 'POST',
          body: 'x',
          headers: { 'Content-Type': 'multipart/related; boundary=b' },
        })
      ).status,
    ).toBe(405);
    expect((await ask('/studies', { method: 'DELETE' })).status).toBe(405);
    expect((await ask(instanceUrl(rle), { headers: { Accept: 'image/png' } })).status).toBe(406);
    for (const path of [
      '/',
      '/patients',
      '/studies/..%2F..%2Fetc',
      '/studies/1.2.3/frames/1',
      `${instanceUrl(rle)}/bulkdata/00100010/9/9`,
    ]) {
      expect((await ask(path)).status).toBe(404);
    }
  });
});

describe.skipIf(!hasDicomTestdata)('a face with a password and a place for objects', () => {
  it('lets nobody in without it, and reports stored and refused objects one by one', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'overread-stow-'));
    const archive = createFolderArchive({ dir, log: silentLog, storeDir: join(dir, 'in') });
    const face = createDicomwebFace({ archive, basicAuth: { user: 'u', password: 'p' } });
    const post = (headers: Record<string, string>) => {
      const body = Buffer.concat([
        Buffer.from('--b\r\nContent-Type: application/dicom\r\n\r\n'),
        dicomBytes('sr/test-sr.dcm'),
        Buffer.from('\r\n--b\r\nContent-Type: application/dicom\r\n\r\nrubbish\r\n--b--\r\n'),
      ]);
      const type = { 'Content-Type': 'multipart/related; type="application/dicom"; boundary=b' };
      return face(new Request('http://127.0.0.1/studies', { method: 'POST', body, headers: { ...type, ...headers } }));
    };
    const refused = await post({});
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="dicomweb"']);
    const answer = await post({ Authorization: `Basic ${Buffer.from('u:p').toString('base64')}` });
    expect(answer.status).toBe(202);
    const body = (await answer.json()) as DicomJson;
    expect(body['00081199']?.Value).toMatchObject([
      { '00081155': { Value: [factsOf('sr/test-sr.dcm')?.sopInstanceUID] } },
    ]);
    expect(body['00081198']?.Value).toMatchObject([{ '00081197': { Value: [0xc000] } }]);
    await rm(dir, { recursive: true });
  });
});
