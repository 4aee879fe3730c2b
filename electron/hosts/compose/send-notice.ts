import { randomUUID } from 'node:crypto';

import { sendMail } from '#electron/adapters/mail/send-mail.ts';
import type { SendNotice } from '#electron/gateway/critical/create-critical-watch.ts';
import { SECOND_MS } from '#shared/kernel/clock.ts';

const TIMEOUT_MS = 15 * SECOND_MS;

const SUBJECT = {
  'critical-result': 'A critical result waits to be confirmed',
  'follow-up': 'A recommended follow-up is due',
  question: 'The reader has a question',
} as const;

/** By mail, to the addresses that hear of reports too; nothing of the case stands in it. */
export const sendNotice: SendNotice = async (site, what) => {
  const channel = site.returns.find((each) => each.kind === 'mail');
  if (channel?.kind !== 'mail') return false;
  const outcome = await sendMail({
    server: channel.server,
    from: channel.from,
    to: channel.to,
    subject: `${SUBJECT[what]} (${site.name})`,
    text: [
      `${SUBJECT[what]}.`,
      'This message holds nothing about the patient.',
      ...(channel.link === undefined ? [] : [`Where to read it: ${channel.link}`]),
      '',
    ].join('\n'),
    messageId: `<${randomUUID()}@overread.invalid>`,
    date: new Date(),
    timeoutMs: TIMEOUT_MS,
  });
  return outcome.kind === 'accepted';
};
