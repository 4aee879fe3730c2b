import { gzipSync } from 'node:zlib';

import { afterEach, describe, expect, it } from 'vitest';

import { ArchiveError } from '#electron/ports/site-archive.ts';
import {
  archiveOf as archiveOverHttp1,
  archiveOverHttp2,
  closeAll,
  closing,
  framesFrom,
  images,
  IMPATIENT,
  isSeries,
  SERIES,
  sopOf,
  STUDY,
  wellBut,
} from '#tests/support/archive-by-script.ts';
import { END, MULTIPART, part, sendJson, sendParts, startScriptedArchive } from '#tests/support/scripted-archive.ts';
import { lacks } from '#tests/support/peers.ts';
import { smallSeries } from '#tests/support/small-series.ts';

afterEach(closeAll);

const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'no error',
    (error: unknown) => (error instanceof ArchiveError ? error.code : String(error)),
  );
async function drain(parts: AsyncIterable<Uint8Array>): Promise<number> {
  let count = 0;
  for await (const each of parts) count += Number(each.length > 0);
  return count;
}

const OVER = [
  { name: 'HTTP/1.1', archiveOf: archiveOverHttp1 },
  ...(lacks('openssl') ? [] : [{ name: 'HTTP/2', archiveOf: archiveOverHttp2 }]),
];

describe.each(OVER)('over $name', ({ archiveOf }) => {
  describe('an archive on a bad line', () => {
    it('that falls silent in the middle is asked again for what is missing, with the reason', async () => {
      let silenced = 0;
      const { archive, server } = await archiveOf(
        wellBut((_request, response, path) => {
          if (!isSeries(path) || silenced > 0) return false;
          silenced += 1;
          response.writeHead(200, { 'Content-Type': MULTIPART });
          response.write(
            Buffer.concat([
              ...images.slice(0, 5).map(({ part10 }) => part(part10)),
              part(images[5]!.part10).subarray(0, 90),
            ]),
          );
          return true;
        }),
        IMPATIENT,
      );
      const { whole, notices } = await framesFrom(archive);
      expect([whole, notices]).toEqual([12, ['The site has stopped sending; asking again (2 of 5).']]);
      const again = server.asked.slice(server.asked.findIndex(isSeries) + 1).map(sopOf);
      expect(again.toSorted()).toEqual(
        images
          .slice(5)
          .map(({ sop }) => sop)
          .toSorted(),
      );
    });

    it('that hangs up again and again goes on each time where it was, and nothing whole comes twice', async () => {
      const sent = new Map<string, number>();
      let answers = 0;
      const { archive } = await archiveOf(
        wellBut((_request, response, path) => {
          const sop = sopOf(path);
          if (path.endsWith('/metadata')) return false;
          answers += 1;
          if (isSeries(path) || answers % 3 === 0) {
            response.writeHead(200, { 'Content-Type': MULTIPART });
            const few = isSeries(path) ? images.slice(1, 4).map((image) => image) : [];
            for (const image of few) sent.set(image.sop, (sent.get(image.sop) ?? 0) + 1);
            response.write(
              Buffer.concat([...few.map(({ part10 }) => part(part10)), part(images[9]!.part10).subarray(0, 150)]),
              () => response.destroy(),
            );
            return true;
          }
          sent.set(sop, (sent.get(sop) ?? 0) + 1);
          return false;
        }),
      );
      const { whole, problems } = await framesFrom(archive);
      expect([whole, [...problems]]).toEqual([12, []]);
      expect([...sent.values()].filter((times) => times > 1)).toEqual([]);
    });

    it('that trickles a byte at a time is as good as silent', async () => {
      const { archive } = await archiveOf((_request, response) => {
        response.writeHead(200, { 'Content-Type': MULTIPART });
        const trickle = setInterval(() => response.write(Buffer.from([0x2d])), 20);
        response.on('close', () => clearInterval(trickle));
      }, IMPATIENT);
      expect(await codeOf(drain(archive.retrieveSeries(STUDY, SERIES)))).toBe('stalled');
    });

    it('that never begins to answer is given up', async () => {
      const { archive } = await archiveOf(() => undefined, IMPATIENT);
      expect(await codeOf(archive.searchStudies({}))).toBe('stalled');
    });

    it('that is slow, but does send, is waited for; a reader that is busy is not taken for a silent site', async () => {
      let allSent: () => void = () => undefined;
      const isAllSent = new Promise<void>((resolve) => {
        allSent = resolve;
      });
      const { archive } = await archiveOf(
        (_request, response) => {
          response.writeHead(200, { 'Content-Type': MULTIPART });
          let next = 0;
          const slowly = setInterval(() => {
            const image = images[next];
            next += 1;
            if (image !== undefined) response.write(Buffer.concat([part(image.part10), Buffer.alloc(1024, 0x0a)]));
            else {
              clearInterval(slowly);
              response.end(END);
              allSent();
            }
          }, 60);
        },
        { stallMs: 400 },
      );
      let count = 0;
      for await (const part10 of archive.retrieveSeries(STUDY, SERIES)) {
        count += Number(part10.length > 0);
        if (count === 2) await isAllSent;
      }
      expect(count).toBe(12);
    });
  });

  describe('an archive that lies', () => {
    it('about lengths still gives its images', async () => {
      const { archive } = await archiveOf(
        wellBut((_request, response, path) => {
          if (!isSeries(path)) return false;
          response.writeHead(200, { 'Content-Type': MULTIPART });
          response.end(
            Buffer.concat([...images.map(({ part10 }, nth) => part(part10, part10.length + (nth % 2 ? 17 : -9))), END]),
          );
          return true;
        }),
      );
      expect((await framesFrom(archive)).whole).toBe(12);
    });

    it('about its boundary still gives its images', async () => {
      const { archive } = await archiveOf(
        wellBut((_request, response, path) => {
          if (!isSeries(path)) return false;
          response.writeHead(200, { 'Content-Type': MULTIPART.replace(/boundary=.*/, 'boundary=another') });
          response.end(Buffer.concat([...images.map(({ part10 }) => part(part10)), END]));
          return true;
        }),
      );
      expect((await framesFrom(archive)).whole).toBe(12);
    });

    it('with a login page and status 200 gives a reason, not an image', async () => {
      const { archive } = await archiveOf(
        wellBut((_request, response, path) => {
          if (path.endsWith('/metadata')) return false;
          response.writeHead(200, { 'Content-Type': 'text/html' });
          response.end('<html>Please log in</html>');
          return true;
        }),
      );
      const { whole, problems, notices } = await framesFrom(archive);
      expect([whole, [...problems]]).toEqual([0, ['the site did not send this image (bad-answer)']]);
      expect(notices[0]).toBe('The site sent something else than these images; asking again (2 of 5).');
    });

    it('with an image of another study in place of ours never shows it', async () => {
      const [foreign] = smallSeries('1.9.9', '1.9.9.4', 1);
      const { archive } = await archiveOf(
        wellBut((_request, response, path) => {
          if (path.endsWith('/metadata')) return false;
          const others = isSeries(path) ? images.slice(1).map(({ part10 }) => part10) : [];
          sendParts(response, [foreign!.part10, ...others]);
          return true;
        }),
      );
      const { whole, problems } = await framesFrom(archive);
      expect([whole, [...problems]]).toEqual([11, ['the site sent an image of something else in its place']]);
    });

    it('with the metadata of another study is not believed', async () => {
      const { archive } = await archiveOf((_request, response) =>
        sendJson(
          response,
          smallSeries('1.9.9', '1.9.9.4', 2).map((image) => image.metadata),
        ),
      );
      await expect(framesFrom(archive)).rejects.toMatchObject({ code: 'bad-answer' });
    });

    it('with a stream that is not packed as it says gives a bad answer', async () => {
      const { archive } = await archiveOf((_request, response) => {
        response.writeHead(200, { 'Content-Type': 'application/dicom+json', 'Content-Encoding': 'gzip' });
        response.end('[not gzip]');
      });
      expect(await codeOf(archive.studyMetadata(STUDY))).toBe('bad-answer');
    });
  });

  describe('a hostile archive', () => {
    it('whose one image never ends is given up at the size an image can have', async () => {
      let sent = 0;
      const { archive } = await archiveOf((_request, response) => {
        response.writeHead(200, { 'Content-Type': MULTIPART });
        response.write(part(new Uint8Array(0), 1e12));
        const block = Buffer.alloc(1024 * 1024, 7);
        const more = () => {
          while (!response.destroyed && response.write(block)) sent += block.length;
          sent += block.length;
        };
        response.on('drain', more);
        more();
      });
      const bounds = { maxBytes: 16 * 1024 * 1024 };
      expect(await codeOf(archive.retrieveInstance(STUDY, SERIES, '1.5', undefined, bounds))).toBe('bad-answer');
      expect(sent).toBeLessThan(64 * 1024 * 1024);
    });

    it('that sends the same image without end is given up', async () => {
      let sent = 0;
      const { archive } = await archiveOf(
        wellBut((_request, response, path) => {
          if (!isSeries(path)) return false;
          response.writeHead(200, { 'Content-Type': MULTIPART });
          const block = part(images[1]!.part10);
          const more = () => {
            sent += 1;
            while (!response.destroyed && response.write(block)) sent += 1;
          };
          response.on('drain', more);
          more();
          return true;
        }),
      );
      const { whole } = await framesFrom(archive);
      expect(whole).toBe(12);
      expect(sent).toBeLessThan(20_000);
    });

    it('that packs a mountain into a molehill is given up long before the mountain stands', async () => {
      const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024, 0x20));
      const { archive } = await archiveOf((_request, response) => {
        response.writeHead(200, { 'Content-Type': 'application/dicom+json', 'Content-Encoding': 'gzip' });
        response.end(bomb);
      });
      expect(bomb.length).toBeLessThan(200_000);
      expect(await codeOf(archive.studyMetadata(STUDY))).toBe('bad-answer');
    });

    it('that sends us elsewhere does not get our credentials there', async () => {
      const elsewhere = await startScriptedArchive((request, response) => {
        response.writeHead(200, { 'Content-Type': 'application/dicom+json' });
        response.end(JSON.stringify([{ seen: request.headers.authorization ?? 'none' }]));
      });
      closing.push(() => elsewhere.close());
      const { archive } = await archiveOf(
        (_request, response, path) => {
          response.writeHead(302, { Location: `${elsewhere.url}${path}` });
          response.end();
        },
        { auth: { basic: { user: 'reader', password: 'secret' } } },
      );
      expect(await codeOf(archive.studyMetadata(STUDY))).toBe('refused');
      expect(elsewhere.asked).toEqual([]);
    });

    it('leaves the other sites alone', async () => {
      const { archive: hostile } = await archiveOf((_request, response) => {
        response.writeHead(200, { 'Content-Type': MULTIPART });
        response.write('--');
      }, IMPATIENT);
      const { archive: good } = await archiveOf(wellBut(() => false));
      const [bad, well] = await Promise.all([codeOf(drain(hostile.retrieveSeries(STUDY, SERIES))), framesFrom(good)]);
      expect([bad, well.whole]).toEqual(['stalled', 12]);
    });
  });
});
