import { reportObjects } from '#electron/adapters/dicom-objects/report-objects.ts';
import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { sendMail } from '#electron/adapters/mail/send-mail.ts';
import { sendMllp } from '#electron/adapters/hl7-mllp/send-mllp.ts';
import { writeReportFiles } from '#electron/adapters/report-folder/write-report-files.ts';
import {
  createDeliveryLoop,
  type DeliveryLoop,
  type DeliveryLoopPorts,
} from '#electron/gateway/delivery/create-delivery-loop.ts';
import { createFhirChannel } from '#electron/gateway/delivery/fhir-channel.ts';
import { createFolderChannel } from '#electron/gateway/delivery/folder-channel.ts';
import { createInboxChannel } from '#electron/gateway/delivery/inbox-channel.ts';
import { createHl7Channel } from '#electron/gateway/delivery/hl7-channel.ts';
import { createMailChannel } from '#electron/gateway/delivery/mail-channel.ts';
import type { RenderPdf } from '#electron/gateway/delivery/ports.ts';
import { createStowChannel, type BuildReportObjects } from '#electron/gateway/delivery/stow-channel.ts';
import { systemTimer } from '#electron/ports/timer.ts';
import { noAudit, type Audit } from '#electron/ports/audit.ts';
import type { SiteArchive } from '#electron/ports/site-archive.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { Site } from '#shared/domain/site.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

import { auditedChannels } from './audited-channels.ts';

/** Of one request: a channel makes up to five, and all must end before the attempt counts as lost. */
const SITE_FHIR_TIMEOUT_MS = 15_000;

const buildObjects: BuildReportObjects = reportObjects;

/** The way home of signed reports, on every kind of channel. `timing` is for those who cannot wait as long as a site may take. */
export async function openDelivery(ports: {
  readonly fhir: FhirClient;
  readonly sites: () => readonly Site[];
  readonly archiveOf: (siteId: SiteId) => SiteArchive | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly renderPdf: RenderPdf;
  readonly audit?: Audit;
  readonly timing?: Pick<DeliveryLoopPorts, 'pollMs' | 'inFlightMs' | 'pace'> & { readonly timeoutMs: number };
}): Promise<DeliveryLoop> {
  const { archiveOf, timing, audit = noAudit, ...rest } = ports;
  const patience = timing === undefined ? {} : { timeoutMs: timing.timeoutMs };
  return createDeliveryLoop({
    ...rest,
    ...timing,
    timer: systemTimer,
    channels: auditedChannels(
      {
        hl7: createHl7Channel({ sendMllp, ...patience }),
        fhir: createFhirChannel({
          siteFhir: (url, auth) =>
            createFhirClient({
              baseUrl: url,
              fetch,
              timeoutMs: SITE_FHIR_TIMEOUT_MS,
              ...patience,
              ...(auth === undefined ? {} : { auth }),
            }),
        }),
        stow: createStowChannel({ archiveOf, buildObjects, ...patience }),
        folder: createFolderChannel({ archiveOf, buildObjects, writeReportFiles }),
        inbox: createInboxChannel(),
        mail: createMailChannel({ sendMail, ...patience }),
      },
      audit,
    ),
  });
}
