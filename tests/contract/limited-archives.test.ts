import { afterEach, describe, expect, it } from 'vitest';

import { createDicomwebArchive } from '#electron/adapters/dicomweb/index.ts';
import type { ArchiveAbilities } from '#electron/ports/site-archive.ts';
import {
  archiveOf,
  bySop,
  closeAll,
  framesFrom,
  images,
  isSeries,
  metadata,
  SERIES,
  sopOf,
  STUDY,
  wellBut,
} from '#tests/support/archive-by-script.ts';
import { sendJson, sendParts } from '#tests/support/scripted-archive.ts';

afterEach(closeAll);

describe('an archive that can less than the standard says', () => {
  const remembering = () => {
    let kept: ArchiveAbilities | undefined;
    return {
      memory: { read: () => kept, write: (abilities: ArchiveAbilities) => void (kept = abilities) },
      kept: () => kept,
    };
  };

  it('understands neither "as stored" nor multipart: it is asked for single images in a form it knows, from then on', async () => {
    const { memory, kept } = remembering();
    const script = wellBut((request, response, path) => {
      if (path.endsWith('/metadata')) return false;
      if (request.headers.accept !== 'application/dicom' || isSeries(path)) {
        response.writeHead(406);
        response.end();
        return true;
      }
      response.writeHead(200, { 'Content-Type': 'application/dicom' });
      response.end(bySop.get(sopOf(path)));
      return true;
    });
    const { archive, server } = await archiveOf(script, { memory });
    expect((await framesFrom(archive)).whole).toBe(12);
    expect(kept()).toMatchObject({ accept: 'single-part', givesSeries: false });
    server.asked.length = 0;
    const again = createDicomwebArchive({ url: server.url, memory });
    expect((await framesFrom(again)).whole).toBe(12);
    expect(server.asked.filter((path) => !path.endsWith('/metadata'))).toHaveLength(12);
  });

  it('writes multipart as dcm4chee does: no lengths, the syntax in every part, quotes where others have none', async () => {
    const boundary = '=_parts~of~a~series';
    const { archive } = await archiveOf(
      wellBut((_request, response, path) => {
        if (!isSeries(path)) return false;
        response.writeHead(200, {
          'Content-Type': `multipart/related;start="<1@resteasy>";type="application/dicom";boundary="${boundary}"`,
        });
        const head = `--${boundary}\r\nContent-ID: <1@resteasy>\r\nContent-Type: application/dicom;transfer-syntax=1.2.840.10008.1.2.1\r\n\r\n`;
        const parts = images.map(({ part10 }) => Buffer.concat([Buffer.from(head), part10, Buffer.from('\r\n')]));
        response.end(Buffer.concat([...parts, Buffer.from(`--${boundary}--`)]));
        return true;
      }),
    );
    expect(await framesFrom(archive)).toEqual({ whole: 12, problems: new Set(), notices: [] });
  });

  it('gives only whole series', async () => {
    const { archive } = await archiveOf(
      wellBut((_request, response, path) => {
        if (sopOf(path) === '') return false;
        response.writeHead(400);
        response.end();
        return true;
      }),
    );
    expect((await framesFrom(archive, 6)).whole).toBe(12);
  });

  it('has no metadata: it is told by the search, else by the images themselves', async () => {
    for (const hasSearch of [true, false]) {
      const { memory, kept } = remembering();
      const { archive } = await archiveOf(
        wellBut((_request, response, path) => {
          if (path.endsWith(`/studies/${STUDY}`)) {
            sendParts(response, [...bySop.values()]);
            return true;
          }
          if (!path.endsWith('/metadata') && !path.includes('?')) return false;
          if (hasSearch && path.includes('includefield=all')) sendJson(response, metadata);
          else {
            response.writeHead(501);
            response.end();
          }
          return true;
        }),
        { memory },
      );
      expect((await framesFrom(archive)).whole).toBe(12);
      expect(kept()?.metadata).toBe(hasSearch ? 'qido' : 'headers');
    }
  });

  it('packs without loss where asked to, else never asked again', async () => {
    for (const canPack of [true, false]) {
      const { memory, kept } = remembering();
      const accepts: string[] = [];
      const { archive } = await archiveOf(
        wellBut((request, response, path) => {
          accepts.push(request.headers.accept ?? '');
          if (canPack || !(request.headers.accept ?? '').includes('4.80') || path.endsWith('/metadata')) return false;
          response.writeHead(500);
          response.end();
          return true;
        }),
        { memory },
      );
      for (const { sop } of images.slice(0, 3))
        await archive.retrieveInstance(STUDY, SERIES, sop, undefined, { isPacked: true });
      expect(kept()?.packsLossless).toBe(canPack);
      expect(accepts.filter((accept) => accept.includes('4.80'))).toHaveLength(canPack ? 3 : 1);
    }
  });

  it('keeps its connections: many images come over few', async () => {
    const { archive, server } = await archiveOf(wellBut(() => false));
    for (const { sop } of images) await archive.retrieveInstance(STUDY, SERIES, sop);
    expect(server.connections()).toBe(1);
    await Promise.all(
      Array.from({ length: 40 }, (_, nth) => archive.retrieveInstance(STUDY, SERIES, images[nth % 12]!.sop)),
    );
    expect(server.connections()).toBeLessThanOrEqual(8);
  });
});
