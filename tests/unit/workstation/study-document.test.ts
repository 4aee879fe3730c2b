import { describe, expect, it } from 'vitest';

import { ArchiveError } from '#electron/ports/site-archive.ts';
import type { ReadInstance } from '#electron/workstation/ports.ts';
import { readStudyDocument } from '#electron/workstation/study-document.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import { readingTask } from '#tests/support/reading-tasks.ts';

const [OWN, PRIOR] = ['1.2', '1.1'] as [StudyInstanceUid, StudyInstanceUid];
const task = {
  ...readingTask('a'),
  studyInstanceUids: [OWN],
  priors: [{ studyInstanceUid: PRIOR, description: 'CT', hasReport: false }],
};
const listed = (sop: string): DicomJson => ({
  '00080018': { vr: 'UI', Value: [sop] },
  '0020000E': { vr: 'UI', Value: ['1.9'] },
});
const enclosing = (bytes: string): ReadInstance => ({
  problem: 'it has no pixels',
  whole: () => ({ '00420011': { vr: 'OB', InlineBinary: Buffer.from(bytes).toString('base64') } }),
});

/** Each study's metadata, or why it is not given, and what its instances are. */
function read(
  sop: string,
  metadata: Readonly<Record<string, readonly DicomJson[] | ArchiveError>>,
  instance: ReadInstance | undefined,
  page?: Uint8Array | ((page: number) => Uint8Array | undefined),
  wanted?: number,
) {
  return readStudyDocument(
    task,
    { sopInstanceUid: sop, page: wanted },
    {
      drawPage: async (_instance, number) => (typeof page === 'function' ? page(number) : page),
      studies: {
        metadata: {
          get: async ({ studyInstanceUid }: { readonly studyInstanceUid: string }) => {
            const found = metadata[studyInstanceUid] ?? [];
            if (found instanceof ArchiveError) throw found;
            return found;
          },
        } as never,
        instance: async () => {
          return instance;
        },
      },
    },
  );
}

describe('a document inside the study', () => {
  it('is given as its bytes say, not as it calls itself', async () => {
    const pdf = await read('1.2.3', { [OWN]: [listed('1.2.3')] }, enclosing('%PDF-1.7 x'));
    expect(pdf).toMatchObject({ status: 'read', contentType: 'application/pdf' });
    const html = await read('1.2.3', { [OWN]: [listed('1.2.3')] }, enclosing('<html><script>x</script>'));
    expect(html).toEqual({ status: 'unreadable' });
    const mesh = await read('1.2.3', { [OWN]: [listed('1.2.3')] }, enclosing('solid\u0000\u0000'));
    expect(mesh).toEqual({ status: 'unreadable' });
  });

  it('is a picture where it is a scanned page', async () => {
    const page = new Uint8Array([137, 80]);
    const scan = await read('1.2.3', { [OWN]: [listed('1.2.3')] }, { problem: 'none' }, page);
    const data = Buffer.from(page).toString('base64');
    expect(scan).toEqual({ status: 'read', contentType: 'image/png', data, pages: 1 });
    expect(await read('1.2.3', { [OWN]: [listed('1.2.3')] }, { problem: 'none' })).toEqual({ status: 'unreadable' });
  });

  it('is its words where it is a CDA (PS3.3 C.24.2), padded or not', async () => {
    const cda =
      '<ClinicalDocument xmlns="urn:hl7-org:v3"><title>Discharge</title><component><structuredBody><component><section><title>Course</title><text><paragraph>Müller fell.</paragraph></text></section></component></structuredBody></component></ClinicalDocument>\u0000';
    const read104 = await read('1.2.3', { [OWN]: [listed('1.2.3')] }, enclosing(cda));
    expect(read104).toMatchObject({ status: 'read', contentType: 'text/plain' });
    const text = Buffer.from(read104.status === 'read' ? read104.data : '', 'base64').toString('utf8');
    expect(text).toBe('Discharge\n\nCourse\n\nMüller fell.');
  });

  it('that was scanned page by page gives each page, and says how many there are', async () => {
    const scan = { frameCount: 3, sopInstanceUid: '1.2.3' } as ReadInstance;
    const pageOf = (page: number) => (page <= 3 ? Uint8Array.of(page) : undefined);
    const metadata = { [OWN]: [listed('1.2.3')] };
    const data = Buffer.of(3).toString('base64');
    expect(await read('1.2.3', metadata, scan, pageOf, 3)).toMatchObject({ status: 'read', data, pages: 3 });
    expect(await read('1.2.3', metadata, scan, pageOf, 4)).toEqual({ status: 'unreadable' });
  });

  it('is found in a prior, and in no study that is not the patient’s', async () => {
    expect(await read('1.1.5', { [PRIOR]: [listed('1.1.5')] }, enclosing('%PDF-1.7'))).toMatchObject({
      status: 'read',
    });
    expect(await read('9.9.9', { [OWN]: [listed('1.2.3')] }, enclosing('%PDF-1.7'))).toEqual({ status: 'not-found' });
  });

  it('that the site does not give now is told so', async () => {
    expect(await read('1.2.3', { [OWN]: new ArchiveError('unreachable') }, undefined)).toEqual({
      status: 'site-unreachable',
    });
    expect(await read('1.2.3', { [OWN]: [listed('1.2.3')] }, undefined)).toEqual({ status: 'site-unreachable' });
  });
});
