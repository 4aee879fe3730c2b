import { encapsulatedPdf } from '#electron/adapters/dicom-objects/encapsulated-pdf.ts';
import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { sendMllp } from '#electron/adapters/hl7-mllp/send-mllp.ts';
import { createPdfRenderer } from '#electron/adapters/pdf/create-pdf-renderer.ts';
import { loadReportFonts } from '#electron/adapters/pdf/load-report-fonts.ts';
import { writeReportFiles } from '#electron/adapters/report-folder/write-report-files.ts';
import { createDeliveryLoop, type DeliveryLoop } from '#electron/gateway/delivery/create-delivery-loop.ts';
import { createFhirChannel } from '#electron/gateway/delivery/fhir-channel.ts';
import { createFolderChannel } from '#electron/gateway/delivery/folder-channel.ts';
import { createHl7Channel } from '#electron/gateway/delivery/hl7-channel.ts';
import { createStowChannel } from '#electron/gateway/delivery/stow-channel.ts';
import { systemTimer } from '#electron/ports/timer.ts';
import type { SiteArchive } from '#electron/ports/site-archive.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { Site } from '#shared/domain/site.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

const SITE_TIMEOUT_MS = 30_000;

/** The way home of signed reports, on every kind of channel. */
export async function openDelivery(ports: {
  readonly fhir: FhirClient;
  readonly sites: () => readonly Site[];
  readonly archiveOf: (siteId: SiteId) => SiteArchive | undefined;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<DeliveryLoop> {
  const { archiveOf } = ports;
  const pdf = createPdfRenderer(await loadReportFonts());
  return createDeliveryLoop({
    ...ports,
    timer: systemTimer,
    renderPdf: async (print) => (await pdf.render(print.signed)).bytes,
    channels: {
      hl7: createHl7Channel({ sendMllp }),
      fhir: createFhirChannel({
        siteFhir: (_site, url) => createFhirClient({ baseUrl: url, fetch, timeoutMs: SITE_TIMEOUT_MS }),
      }),
      stow: createStowChannel({ archiveOf, buildPdfObject: encapsulatedPdf }),
      folder: createFolderChannel({ archiveOf, buildPdfObject: encapsulatedPdf, writeReportFiles }),
    },
  });
}
