import type { AiResult } from '../domain/urgency.ts';
import { textAt, valuesAt, type DicomJson } from './dicom-json.ts';

/** Secondary Capture Image Storage and its multi-frame kinds (PS3.4 B.5). */
const SECONDARY_CAPTURE = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.7(\.[1-4])?$/;

/** Code of Contributing Equipment that works on images somebody else made (PS3.16 CID 7005, DCM 109102). */
const PROCESSING_EQUIPMENT = '109102';

const CALLS_ITSELF_ALGORITHM = /\b(ai|cad|cadt|cadx|algorithm|triage)\b/i;

const SAYS_YES = /\b(suspected|suspicious|suspicion|positive|detected|flagged|found|alert)\b/i;
const SAYS_NO =
  /\b(not|no|none|negative|without|un(?:suspicious|remarkable)|nothing|absent|excluded|inconclusive|failed|error)\b/i;
const PERCENT = /\b(\d{1,3}(?:[.,]\d+)?)\s?%/;
const FRACTION = /\b(?:probability|score|confidence|likelihood)\s*[:=]?\s*([01](?:[.,]\d+)?)\b/i;

/**
 * What an algorithm wrote beside a picture of its result: the capture names the algorithm in its header, and says yes in words. A capture that says
 * no, is a mere map, or was made by a person gives nothing: it must not move a case.
 */
export function aiResultsFromSc(instance: DicomJson): readonly AiResult[] {
  if (!SECONDARY_CAPTURE.test(textAt(instance, '00080016') ?? '')) return [];
  const algorithm = algorithmOf(instance);
  if (algorithm === undefined) return [];
  // Image Comments, Derivation Description, Series Description: where makers put the words (PS3.3 C.7.6.1, C.7.3.1).
  const said = ['00204000', '00082111', '0008103E'].flatMap((tag) => textAt(instance, tag)?.trim() || []);
  const finding = said.find((text) => SAYS_YES.test(text) && !SAYS_NO.test(text));
  if (finding === undefined) return [];
  const probability = probabilityIn(finding);
  return [{ finding, ...(probability === undefined ? {} : { probability }), algorithm }];
}

/** The model of the processing equipment that worked on it, else its own where that calls itself an algorithm (PS3.3 C.12.1, C.7.5.1). */
function algorithmOf(instance: DicomJson): string | undefined {
  const [processing] = valuesAt(instance, '0018A001').flatMap((equipment) => {
    const purposes = valuesAt(equipment, '0040A170').map((purpose) => textAt(purpose, '00080100'));
    return purposes.includes(PROCESSING_EQUIPMENT) ? (modelOf(equipment) ?? []) : [];
  });
  if (processing !== undefined) return processing;
  const own = modelOf(instance);
  return own !== undefined && CALLS_ITSELF_ALGORITHM.test(own) ? own : undefined;
}

/** Manufacturer and model as one name; the model alone where it says the maker already. */
function modelOf(equipment: unknown): string | undefined {
  const maker = textAt(equipment, '00080070')?.trim() ?? '';
  const model = textAt(equipment, '00081090')?.trim() ?? '';
  const name = model.toLowerCase().startsWith(maker.toLowerCase()) ? model : `${maker} ${model}`.trim();
  return name === '' ? undefined : name;
}

function probabilityIn(text: string): number | undefined {
  const percent = PERCENT.exec(text)?.[1];
  const fraction = FRACTION.exec(text)?.[1];
  const number =
    percent === undefined ? Number(fraction?.replace(',', '.') ?? Number.NaN) : Number(percent.replace(',', '.')) / 100;
  return Number.isNaN(number) || number > 1 ? undefined : number;
}
