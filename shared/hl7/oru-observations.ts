import type { CriticalLevel } from '../domain/critical-result.ts';
import type { PlainSection } from '../reporting/plain-sections.ts';
import { reportSections } from '../reporting/report-sections.ts';
import type { KeyImage, SectionRole } from '../reporting/report.ts';
import type { SignedReport } from '../reporting/signed-report.ts';
import { structuredObservations } from './field-observations.ts';
import { mapCode } from './map-fields.ts';
import type { FieldInput } from './message.ts';
import type { OruFormat } from './oru-format.ts';

export interface OruContent {
  readonly signed: SignedReport;
  /** The rendered report, base64; absent when it could not be made. */
  readonly pdfBase64?: string;
  /** The gravest critical result of the reading. */
  readonly criticalLevel?: CriticalLevel;
  /** Base of the site's own DICOMweb service: where it finds the key images. */
  readonly imagesUrl?: string;
}

export interface OruObservation {
  readonly type: 'ST' | 'FT' | 'TX' | 'RP' | 'ED' | 'NM' | 'DT' | 'CWE' | 'CE';
  readonly id: readonly string[];
  readonly subId: string;
  readonly value: FieldInput;
  /** OBX-6. */
  readonly units?: readonly string[];
  /** OBX-8 (table 0078). */
  readonly abnormal: string;
}

/** LOINC of the sections, as IHE RAD Results Distribution and document templates use them. */
const SECTION_CODE: Readonly<Record<Exclude<SectionRole, 'other'>, readonly [string, string]>> = {
  indication: ['55752-0', 'Clinical information'],
  technique: ['55111-9', 'Current imaging procedure descriptions'],
  comparison: ['18834-2', 'Radiology Comparison study'],
  findings: ['59776-5', 'Procedure findings'],
  impression: ['19005-8', 'Radiology Imaging study [Impression]'],
};
const STUDY_CODE = ['113014', 'DICOM Study', 'DCM'];
/** The title of a Key Object Selection (PS3.16 CID 7010). */
const KEY_IMAGE_CODE = ['113000', 'Of Interest', 'DCM'];
const REPORT_CODE = ['18748-4', 'Diagnostic imaging study', 'LN'];

const sectionCode = ({ id, title, role }: PlainSection): readonly string[] =>
  role === 'other' ? [id, title, 'L'] : [...SECTION_CODE[role], 'LN'];

/** Table 0078 knows "very abnormal" and "abnormal"; red and orange must be heard within the shift. */
const ABNORMAL: Readonly<Record<CriticalLevel, string>> = { red: 'AA', orange: 'AA', yellow: 'A' };

/** What a report says as observations: studies, sections, key images, the print. */
export function observationsOf({ signed, pdfBase64, criticalLevel, imagesUrl }: OruContent, format: OruFormat) {
  const abnormal = criticalLevel === undefined ? '' : ABNORMAL[criticalLevel];
  const sections = reportSections(signed);
  const flagged = sections.find(({ role }) => role === 'impression') ?? sections[0];
  const texts = sections.flatMap((section, index) =>
    textsOf(section, format).map((text) => ({
      type: format.lines === 'together' ? ('FT' as const) : ('TX' as const),
      id: sectionCode(section),
      subId: String(index + 1),
      value: text,
      abnormal: section === flagged ? abnormal : '',
    })),
  );
  const observations: readonly OruObservation[] = [
    ...signed.studyInstanceUids.map((uid, index) => plain('ST', STUDY_CODE, String(index + 1), uid)),
    ...(format.content === 'pdf' ? [] : texts),
    ...(format.content === 'pdf' || format.values === 'in-text' ? [] : structuredObservations(signed.body, format)),
    ...(signed.body.keyImages ?? []).map((image, index) =>
      plain('RP', KEY_IMAGE_CODE, String(index + 1), [pointerTo(image, imagesUrl), image.label, 'IM', 'DICOM']),
    ),
    ...(pdfBase64 === undefined || format.content === 'text'
      ? []
      : [
          {
            ...plain('ED', REPORT_CODE, '1', [undefined, 'Application', 'PDF', 'Base64', pdfBase64]),
            // Without its sections the print alone has to raise the flag.
            abnormal: format.content === 'pdf' ? abnormal : '',
          },
        ]),
  ];
  return observations.map((each) => ({ ...each, id: mapCode(each.id, format.codes) }));
}

const plain = (type: OruObservation['type'], id: readonly string[], subId: string, value: FieldInput) => ({
  type,
  id,
  subId,
  value,
  abnormal: '',
});

/** WADO-RS path of the image (PS3.18 10.4.1), below the site's own service where we know it. */
function pointerTo({ studyInstanceUid, seriesInstanceUid, sopInstanceUid, frame }: KeyImage, base: string | undefined) {
  const instance = `studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`;
  const path = frame === undefined ? instance : `${instance}/frames/${frame}`;
  return base === undefined ? path : `${base.replace(/\/+$/, '')}/${path}`;
}

/** A section as the texts of its OBX, none longer than the site takes; cut between words where there are any. */
function textsOf({ lines }: PlainSection, { lines: manner, longestText }: OruFormat): string[] {
  const whole = manner === 'together' ? [lines.join('\n')] : lines;
  return whole.flatMap((text) => cut(text, longestText));
}

function cut(text: string, longest: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > longest) {
    const space = Math.max(rest.lastIndexOf(' ', longest - 1), rest.lastIndexOf('\n', longest - 1)) + 1;
    // A surrogate pair is one character.
    const hard = /[\uD800-\uDBFF]/.test(rest[longest - 1] ?? '') ? longest - 1 : longest;
    const end = space > longest / 2 ? space : hard;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...parts, rest];
}
