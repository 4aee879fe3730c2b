import { describe, expect, it } from 'vitest';

import { createDicomwebArchive } from '#electron/adapters/dicomweb/index.ts';
import { stowOutcome } from '#electron/adapters/dicomweb/stow-answer.ts';
import { ArchiveError } from '#electron/ports/site-archive.ts';
import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';

const study = '1.2.840.1' as StudyInstanceUid;

const answering = (answer: () => Response | Promise<Response>, limits: { maxJsonBytes?: number } = {}) =>
  createDicomwebArchive({ url: 'http://archive.example/dicom-web', fetch: async () => answer(), ...limits });

async function failureOf(
  attempt: Promise<unknown>,
): Promise<{ code: string; status: number | undefined } | 'no error'> {
  try {
    await attempt;
    return 'no error';
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return { code: error.code, status: error.status };
  }
}

const first = async (parts: AsyncIterable<Uint8Array>) => {
  for await (const part of parts) return part;
  return undefined;
};

const html = () => new Response('<html>Please log in</html>', { headers: { 'Content-Type': 'text/html' } });

describe('an archive that answers wrongly', () => {
  it('is told apart by status', async () => {
    const codes: Record<number, string> = {
      401: 'unauthorised',
      403: 'unauthorised',
      404: 'not-found',
      400: 'refused',
      503: 'unreachable',
      500: 'unreachable',
    };
    for (const [status, code] of Object.entries(codes)) {
      const archive = answering(() => new Response('no', { status: Number(status) }));
      expect(await failureOf(archive.searchStudies({}))).toEqual({ code, status: Number(status) });
    }
  });

  it('with a login page instead of JSON or images gives a bad answer', async () => {
    const archive = answering(html);
    expect(await failureOf(archive.searchStudies({}))).toMatchObject({ code: 'bad-answer' });
    expect(await failureOf(first(archive.retrieveSeries(study, '1.2')))).toMatchObject({ code: 'bad-answer' });
  });

  it('with broken JSON, or JSON that is no list of objects, gives a bad answer', async () => {
    for (const body of ['[{"0020000D":', '["text"]', '42']) {
      const archive = answering(() => new Response(body, { headers: { 'Content-Type': 'application/dicom+json' } }));
      expect(await failureOf(archive.studyMetadata(study))).toMatchObject({ code: 'bad-answer' });
    }
  });

  it('with JSON that never ends is given up at the limit', async () => {
    const endless = () =>
      new Response(
        new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(0x20)) }),
        { headers: { 'Content-Type': 'application/json' } },
      );
    expect(await failureOf(answering(endless, { maxJsonBytes: 1_000_000 }).studyMetadata(study))).toMatchObject({
      code: 'bad-answer',
    });
  });

  it('with parts that are no DICOM gives a bad answer', async () => {
    const answer = () =>
      new Response('--b\r\n\r\nnot an image\r\n--b--\r\n', {
        headers: { 'Content-Type': 'multipart/related; boundary=b' },
      });
    expect(await failureOf(first(answering(answer).retrieveSeries(study, '1.2')))).toMatchObject({
      code: 'bad-answer',
    });
  });

  it('or not at all is unreachable', async () => {
    const archive = answering(() => Promise.reject(new TypeError('fetch failed')));
    expect(await failureOf(archive.searchStudies({}))).toEqual({ code: 'unreachable', status: undefined });
  });

  it('with studies nobody asked for does not mislead', async () => {
    const others = [{ '0020000D': { vr: 'UI', Value: ['1.2.3'] } }, { '0020000D': { vr: 'UI', Value: [study] } }];
    const archive = answering(() => Response.json(others));
    expect(await archive.searchStudies({ studyInstanceUid: study })).toMatchObject([{ studyInstanceUid: study }]);
  });

  it('with nothing found, as 204, is an empty list', async () => {
    expect(await answering(() => new Response(null, { status: 204 })).searchStudies({})).toEqual([]);
  });
});

describe('what a store answer says about the one object sent (PS3.18 annex I)', () => {
  const uid = '1.2.3.4';
  const reference = { '00081155': { vr: 'UI', Value: [uid] } };
  const stored = { '00081199': { vr: 'SQ', Value: [reference] } };
  const failed = (reason: number) => ({
    '00081198': { vr: 'SQ', Value: [{ ...reference, '00081197': { vr: 'US', Value: [reason] } }] },
  });

  it('accepted when it is referenced as stored', () => {
    expect(stowOutcome(200, stored, uid)).toEqual({ kind: 'accepted', ackId: uid });
    expect(stowOutcome(202, [stored], uid)).toEqual({ kind: 'accepted', ackId: uid });
  });
  it('refused with the reason when it failed, whatever the status', () => {
    expect(stowOutcome(409, failed(0xa900), uid)).toEqual({ kind: 'refused', code: 'stow-a900' });
    expect(stowOutcome(200, failed(0x0122), uid)).toEqual({ kind: 'refused', code: 'stow-0122' });
  });
  it('not taken when the archive is out of space', () => {
    expect(stowOutcome(409, failed(0xa700), uid)).toEqual({ kind: 'not-taken', code: 'stow-a700' });
    expect(stowOutcome(503, undefined, uid)).toEqual({ kind: 'not-taken', code: 'http-503' });
  });
  it('accepted when the archive already has it', () => {
    expect(stowOutcome(409, failed(0x0111), uid)).toEqual({ kind: 'accepted', ackId: uid });
  });
  it('unknown when a success names nothing, or the server fell over', () => {
    expect(stowOutcome(200, undefined, uid)).toMatchObject({ kind: 'unknown' });
    expect(
      stowOutcome(200, { '00081199': { vr: 'SQ', Value: [{ '00081155': { vr: 'UI', Value: ['9.9'] } }] } }, uid),
    ).toMatchObject({ kind: 'unknown' });
    expect(stowOutcome(502, undefined, uid)).toMatchObject({ kind: 'unknown' });
  });
  it('refused when the request is not understood', () => {
    expect(stowOutcome(415, undefined, uid)).toEqual({ kind: 'refused', code: 'http-415' });
  });
});

describe('what an archive is asked', () => {
  it('is to send images as they are and not packed once more for the line; JSON may be packed', async () => {
    const asked: (string | null)[] = [];
    const archive = createDicomwebArchive({
      url: 'http://archive.example/dicom-web',
      fetch: async (_url, init) => {
        asked.push(new Headers(init?.headers).get('Accept-Encoding'));
        return new Response('later', { status: 503 });
      },
    });
    await failureOf(first(archive.retrieveSeries(study, '1.2')));
    await failureOf(archive.retrieveInstance(study, '1.2', '1.3'));
    await failureOf(archive.studyMetadata(study));
    expect(asked).toEqual(['identity', 'identity', null]);
  });
});
