import type { ImageReference, ReportMeasurement } from '#shared/reporting/report.ts';
import { openSession } from './commands.ts';
import { findImage } from './image-reference.ts';
import { standAgain } from './plane-lengths.ts';
import { useViewer } from './viewer-store.ts';

/** What a report can point back at. */
export type Reported = ImageReference | ReportMeasurement;

/** The way back from the report: the drawing where it still stands, else the planes it was drawn on, else the image. False where it is not here. */
export function showReported(reported: Reported): boolean {
  const session = openSession();
  const [measurement, image] = 'trackingUuid' in reported ? [reported, reported.image] : [undefined, reported];
  const { measurements, planeLengths } = useViewer.getState();
  const found = findImage(image);
  if (!session || !found) return false;
  const id = measurement?.trackingUuid;
  const onPlane = planeLengths.find((one) => one.id === id) ?? (measurement && standAgain(measurement, found));
  if (onPlane) session.planes.show(onPlane);
  else if (id !== undefined && measurements.present.some((one) => one.id === id)) session.showMeasurement(id);
  else session.showImage(found.facts.imageId);
  return true;
}
