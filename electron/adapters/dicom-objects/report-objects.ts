import { encapsulatedPdf } from './encapsulated-pdf.ts';
import { keyObjectSelections } from './key-objects.ts';
import { measurementReport } from './measurement-report.ts';
import { presentationStates } from './presentation-states.ts';
import type { DicomObject, StructuredReportInput } from './report-documents.ts';
import { textReport } from './text-report.ts';

export interface ReportObject extends DicomObject {
  readonly kind: 'pdf' | 'text-report' | 'measurements' | 'key-images' | 'presentation';
}

/**
 * Everything one report puts beside the images of one study: the print, the text, and where there are any its measurements, its key images and how
 * the reader saw them.
 */
export function reportObjects(input: StructuredReportInput & { readonly pdf: Uint8Array }): ReportObject[] {
  const measurements = measurementReport(input);
  return [
    { kind: 'pdf', ...encapsulatedPdf(input) },
    { kind: 'text-report', ...textReport(input) },
    ...(measurements === undefined ? [] : [{ kind: 'measurements' as const, ...measurements }]),
    ...keyObjectSelections(input).map((object) => ({ kind: 'key-images' as const, ...object })),
    ...presentationStates(input).map((object) => ({ kind: 'presentation' as const, ...object })),
  ];
}
