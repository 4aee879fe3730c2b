import { attachBytes, attachText } from '#electron/ports/attach-text.ts';
import type { SiteArchive } from '#electron/ports/site-archive.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import { reportForSite } from '#shared/fhir/report-for-site.ts';
import { oruFromReport } from '#shared/hl7/oru-from-report.ts';
import { fileStemOf } from '#shared/reporting/stable-ids.ts';
import type { Channel, Consignment } from './ports.ts';
import type { BuildPdfObject } from './stow-channel.ts';

interface ReportFile {
  readonly name: string;
  readonly content: Uint8Array | string;
}
/** Each file whole or not at all, and durable, when this resolves. Rejects with an Error that has a `code`. */
type WriteReportFiles = (folder: string, files: readonly ReportFile[]) => Promise<void>;

export interface FolderChannelPorts {
  readonly writeReportFiles: WriteReportFiles;
  readonly archiveOf: (siteId: SiteId) => SiteArchive | undefined;
  readonly buildPdfObject: BuildPdfObject;
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
  const { signed, signature, site, channelIndex } = consignment;
  const pdf = await consignment.pdf();
  const rendered = attachBytes(pdf);
  const archive = ports.archiveOf(site.id);
  const objects: ReportFile[] = [];
  for (const [studyIndex, studyInstanceUid] of signed.studyInstanceUids.entries()) {
    const study = await firstInstance(archive, studyInstanceUid);
    const { part10 } = ports.buildPdfObject({ signed, pdf, studyInstanceUid, studyIndex, study });
    objects.push({ name: studyIndex === 0 ? `${stem}.dcm` : `${stem}-${studyIndex + 1}.dcm`, content: part10 });
  }
  const fhir = reportForSite({ signed, signature, pdf: rendered }, attachText);
  return [
    { name: `${stem}.pdf`, content: pdf },
    ...objects,
    { name: `${stem}.hl7`, content: oruFromReport({ signed, channelIndex, pdfBase64: rendered.data }) },
    { name: `${stem}.json`, content: `${JSON.stringify(fhir, undefined, 2)}\n` },
  ];
}

/** A folder must take reports when the images are no longer at hand: the object is then written from the report alone. */
async function firstInstance(
  archive: SiteArchive | undefined,
  studyInstanceUid: Consignment['signed']['studyInstanceUids'][number],
): Promise<DicomJson | undefined> {
  try {
    return (await archive?.studyMetadata(studyInstanceUid))?.[0];
  } catch {
    return undefined;
  }
}
