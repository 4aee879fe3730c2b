import type { ImageReference, ReportMeasurement } from '#shared/reporting/report.ts';

import { say } from '../ui/index.ts';
import { useReading } from './reading.ts';
import { showReported, viewerContextKey } from './viewer-slot.tsx';

/** From a line of the report to the image or the planes it speaks of. */
export function goBackTo(reported: ImageReference | ReportMeasurement): void {
  const isSameCase = useReading.getState().opened?.contextKey === viewerContextKey();
  if (isSameCase && showReported(reported)) return;
  const { label } = 'trackingUuid' in reported ? reported.image : reported;
  say(`${label} is not among the images of this window.`);
}
