/** One answer of a site's server: status and headers are here, the body comes as it is taken. */
export interface SiteAnswer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  /** Unpacked. Leaving it early gives the rest up. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Gives the body up unread. */
  readonly discard: () => Promise<void>;
}

export interface SiteRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly signal?: AbortSignal;
}

export type Send = (url: string, request: SiteRequest) => Promise<SiteAnswer>;

/** Nothing, or next to nothing, came for too long. */
export class StalledExchange extends Error {
  constructor() {
    super('the server has stopped sending');
    this.name = 'StalledExchange';
  }
}

/** The body ended before as much had come as its header announced. */
export class BrokenOff extends Error {
  constructor() {
    super('the answer ended too early');
    this.name = 'BrokenOff';
  }
}

/** More came out of a packed answer than any images or metadata hold. */
export class OverpackedAnswer extends Error {
  constructor() {
    super('the answer unpacks to more than is believable');
    this.name = 'OverpackedAnswer';
  }
}

/** The same over a `fetch`, for what already speaks it. */
export const sendByFetch =
  (fetchFunction: typeof fetch): Send =>
  async (url, { method, headers, body, signal }) => {
    const response = await fetchFunction(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body: Buffer.from(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    return {
      status: response.status,
      header: (name) => response.headers.get(name) ?? undefined,
      body: (response.body ?? []) as AsyncIterable<Uint8Array>,
      discard: async () => {
        await response.body?.cancel();
      },
    };
  };
