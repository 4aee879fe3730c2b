import type { SendMllp } from '#electron/ports/mllp.ts';
import type { SiteArchive } from '#electron/ports/site-archive.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import { createFhirChannel, type SiteFhir } from './fhir-channel.ts';
import { createFolderChannel, type WriteReportFiles } from './folder-channel.ts';
import { createHl7Channel } from './hl7-channel.ts';
import type { Channels } from './ports.ts';
import { createStowChannel, type BuildPdfObject } from './stow-channel.ts';

export interface ChannelPorts {
  readonly sendMllp: SendMllp;
  readonly siteFhir: SiteFhir;
  readonly archiveOf: (siteId: SiteId) => SiteArchive | undefined;
  readonly buildPdfObject: BuildPdfObject;
  readonly writeReportFiles: WriteReportFiles;
}

/** Every way a report can take back to its site. */
export const createChannels = (ports: ChannelPorts): Channels => ({
  hl7: createHl7Channel(ports),
  fhir: createFhirChannel(ports),
  stow: createStowChannel(ports),
  folder: createFolderChannel(ports),
});
