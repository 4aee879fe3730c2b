import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { OVERLAY_GROUPS } from '../model/marked-in-file.ts';
import type { Series } from '../model/series.ts';

/** A series with more of them is a stack whose overlays nobody waits for one by one. */
const MOST_INSTANCES = 100;

/** Whether an overlay plane is announced and its pixels were left to bulk data, or out. */
const isIncomplete = (data: DicomJson): boolean =>
  OVERLAY_GROUPS.some(
    (group) =>
      `${group}0010` in data &&
      data[`${group}3000`]?.InlineBinary === undefined &&
      Number(data[`${group}0102`]?.Value?.[0] ?? 0) === 0,
  );

export const lacksOverlays = (series: readonly Series[]): boolean =>
  series.some((one) => one.kind === 'images' && one.drawnOver.some(isIncomplete));

/** The same series with the overlays that archives keep back, as far as they can be had. */
export async function completeOverlays(
  series: readonly Series[],
  fetchWhole: (data: DicomJson) => Promise<DicomJson | undefined>,
): Promise<readonly Series[]> {
  let left = MOST_INSTANCES;
  const completed: Series[] = [];
  for (const one of series) {
    if (one.kind !== 'images' || !one.drawnOver.some(isIncomplete)) {
      completed.push(one);
      continue;
    }
    const drawnOver: DicomJson[] = [];
    for (const data of one.drawnOver) {
      const isAsked = isIncomplete(data) && left > 0;
      if (isAsked) left -= 1;
      drawnOver.push((isAsked ? await fetchWhole(data) : undefined) ?? data);
    }
    completed.push({ ...one, drawnOver });
  }
  return completed;
}
