import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';

import type { SiteRequest } from './exchange.ts';
import type { MeteredExchange } from './line-meter.ts';

/** An answer that has begun: its body is not read yet. */
export interface Answering {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readable;
  /** Gives the body up at once. */
  cut(): void;
  /** Gives it up in the way that costs the connection least. */
  letGo(): void;
  /** What broke the body off, in our words. */
  failure(error: unknown): unknown;
}

/** Asks one thing of a site, over whatever version of HTTP it is. */
export type Ask = (url: URL, request: SiteRequest, metered: MeteredExchange) => Promise<Answering>;

export interface Patience {
  /** How long a body may bring nothing before it is given up. */
  readonly stallMs: number;
  /** How long a server may think before it begins to answer. */
  readonly answerMs: number;
  readonly connectMs: number;
}

/** Error code of a connection that never came to be: nothing was sent. */
export const CONNECT_TIMEOUT = 'CONNECT_TIMEOUT';

export const connectTimeout = (): Error => Object.assign(new Error('no connection'), { code: CONNECT_TIMEOUT });

/** One wait at a time; a new one takes the place of the last. */
export function createDeadline(onMissed: (error: Error) => void) {
  let waiting: NodeJS.Timeout | undefined;
  return {
    within(ms: number, error: () => Error): void {
      clearTimeout(waiting);
      waiting = setTimeout(() => onMissed(error()), ms);
      waiting.unref();
    },
    met(): void {
      clearTimeout(waiting);
    },
  };
}
