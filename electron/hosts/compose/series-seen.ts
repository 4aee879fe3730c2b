import { isPicture, seriesUidOf, sopInstanceUidOf } from '#electron/workstation/studies/series-order.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { SeriesSeen } from '#shared/reporting/checks/check-facts.ts';

const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';

const textAt = (instance: DicomJson | undefined, tag: string): string | undefined => {
  const value: unknown = instance?.[tag]?.Value?.[0];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
};
/** Image Type (0008,0008) of a scout holds LOCALIZER (PS3.3 C.8.2.1.1.1). */
const isLocalizer = (instance: DicomJson): boolean =>
  (instance['00080008']?.Value ?? []).some((part: unknown) => part === 'LOCALIZER');
/** Pages that a scanner pastes beside its images: dose, protocol, saved screens. */
const isCapture = (instance: DicomJson): boolean =>
  textAt(instance, '00080016')?.startsWith(SECONDARY_CAPTURE) === true;

/** How much of each series was on screen; `metadata` of one study. */
export function seriesSeen(metadata: readonly DicomJson[], seen: ReadonlySet<string>): SeriesSeen[] {
  const pictures = metadata.filter(isPicture);
  const hasOthers = pictures.some((instance) => !isCapture(instance));
  const bySeries = new Map<string, DicomJson[]>();
  for (const instance of pictures) {
    const uid = seriesUidOf(instance);
    const known = bySeries.get(uid);
    if (known === undefined) bySeries.set(uid, [instance]);
    else known.push(instance);
  }
  return [...bySeries.values()].map((instances) => {
    const [first] = instances;
    const number = Number(first?.['00200011']?.Value?.[0] ?? Number.NaN);
    const description = textAt(first, '0008103E');
    return {
      ...(Number.isFinite(number) ? { number } : {}),
      ...(description === undefined ? {} : { description }),
      images: instances.length,
      seen: instances.filter((instance) => seen.has(sopInstanceUidOf(instance))).length,
      isScout: instances.every((instance) => isLocalizer(instance) || (hasOthers && isCapture(instance))),
    };
  });
}
