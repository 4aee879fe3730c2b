import type { Channel, Channels } from '#electron/gateway/delivery/ports.ts';
import type { Audit } from '#electron/ports/audit.ts';

/** The same channels, each writing down what went to whom and how the site answered. */
export function auditedChannels(channels: Channels, audit: Audit): Channels {
  const audited = (name: string, channel: Channel): Channel => ({
    ...channel,
    async deliver(consignment) {
      const outcome = await channel.deliver(consignment);
      const { signed } = consignment;
      audit.record({
        act: 'delivery.attempted',
        actor: 'gateway',
        outcome: outcome.kind === 'accepted' ? 'done' : outcome.kind === 'refused' ? 'refused' : 'failed',
        code: outcome.kind === 'accepted' ? 'accepted' : outcome.code,
        channel: name,
        siteId: signed.task.siteId,
        taskId: signed.taskId,
        reportUuid: signed.reportUuid,
        version: signed.version,
      });
      return outcome;
    },
  });
  return Object.fromEntries(
    Object.entries(channels).map(([name, channel]) => [name, audited(name, channel)]),
  ) as Record<keyof Channels, Channel>;
}
