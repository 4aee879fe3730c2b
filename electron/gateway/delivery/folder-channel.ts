import { attachBytes, attachText } from '#electron/ports/attach-text.ts';
import type { SiteArchive } from '#electron/ports/site-archive.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import { reportForSite } from '#shared/fhir/report-for-site.ts';
import { oruFromReport } from '#shared/hl7/oru-from-report.ts';
import { SECOND_MS } from '#shared/kernel/clock.ts';
import { fileStemOf } from '#shared/reporting/stable-ids.ts';
import type { Channel, Consignment } from './ports.ts';
import type { BuildReportObjects } from './stow-channel.ts';

interface ReportFile {
  readonly name: string;
  readonly content: Uint8Array | string;
}
/** Each file whole or not at all, and durable, when this resolves. Rejects with an Error that has a `code`. */
type WriteReportFiles = (folder: string, files: readonly ReportFile[]) => Promise<void>;

export interface FolderChannelPorts {
  readonly writeReportFiles: WriteReportFiles;
  readonly archiveOf: (siteId: SiteId) => SiteArchive | undefined;
  readonly buildObjects: BuildReportObjects;
}

/** The report as files: PDF, one DICOM object a study, HL7 v2, and last FHIR JSON. Names are the report's id, nothing of the patient. */
export const createFolderChannel = (ports: FolderChannelPorts): Channel => ({
  async deliver(consignment) {
    const { signed, channel } = consignment;
    if (channel.kind !== 'folder') return { kind: 'refused', code: 'wrong-channel' };
    const stem = fileStemOf(signed.reportUuid, signed.version);
    const files = await filesOf(stem, consignment, ports);
    try {
      await ports.writeReportFiles(channel.path, files);
      return { kind: 'accepted', ackId: `${stem}.json` };
    } catch (error) {
      // Written under the same names next time: whatever was there is replaced by the same.
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
      return { kind: 'not-taken', code: `folder-${code}` };
    }
  },
});

async function filesOf(stem: string, consignment: Consignment, ports: FolderChannelPorts): Promise<ReportFile[]> {
  const { signed, canonical, signature, site, channelIndex, criticalLevel } = consignment;
  const pdf = await consignment.pdf();
  const rendered = attachBytes(pdf);
  const archive = ports.archiveOf(site.id);
  const objects: ReportFile[] = [];
  for (const [studyIndex, studyInstanceUid] of signed.studyInstanceUids.entries()) {
    const metadata = await studyMetadata(archive, studyInstanceUid);
    const study = metadata[0];
    const input = { signed, canonical, signature, pdf, studyInstanceUid, studyIndex, study, metadata };
    for (const { part10 } of ports.buildObjects(input)) {
      const number = objects.length === 0 ? '' : `-${objects.length + 1}`;
      objects.push({ name: `${stem}${number}.dcm`, content: part10 });
    }
  }
  const fhir = reportForSite({ signed, signature, pdf: rendered }, attachText);
  const oru = oruFromReport({
    signed,
    channelIndex,
    pdfBase64: rendered.data,
    ...(criticalLevel === undefined ? {} : { criticalLevel }),
  });
  return [
    { name: `${stem}.pdf`, content: pdf },
    ...objects,
    { name: `${stem}.hl7`, content: oru },
    { name: `${stem}.json`, content: `${JSON.stringify(fhir, undefined, 2)}\n` },
  ];
}

const ARCHIVE_TIMEOUT_MS = 20 * SECOND_MS;

/** A folder must take reports when the images are no longer at hand: the objects are then written from the report alone. */
async function studyMetadata(
  archive: SiteArchive | undefined,
  studyInstanceUid: Consignment['signed']['studyInstanceUids'][number],
): Promise<readonly DicomJson[]> {
  try {
    return (await archive?.studyMetadata(studyInstanceUid, AbortSignal.timeout(ARCHIVE_TIMEOUT_MS))) ?? [];
  } catch {
    return [];
  }
}
