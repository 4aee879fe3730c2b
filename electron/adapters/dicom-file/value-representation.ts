import { createRequire } from 'node:module';

/** PS3.5 7.1.2: explicit VRs with a reserved field and a 32-bit length. */
const longForm = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
const shortForm = new Set([
  'AE',
  'AS',
  'AT',
  'CS',
  'DA',
  'DS',
  'DT',
  'FD',
  'FL',
  'IS',
  'LO',
  'LT',
  'PN',
  'SH',
  'SL',
  'SS',
  'ST',
  'TM',
  'UI',
  'UL',
  'US',
]);

export const isLongForm = (vr: string): boolean => longForm.has(vr);
export const isKnownVr = (vr: string): boolean => longForm.has(vr) || shortForm.has(vr);

interface DictionaryEntry {
  readonly vr?: string;
}
// dcmjs ships no types, and its dictionary is looked up lazily by key.
const dcmjs = createRequire(import.meta.url)('dcmjs') as {
  readonly data: {
    readonly DicomMetaDictionary: { readonly dictionary: Readonly<Record<string, DictionaryEntry | undefined>> };
  };
};

const cache = new Map<string, string | undefined>();

function lookUp(tag: string): string | undefined {
  const group = tag.slice(0, 4);
  const element = tag.slice(4);
  if (element === '0000') return 'UL';
  const isPrivate = (Number.parseInt(group, 16) & 1) === 1;
  if (isPrivate) return /^00[1-9A-F][0-9A-F]$/.test(element) ? 'LO' : undefined;
  // PS3.5 7.6: curves and overlays repeat at every even group from 50xx and 60xx.
  const repeating = /^(50|60)(?!00)[0-9A-F]{2}$/.test(group) ? `${group.slice(0, 2)}00` : group;
  const { dictionary } = dcmjs.data.DicomMetaDictionary;
  return dictionary[`(${repeating},${element})`]?.vr;
}

/**
 * The VR of an implicit element (PS3.6). Dictionary entries with a choice of VRs are settled as PS3.5 annex A.1 says:
 * words for pixels and overlays, US or SS by `isSigned` (Pixel Representation).
 */
export function implicitVr(tag: string, isSigned: boolean): string | undefined {
  if (!cache.has(tag)) cache.set(tag, lookUp(tag));
  const vr = cache.get(tag);
  switch (vr) {
    case 'xs':
      return isSigned ? 'SS' : 'US';
    case 'ox':
      return 'OW';
    case 'lt':
      return 'OW';
    case 'up':
      return 'UL';
    default:
      return vr !== undefined && isKnownVr(vr) ? vr : undefined;
  }
}
