import { createServer } from 'node:http';
import { constants, createSecureServer, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

import { afterEach, describe, expect, it } from 'vitest';

import { createDicomwebArchive, type DicomwebOptions } from '#electron/adapters/dicomweb/index.ts';
import { ArchiveError, type ArchiveAbilities } from '#electron/ports/site-archive.ts';
import {
  archiveOverHttp2,
  bySop,
  closeAll,
  closing,
  framesFrom,
  images,
  IMPATIENT,
  isSeries,
  metadata,
  SERIES,
  sopOf,
  STUDY,
  testTrust,
  wellBut,
} from '#tests/support/archive-by-script.ts';
import { lacks } from '#tests/support/peers.ts';
import { END, MULTIPART, part } from '#tests/support/scripted-archive.ts';

afterEach(closeAll);

interface Listening {
  listen(port: number, host: string, onListening: () => void): unknown;
  address(): AddressInfo | string | null;
  on(event: 'connection', listener: (socket: Socket) => void): unknown;
  close(onClosed: () => void): unknown;
}

/** Listens on loopback; counts connections. */
async function listen(server: Listening) {
  const open = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket) => {
    connections += 1;
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    for (const socket of open) socket.destroy();
    await new Promise<void>((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { url: `https://127.0.0.1:${port}/dicom-web`, connections: () => connections };
}

const tls = () => ({ key: testTrust().identity.key, cert: testTrust().identity.certificate });

type AnswerStream = (stream: ServerHttp2Stream, path: string, server: Http2Server) => void;

/** An HTTP/2 archive in the server's own words: streams, resets, goodbyes. */
async function http2Archive(answer: AnswerStream, options: Partial<DicomwebOptions> = {}) {
  const asked: string[] = [];
  const server = createSecureServer(tls());
  server.on('sessionError', () => undefined);
  server.on('stream', (stream, headers) => {
    const path = String(headers[':path']).replace(/^\/dicom-web/, '');
    asked.push(path);
    stream.on('error', () => undefined);
    answer(stream, path, server);
  });
  const { url, connections } = await listen(server);
  return { archive: createDicomwebArchive({ url, ca: testTrust().pem, ...options }), asked, connections };
}

const parts = (bodies: readonly Uint8Array[]) => Buffer.concat([...bodies.map((body) => part(body)), END]);

const well: AnswerStream = (stream, path) => {
  if (path.endsWith('/metadata')) {
    stream.respond({ ':status': 200, 'content-type': 'application/dicom+json' });
    stream.end(JSON.stringify(metadata));
    return;
  }
  stream.respond({ ':status': 200, 'content-type': MULTIPART });
  stream.end(parts(isSeries(path) ? [...bySop.values()] : [bySop.get(sopOf(path)) ?? new Uint8Array()]));
};

const remembering = (kept?: Partial<ArchiveAbilities>) => {
  let abilities = kept;
  return {
    memory: { read: () => abilities, write: (learned: ArchiveAbilities) => void (abilities = learned) },
    protocol: () => abilities?.protocol,
  };
};

const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'no error',
    (error: unknown) => (error instanceof ArchiveError ? error.code : String(error)),
  );
async function drain(all: AsyncIterable<Uint8Array>): Promise<number> {
  let count = 0;
  for await (const each of all) count += Number(each.length > 0);
  return count;
}

describe.skipIf(lacks('openssl'))('an archive that speaks HTTP/2', () => {
  it('is asked everything over one connection, and remembered so', async () => {
    const { memory, protocol } = remembering();
    const { archive, asked, connections } = await http2Archive(well, { memory });
    expect((await framesFrom(archive)).whole).toBe(12);
    await Promise.all(images.map(({ sop }) => archive.retrieveInstance(STUDY, SERIES, sop)));
    expect(asked.length).toBeGreaterThan(12);
    expect([connections(), protocol()]).toEqual([1, 'h2']);
  });

  it('has an answer nobody wants any more reset at once, and keeps its connection', async () => {
    const reset: number[] = [];
    let wasReset: () => void = () => undefined;
    const isReset = new Promise<void>((resolve) => {
      wasReset = resolve;
    });
    const { archive, connections } = await http2Archive((stream, path, server) => {
      if (!isSeries(path)) {
        well(stream, path, server);
        return;
      }
      stream.respond({ ':status': 200, 'content-type': MULTIPART });
      stream.write(part(images[0]!.part10));
      stream.write(part(images[1]!.part10).subarray(0, 120)); // and no end: only the reader can end this
      stream.on('close', () => {
        reset.push(stream.rstCode);
        wasReset();
      });
    });
    const cancel = new AbortController();
    const coming = archive.retrieveSeries(STUDY, SERIES, cancel.signal);
    const attempt = codeOf(
      (async () => {
        for await (const image of coming) {
          expect(image.length).toBe(images[0]!.part10.length);
          cancel.abort();
        }
      })(),
    );
    expect(await attempt).toBe('cancelled');
    await isReset;
    expect(reset).toEqual([constants.NGHTTP2_CANCEL]);
    await archive.retrieveInstance(STUDY, SERIES, images[3]!.sop);
    expect(connections()).toBe(1);
  });

  it('has an answer reset whose reader leaves in the middle', async () => {
    let closed: (code: number) => void = () => undefined;
    const isClosed = new Promise<number>((resolve) => {
      closed = resolve;
    });
    const { archive } = await http2Archive((stream) => {
      stream.respond({ ':status': 200, 'content-type': MULTIPART });
      stream.write(part(images[0]!.part10));
      stream.write(part(images[1]!.part10).subarray(0, 120));
      stream.on('close', () => closed(stream.rstCode));
    });
    for await (const image of archive.retrieveSeries(STUDY, SERIES)) if (image.length > 0) break;
    expect(await isClosed).toBe(constants.NGHTTP2_CANCEL);
  });

  it('has a refusal without end reset unread', async () => {
    let closed: (code: number) => void = () => undefined;
    const isClosed = new Promise<number>((resolve) => {
      closed = resolve;
    });
    const { archive } = await http2Archive((stream) => {
      stream.respond({ ':status': 404, 'content-type': 'text/plain' });
      stream.write(Buffer.alloc(256 * 1024)); // and no end
      stream.on('close', () => closed(stream.rstCode));
    });
    expect(await codeOf(archive.searchStudies({}))).toBe('not-found');
    expect(await isClosed).toBe(constants.NGHTTP2_CANCEL);
  });

  it('that says goodbye ends what it has begun; what it did not take up is asked anew', async () => {
    let goodbyes = 0;
    const { archive, connections } = await http2Archive((stream, path, server) => {
      if (isSeries(path) || path.endsWith('/metadata') || goodbyes > 0) {
        well(stream, path, server);
        return;
      }
      goodbyes += 1;
      // The first request of the second connection's three: RFC 9113 6.8, nothing above this one is taken up.
      stream.session?.goaway(constants.NGHTTP2_NO_ERROR, stream.id);
      well(stream, path, server);
    });
    const found = await Promise.all(images.map(({ sop }) => archive.retrieveInstance(STUDY, SERIES, sop)));
    expect(found.map(({ length }) => length)).toEqual(images.map(({ part10 }) => part10.length));
    expect(connections()).toBe(2);
  });

  it('that breaks its connection in the middle is asked again for what is missing', async () => {
    let broken = 0;
    const { archive } = await http2Archive((stream, path, server) => {
      if (!isSeries(path) || broken > 0) {
        well(stream, path, server);
        return;
      }
      broken += 1;
      stream.respond({ ':status': 200, 'content-type': MULTIPART });
      stream.write(part(images[0]!.part10), () => stream.session?.destroy());
    });
    const { whole, problems } = await framesFrom(archive);
    expect([whole, [...problems]]).toEqual([12, []]);
  });

  it.each([
    ['shorter', -20],
    ['longer', 20],
  ])('whose body is %s than announced is not believed', async (_words, lie) => {
    const { archive } = await http2Archive((stream) => {
      const body = Buffer.from(JSON.stringify(metadata));
      stream.respond({
        ':status': 200,
        'content-type': 'application/dicom+json',
        'content-length': String(body.length - lie),
      });
      stream.end(body);
    });
    expect(await codeOf(archive.studyMetadata(STUDY))).toBe('bad-answer');
  });

  it('that ends an answer in the middle without an error has not given it', async () => {
    const body = Buffer.from('[]        ');
    const { archive } = await http2Archive((stream) => {
      stream.respond({
        ':status': 200,
        'content-type': 'application/dicom+json',
        'content-length': String(body.length),
      });
      stream.write(body.subarray(0, 2), () => stream.close(constants.NGHTTP2_NO_ERROR));
    });
    expect(await codeOf(archive.studyMetadata(STUDY))).toBe('unreachable');
  });

  it('that never answers on this connection gets another', async () => {
    const { archive, connections, asked } = await http2Archive((stream, path, server) => {
      if (asked.length > 1) well(stream, path, server);
    }, IMPATIENT);
    expect(await codeOf(archive.studyMetadata(STUDY))).toBe('stalled');
    expect(await codeOf(archive.studyMetadata(STUDY))).toBe('no error');
    expect(connections()).toBe(2);
  });

  it('sends no more than a window ahead of a reader who takes his time', async () => {
    let sent = 0;
    const block = Buffer.alloc(256 * 1024, 7);
    let isFull: () => void = () => undefined;
    const full = new Promise<void>((resolve) => {
      isFull = resolve;
    });
    const { archive } = await http2Archive((stream) => {
      stream.respond({ ':status': 200, 'content-type': MULTIPART });
      stream.write(part(images[0]!.part10));
      stream.write(part(new Uint8Array(0), 1e12));
      const more = () => {
        if (stream.destroyed) return;
        sent += block.length;
        const before = sent;
        stream.write(block, more);
        setTimeout(() => {
          if (sent === before) isFull();
        }, 100);
      };
      more();
    });
    for await (const image of archive.retrieveSeries(STUDY, SERIES)) {
      expect(image.length).toBe(images[0]!.part10.length);
      await full;
      break;
    }
    expect(sent).toBeGreaterThan(1024 * 1024);
    expect(sent).toBeLessThan(8 * 1024 * 1024);
  });

  it('gets what must not be sent twice over a connection of its own', async () => {
    const { archive, connections } = await http2Archive((stream, path, server) => {
      if (path !== '/studies') {
        well(stream, path, server);
        return;
      }
      let received = 0;
      stream.on('data', (chunk: Uint8Array) => {
        received += chunk.length;
      });
      stream.on('end', () => {
        expect(received).toBeGreaterThan(images[0]!.part10.length);
        const stored = { '00081155': { vr: 'UI', Value: [images[0]!.sop] } };
        stream.respond({ ':status': 200, 'content-type': 'application/dicom+json' });
        stream.end(JSON.stringify({ '00081199': { vr: 'SQ', Value: [stored] } }));
      });
    });
    await archive.studyMetadata(STUDY);
    expect(await archive.store(images[0]!.part10)).toMatchObject({ kind: 'accepted' });
    expect(connections()).toBe(2);
  });

  it('whose certificate nobody vouches for is not spoken to', async () => {
    const { server } = await archiveOverHttp2(wellBut(() => false));
    const archive = createDicomwebArchive({ url: server.url });
    expect(await codeOf(archive.studyMetadata(STUDY))).toBe('unreachable');
    expect(await archive.store(images[0]!.part10)).toMatchObject({ kind: 'not-taken' });
    expect(server.asked).toEqual([]);
  });
});

describe.skipIf(lacks('openssl'))('an archive with TLS that does not speak HTTP/2', () => {
  /** `speaks`: what it chooses of what it is offered. */
  async function tlsArchive(speaks: (offered: readonly string[]) => string | undefined, memory = remembering()) {
    const http = createServer((request, response) => {
      const path = (request.url ?? '').replace(/^\/dicom-web/, '');
      response.writeHead(200, { 'Content-Type': isSeries(path) ? MULTIPART : 'application/dicom+json' });
      response.end(isSeries(path) ? parts([...bySop.values()]) : JSON.stringify(metadata));
    });
    const server = createTlsServer({ ...tls(), ALPNCallback: ({ protocols }) => speaks(protocols) }, (socket) => {
      socket.on('error', () => undefined);
      if (socket.alpnProtocol === 'h2')
        socket.write('this is not HTTP/2 but something long enough to be seen as wrong');
      else http.emit('connection', socket);
    });
    const { url, connections } = await listen(server);
    const archive = () => createDicomwebArchive({ url, ca: testTrust().pem, memory: memory.memory });
    return { archive, connections, protocol: memory.protocol };
  }

  it('is asked over kept connections of HTTP/1.1, and after a restart without being tried again', async () => {
    const { archive, connections, protocol } = await tlsArchive((offered) =>
      offered.find((each) => each === 'http/1.1'),
    );
    const first = archive();
    expect(await drain(first.retrieveSeries(STUDY, SERIES))).toBe(12);
    expect(await drain(first.retrieveSeries(STUDY, SERIES))).toBe(12);
    expect([connections(), protocol()]).toEqual([1, 'http/1.1']);
    expect(await drain(archive().retrieveSeries(STUDY, SERIES))).toBe(12);
    expect(connections()).toBe(2);
  });

  it('that agrees to HTTP/2 and then speaks something else is asked over HTTP/1.1', async () => {
    const { archive, protocol } = await tlsArchive((offered) => offered.find((each) => each === 'h2') ?? 'http/1.1');
    expect(await drain(archive().retrieveSeries(STUDY, SERIES))).toBe(12);
    expect(protocol()).toBe('http/1.1');
  });

  it('that was remembered to speak HTTP/2 and was changed since is believed as it is now', async () => {
    const memory = remembering({ protocol: 'h2' });
    const { archive, protocol } = await tlsArchive((offered) => offered.find((each) => each === 'http/1.1'), memory);
    expect(await drain(archive().retrieveSeries(STUDY, SERIES))).toBe(12);
    expect(protocol()).toBe('http/1.1');
  });
});
