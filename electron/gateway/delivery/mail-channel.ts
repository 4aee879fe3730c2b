import type { SendMail } from '#electron/ports/mail.ts';
import { SECOND_MS, toIso } from '#shared/kernel/clock.ts';
import type { Channel } from './ports.ts';

export interface MailChannelPorts {
  readonly sendMail: SendMail;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 15 * SECOND_MS;

/**
 * A notice that a report is there, and nothing of what is in it: mail is read on telephones and kept by strangers. Its Message-ID follows from the
 * report, so that a mail store which sees it again knows it.
 */
export const createMailChannel = ({ sendMail, timeoutMs = TIMEOUT_MS }: MailChannelPorts): Channel => ({
  async deliver({ signed, site, channel, channelIndex }) {
    if (channel.kind !== 'mail') return { kind: 'refused', code: 'wrong-channel' };
    return sendMail({
      server: channel.server,
      from: channel.from,
      to: channel.to,
      subject: `A radiology report is ready for ${site.name}`,
      text: [
        `A radiology report for ${site.name} was signed at ${toIso(signed.signedAt).slice(0, 16).replace('T', ' ')} UTC.`,
        'This message holds nothing of the report and nothing about the patient.',
        `Reference: ${signed.reportUuid}, version ${signed.version}`,
        ...(channel.link === undefined ? [] : [`Where to read it: ${channel.link}`]),
        '',
      ].join('\n'),
      messageId: `<${signed.reportUuid}.${channelIndex}@overread.invalid>`,
      date: new Date(signed.signedAt),
      timeoutMs,
    });
  },
});
