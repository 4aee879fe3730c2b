import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { text } from './model/attributes.ts';
import { ONE_ANSWER, requestPlaces } from './requests.ts';

/** One object with the binary values that the metadata of its study leaves out. Undefined: it cannot be had. */
export async function fetchWhole(data: DicomJson, signal: AbortSignal): Promise<DicomJson | undefined> {
  const uids = ['0020000D', '0020000E', '00080018'].map((tag) => encodeURIComponent(text(data, tag) ?? ''));
  const path = `/dicomweb/studies/${uids[0]}/series/${uids[1]}/instances/${uids[2]}/metadata`;
  const ask = async () => {
    const response = await fetch(path, { signal, headers: { accept: 'application/dicom+json' } });
    return response.ok ? ((await response.json()) as DicomJson[]) : [];
  };
  try {
    const [whole] = await requestPlaces.during(ONE_ANSWER, ask, signal);
    return whole;
  } catch {
    return undefined;
  }
}
