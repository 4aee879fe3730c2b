import { createTransport } from 'nodemailer';

import type { SendMail } from '#electron/ports/mail.ts';
import type { AttemptOutcome } from '#shared/domain/delivery.ts';
import type { MailServer } from '#shared/domain/site.ts';

/** One message over SMTP (RFC 5321). Only the server's answer to the whole message says that it took it. */
export const sendMail: SendMail = async ({ server, timeoutMs, ...message }) => {
  const spoken = listenForData();
  const transport = createTransport({
    host: server.host,
    port: server.port,
    ...securityOf(server),
    ...(server.auth === undefined ? {} : { auth: { user: server.auth.user, pass: server.auth.password } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    logger: spoken.logger,
    transactionLog: true,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const { response, rejected, messageId } = await transport.sendMail({ ...message, to: [...message.to] });
    // A server that takes some of the addresses has the message: a repeat would reach those twice.
    return rejected.length === 0
      ? { kind: 'accepted', ackId: messageId, answer: response }
      : { kind: 'refused', code: 'mail-some-addresses-refused', answer: response };
  } catch (error) {
    return outcomeOf(error, spoken.hasOfferedText());
  } finally {
    transport.close();
  }
};

function securityOf({ security, ca }: MailServer) {
  const tls = ca === undefined ? {} : { tls: { ca } };
  switch (security) {
    case 'tls':
      return { secure: true, ...tls };
    case 'starttls':
      return { requireTLS: true, ...tls };
    case 'none':
      return { ignoreTLS: true };
    default:
      return security satisfies never;
  }
}

/** The errors of a broken line do not say how far the talk had come; the talk itself does. Nothing of it is kept. */
function listenForData() {
  let hasOfferedText = false;
  const hear = (_entry: unknown, line?: unknown): void => {
    if (line === 'DATA') hasOfferedText = true;
  };
  return {
    hasOfferedText: () => hasOfferedText,
    logger: { level: () => undefined, trace: hear, debug: hear, info: hear, warn: hear, error: hear, fatal: hear },
  };
}

function outcomeOf(error: unknown, hasOfferedText: boolean): AttemptOutcome {
  const { code, responseCode, response } = (typeof error === 'object' && error !== null ? error : {}) as {
    readonly code?: unknown;
    readonly responseCode?: unknown;
    readonly response?: unknown;
  };
  if (typeof responseCode === 'number' && responseCode >= 500) {
    const answer = typeof response === 'string' ? { answer: response } : {};
    return { kind: 'refused', code: `mail-${responseCode}`, ...answer };
  }
  if (typeof responseCode === 'number' && responseCode >= 400)
    return { kind: 'not-taken', code: `mail-${responseCode}` };
  const name = typeof code === 'string' ? code.toLowerCase() : 'failed';
  return { kind: hasOfferedText ? 'unknown' : 'not-taken', code: `mail-${name}` };
}
