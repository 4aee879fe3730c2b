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
  page?: Uint8Array,
) {
  return readStudyDocument(task, sop, {
    drawPage: async () => page,
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
  });
}

describe('a document inside the study', () => {
  it('is given as its bytes say, not as it calls itself', async () => {
    const pdf = await read('1.2.3', { [OWN]: [listed('1.2.3')] }, enclosing('%PDF-1.7 x'));
    expect(pdf).toMatchObject({ status: 'read', contentType: 'application/pdf' });
    const html = await read('1.2.3', { [OWN]: [listed('1.2.3')] }, enclosing('<html><script>x</script>'));
    expect(html).toEqual({ status: 'unreadable' });
  });

  it('is a picture where it is a scanned page', async () => {
    const page = new Uint8Array([137, 80]);
    const scan = await read('1.2.3', { [OWN]: [listed('1.2.3')] }, { problem: 'none' }, page);
    expect(scan).toEqual({ status: 'read', contentType: 'image/png', data: Buffer.from(page).toString('base64') });
    expect(await read('1.2.3', { [OWN]: [listed('1.2.3')] }, { problem: 'none' })).toEqual({ status: 'unreadable' });
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
