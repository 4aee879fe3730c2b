import { lookup } from 'node:dns/promises';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';

import { z } from 'zod';

import type { LanguageModel } from '#electron/workstation/ports.ts';

import { isPrivateAddress } from './private-address.ts';

export interface LanguageModelSettings {
  /** Base of an OpenAI-compatible server, such as `http://127.0.0.1:8080/v1`. */
  readonly url: string;
  readonly model: string;
  readonly key?: string;
  readonly timeoutMs: number;
}

/** Enough for any impression; a server that sends more is not listened to. */
const LARGEST_ANSWER_BYTES = 256 * 1024;
const MOST_TOKENS = 500;

const completionSchema = z.looseObject({
  choices: z.array(z.looseObject({ message: z.looseObject({ content: z.string() }) })).min(1),
});

/**
 * A chat completion of an OpenAI-compatible server on this machine or in its network, and nowhere else: the address is looked up once, must be a private
 * one, and is the one that is called. Redirects are not followed.
 */
export function createLanguageModel({ url, model, key, timeoutMs }: LanguageModelSettings): LanguageModel {
  const target = new URL(`${url.replace(/\/+$/, '')}/chat/completions`);

  async function addressOf(): Promise<string | undefined> {
    const found = await lookup(target.hostname.replace(/^\[|\]$/g, ''), { all: true });
    return found.every(({ address }) => isPrivateAddress(address)) ? found[0]?.address : undefined;
  }

  return {
    async ask({ instruction, text }) {
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        const address = await addressOf();
        if (address === undefined) return { status: 'failed', code: 'not-local' };
        const body = JSON.stringify({
          model,
          messages: [
            { role: 'system', content: instruction },
            { role: 'user', content: text },
          ],
          temperature: 0,
          max_tokens: MOST_TOKENS,
          stream: false,
        });
        const answer = await post(target, { address, body, key, signal });
        if (answer === undefined) return { status: 'failed', code: 'refused' };
        const parsed = completionSchema.safeParse(JSON.parse(answer));
        const content = parsed.data?.choices[0]?.message.content;
        return content === undefined
          ? { status: 'failed', code: 'not-understood' }
          : { status: 'answered', text: content };
      } catch (error) {
        if (signal.aborted) return { status: 'failed', code: 'too-slow' };
        return { status: 'failed', code: error instanceof SyntaxError ? 'not-understood' : 'unreachable' };
      }
    },
  };
}

/** The body of a 200; undefined for any other status or one that is too large. */
function post(
  target: URL,
  sent: {
    readonly address: string;
    readonly body: string;
    readonly key: string | undefined;
    readonly signal: AbortSignal;
  },
): Promise<string | undefined> {
  const { address, body, key, signal } = sent;
  const isSecure = target.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const hear = (response: IncomingMessage): void => {
      if (response.statusCode !== 200) {
        response.destroy();
        return resolve(undefined);
      }
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= LARGEST_ANSWER_BYTES) return void chunks.push(chunk);
        response.destroy();
        resolve(undefined);
      });
      response.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
      response.once('error', reject);
      response.once('aborted', () => reject(new Error('the answer was cut off')));
    };
    const request = (isSecure ? requestHttps : requestHttp)(
      {
        hostname: address,
        port: target.port === '' ? (isSecure ? 443 : 80) : Number(target.port),
        path: target.pathname,
        method: 'POST',
        ...(isSecure ? { servername: target.hostname } : {}),
        headers: {
          host: target.host,
          'content-type': 'application/json',
          accept: 'application/json',
          'content-length': Buffer.byteLength(body),
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        },
        signal,
      },
      hear,
    );
    request.once('error', reject);
    request.end(body);
  });
}
