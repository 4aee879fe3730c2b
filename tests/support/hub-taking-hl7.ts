import { join } from 'node:path';

import { answerHl7 } from '#electron/gateway/intake/answer-hl7.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { Site } from '#shared/domain/site.ts';
import { silentLog } from '#shared/kernel/log.ts';

import { machineClock, openRealHub, temporaryFolder, type RealHub } from './intake-rig.ts';

/** MSH of a message of this event and control id. */
export const messageHead = (event: string, id: string): string =>
  `MSH|^~\\&|HIS|MERCY|||20261121220000||${event}|${id}|P|2.5.1`;

const siteOf = (id: string): Site => ({
  id: id as SiteId,
  name: id,
  orders: { hl7ListenPort: 0, unordered: 'ignore' },
  returns: [],
  turnaroundMinutes: {},
});

/** The real hub on a real file with the gateway's intake before it. */
export interface HubTakingHl7 {
  readonly fhir: RealHub['fhir'];
  /** Throws unless the message is acknowledged with AA. */
  send(siteId: string, message: string): Promise<void>;
  close(): Promise<void>;
}

export function openHubTakingHl7(): HubTakingHl7 {
  const folder = temporaryFolder();
  const hub = openRealHub(join(folder.path, 'hub.sqlite'));
  let sent = 0;
  return {
    fhir: hub.fhir,
    async send(siteId, message) {
      const nextControlId = () => `C${(sent += 1)}`;
      const reception = { fhir: hub.fhir, clock: machineClock, log: silentLog, nextControlId };
      const bytes = await answerHl7(new TextEncoder().encode(message), siteOf(siteId), reception);
      const answer = new TextDecoder().decode(bytes);
      if (!answer.includes('MSA|AA')) throw new Error(`not acknowledged: ${answer}`);
    },
    async close() {
      await hub.close();
      folder.remove();
    },
  };
}
