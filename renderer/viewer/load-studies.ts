import { api } from 'dicomweb-client';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { bulkAddresses } from './model/lookup-table.ts';
import type { Claim } from './pixels/request-places.ts';
import { requestPlaces } from './requests.ts';
import { readSeries, type Series, type StudyRole } from './model/series.ts';

export interface StudyToShow {
  readonly studyInstanceUid: string;
  readonly role: StudyRole;
  readonly description: string;
  readonly date?: string;
  readonly modality?: string;
  /** SOP Instance UIDs that came after the reading was signed and were not looked at. */
  readonly lateImages?: readonly string[];
}

/** Lookup tables that the metadata only points to, fetched through the door whatever host they name. */
async function fetchBulk(
  addresses: readonly string[],
  origin: string,
  claim: Claim,
  signal: AbortSignal,
): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  const wanted = [...new Set(addresses)].slice(0, 64);
  await Promise.all(
    wanted.map(async (address) => {
      const path = /\/studies\/.*/.exec(address)?.[0];
      if (path === undefined) return;
      const ask = async () => {
        const response = await fetch(`${origin}/dicomweb${path}`, {
          signal,
          headers: { accept: 'application/octet-stream' },
        });
        if (response.ok) found.set(address, new Uint8Array(await response.arrayBuffer()));
      };
      await requestPlaces.during(claim, ask, signal).catch(() => undefined);
    }),
  );
  return found;
}

const LUT_HOLDERS = ['00283000', '00283010', '52009229', '52009230'];
const PALETTE = /^002812[02][123]$/;

function tableAddresses(data: DicomJson): string[] {
  const holders = Object.fromEntries(
    Object.entries(data).filter(([tag]) => LUT_HOLDERS.includes(tag) || PALETTE.test(tag)),
  );
  return bulkAddresses(holders);
}

/** A study's series from its WADO-RS metadata (PS3.18 10.4.1.1.2). Throws when the study cannot be had. */
export async function loadStudy(
  study: StudyToShow,
  origin: string,
  claim: Claim,
  signal: AbortSignal,
): Promise<Series[]> {
  const client = new api.DICOMwebClient({ url: `${origin}/dicomweb`, singlepart: false });
  const instance = new XMLHttpRequest();
  signal.addEventListener('abort', () => instance.abort());
  // The package's types do not know what of a `request` its code takes.
  const wanted = { studyInstanceUID: study.studyInstanceUid, request: { instance } } as unknown as Parameters<
    typeof client.retrieveStudyMetadata
  >[0];
  const ask = () => client.retrieveStudyMetadata(wanted);
  const instances = (await requestPlaces.during(claim, ask, signal)) as unknown as DicomJson[];
  const bulk = await fetchBulk(instances.flatMap(tableAddresses), origin, claim, signal);
  return readSeries(instances, study.role, (address) => bulk.get(address));
}
