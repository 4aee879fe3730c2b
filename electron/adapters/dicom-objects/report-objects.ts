import { encapsulatedPdf } from './encapsulated-pdf.ts';
import {
  keyObjectSelection,
  measurementReport,
  textReport,
  type DicomObject,
  type StructuredReportInput,
} from './structured-reports.ts';

export interface ReportObject extends DicomObject {
  readonly kind: 'pdf' | 'text-report' | 'measurements' | 'key-images';
}

/** Everything one report puts beside the images of one study: the print, the text, and where there are any its numbers and key images. */
export function reportObjects(input: StructuredReportInput & { readonly pdf: Uint8Array }): ReportObject[] {
  const measurements = measurementReport(input);
  const keyImages = keyObjectSelection(input);
  return [
    { kind: 'pdf', ...encapsulatedPdf(input) },
    { kind: 'text-report', ...textReport(input) },
    ...(measurements === undefined ? [] : [{ kind: 'measurements' as const, ...measurements }]),
    ...(keyImages === undefined ? [] : [{ kind: 'key-images' as const, ...keyImages }]),
  ];
}
