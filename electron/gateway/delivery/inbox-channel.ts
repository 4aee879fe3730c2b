import type { Channel } from './ports.ts';

/**
 * For a site that has nothing but a browser: its page lists what has been delivered on this channel, so that nothing is to be sent. The page notes who
 * opened the report first (`openedBy`).
 */
export const createInboxChannel = (): Channel => ({
  async deliver({ signed, channel }) {
    if (channel.kind !== 'inbox') return { kind: 'refused', code: 'wrong-channel' };
    return { kind: 'accepted', ackId: `inbox ${signed.reportUuid}` };
  },
});
