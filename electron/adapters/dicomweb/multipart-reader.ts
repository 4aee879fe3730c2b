/** One part of a `multipart/related` answer. */
export interface Part {
  /** Header names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/** The answer is not the multipart it claims to be. */
export class MalformedMultipart extends Error {}

export interface MultipartLimits {
  readonly maxPartBytes: number;
  /** Told what has come of a part's body whenever more has; the bytes hold only during the call. */
  readonly onBeginning?: (body: Uint8Array) => void;
}

const MAX_HEADER_BYTES = 65_536;

/** The `boundary` parameter of a Content-Type, quoted or not (RFC 2046 5.1.1). */
export function boundaryOf(contentType: string): string | undefined {
  const match = /;\s*boundary\s*=\s*(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  return match?.[1] ?? match?.[2];
}

/** Bytes that have arrived and are not yet consumed, in one growing buffer. */
function createInbox(chunks: AsyncIterator<Uint8Array>) {
  let onMore: ((pending: Uint8Array) => void) | undefined;
  let buffer = Buffer.alloc(65_536);
  let start = 0;
  let end = 0;
  const pending = () => buffer.subarray(start, end);
  return {
    pending,
    consume(count: number): void {
      start += count;
    },
    /** From now on told of what is pending whenever it grows. */
    tell(listener: ((pending: Uint8Array) => void) | undefined): void {
      onMore = listener;
    },
    /** Waits for more; false when the answer has ended. */
    async more(): Promise<boolean> {
      const { done, value } = await chunks.next();
      if (done === true) return false;
      if (end + value.length > buffer.length) {
        const held = end - start;
        const grown =
          held + value.length > buffer.length ? Buffer.alloc(Math.max(buffer.length * 2, held + value.length)) : buffer;
        buffer.copy(grown, 0, start, end);
        buffer = grown;
        start = 0;
        end = held;
      }
      buffer.set(value, end);
      end += value.length;
      onMore?.(pending());
      return true;
    },
  };
}

type Inbox = ReturnType<typeof createInbox>;

/** Index of `needle` in what is pending, reading on until it is there; -1 at the end of the answer. */
async function find(inbox: Inbox, needle: Buffer, limit: number, what: string): Promise<number> {
  let from = 0;
  for (;;) {
    const at = inbox.pending().indexOf(needle, from);
    if (at >= 0) return at;
    const held = inbox.pending().length;
    if (held > limit) throw new MalformedMultipart(`${what} is longer than allowed`);
    from = Math.max(0, held - needle.length);
    if (!(await inbox.more())) return -1;
  }
}

async function hold(inbox: Inbox, bytes: number): Promise<boolean> {
  while (inbox.pending().length < bytes) if (!(await inbox.more())) return false;
  return true;
}

function parseHeaders(text: string): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}

/** The boundary as the body shows it, for answers whose Content-Type names none or another one. */
async function firstDelimiter(inbox: Inbox, declared: string | undefined): Promise<Buffer> {
  const wanted = declared === undefined ? undefined : Buffer.from(`--${declared}`);
  for (;;) {
    const pending = inbox.pending();
    const at = wanted === undefined ? -1 : pending.indexOf(wanted);
    if (wanted !== undefined && at >= 0) {
      inbox.consume(at + wanted.length);
      return wanted;
    }
    const line = /^(?:\r?\n)*(--[^\r\n]{1,200})\r?\n/.exec(pending.subarray(0, 512).toString('latin1'));
    if (line?.[1] !== undefined) {
      const shown = Buffer.from(line[1].trimEnd(), 'latin1');
      inbox.consume(pending.indexOf(shown) + shown.length);
      return shown;
    }
    if (pending.length > MAX_HEADER_BYTES || !(await inbox.more())) break;
  }
  throw new MalformedMultipart('no boundary in the answer');
}

/** Reads headers of the next part; undefined after the closing delimiter. */
async function nextHeaders(inbox: Inbox): Promise<Map<string, string> | undefined> {
  if (!(await hold(inbox, 2))) return undefined;
  if (inbox.pending().subarray(0, 2).toString('latin1') === '--') return undefined;
  const lineEnd = await find(inbox, Buffer.from('\n'), MAX_HEADER_BYTES, 'a delimiter line');
  if (lineEnd < 0) throw new MalformedMultipart('the answer ends inside a part');
  inbox.consume(lineEnd + 1);
  const lines: string[] = [];
  for (let size = 0; size < MAX_HEADER_BYTES;) {
    const end = await find(inbox, Buffer.from('\n'), MAX_HEADER_BYTES, 'a header');
    if (end < 0) throw new MalformedMultipart('the answer ends inside a part');
    const line = inbox.pending().subarray(0, end).toString('latin1').trimEnd();
    inbox.consume(end + 1);
    if (line === '') return parseHeaders(lines.join('\n'));
    lines.push(line);
    size += end;
  }
  throw new MalformedMultipart('a part has endless headers');
}

/** What follows the closing delimiter means nothing, but a connection is only whole again at the end of the answer. */
async function readToEnd(inbox: Inbox): Promise<void> {
  for (let read = 0; read < MAX_HEADER_BYTES;) {
    inbox.consume(inbox.pending().length);
    if (!(await inbox.more())) return;
    read += inbox.pending().length;
  }
}

const isDelimiterAt = (bytes: Buffer, at: number, delimiter: Buffer): boolean => {
  const lineEnd = bytes[at] === 0x0d && bytes[at + 1] === 0x0a ? 2 : bytes[at] === 0x0a ? 1 : 0;
  return lineEnd > 0 && bytes.subarray(at + lineEnd, at + lineEnd + delimiter.length).equals(delimiter);
};

/** Length of the part's body: by its Content-Length where a delimiter follows there, else by search. */
async function bodyLength(inbox: Inbox, claimed: number, delimiter: Buffer, limit: number): Promise<number> {
  if (Number.isInteger(claimed) && claimed >= 0 && claimed <= limit) {
    await hold(inbox, claimed + delimiter.length + 2);
    if (isDelimiterAt(inbox.pending(), claimed, delimiter)) return claimed;
  }
  const at = await find(inbox, Buffer.concat([Buffer.from('\n'), delimiter]), limit, 'a part');
  if (at < 0) throw new MalformedMultipart('the answer ends inside a part');
  return at > 0 && inbox.pending()[at - 1] === 0x0d ? at - 1 : at;
}

/**
 * The parts of a multipart body, one by one as they arrive; each body is a copy of its own. Wrong Content-Lengths, bare
 * line feeds and a boundary other than declared are tolerated; an end inside a part is an error after the parts before it.
 */
export async function* readMultipart(
  chunks: AsyncIterable<Uint8Array>,
  boundary: string | undefined,
  limits: MultipartLimits,
): AsyncGenerator<Part> {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    const inbox = createInbox(iterator);
    const delimiter = await firstDelimiter(inbox, boundary);
    for (;;) {
      const headers = await nextHeaders(inbox);
      if (headers === undefined) {
        await readToEnd(inbox);
        return;
      }
      const claimed = Number(headers.get('content-length') ?? Number.NaN);
      inbox.tell(limits.onBeginning);
      const length = await bodyLength(inbox, claimed, delimiter, limits.maxPartBytes);
      inbox.tell(undefined);
      const body = new Uint8Array(inbox.pending().subarray(0, length));
      const rest = inbox.pending();
      const lineEnd = rest[length] === 0x0d ? 2 : 1;
      inbox.consume(length + lineEnd + delimiter.length);
      yield { headers, body };
    }
  } finally {
    await iterator.return?.();
  }
}
