/**
 * Every id that a delivery shows to a site is a function of the report's UUID: whoever sends the same report again,
 * in the same process or after a crash, sends the same ids, and the receiver recognises the repeat.
 */

/** The 128 bits of a UUID, whichever way it is written. */
function uuidBits(reportUuid: string): bigint {
  const hex = reportUuid.replaceAll('-', '').toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(hex)) throw new Error('not a UUID');
  return BigInt(`0x${hex}`);
}

/** A UUID that follows from the report's: the same number, the same UUID. `number` from 1. */
export function relatedUuid(reportUuid: string, number: number): string {
  if (!Number.isInteger(number) || number < 1 || number >= 2 ** 24) throw new Error('number out of range');
  const hex = (uuidBits(reportUuid) ^ BigInt(number)).toString(16).padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Constants that turn one UUID into several: XOR keeps different reports different, and version and variant of the UUID as they are. */
const DICOM_PART_MASK = {
  pdf: 0n,
  series: 1n << 112n,
  'text-report': 2n << 112n,
  measurements: 3n << 112n,
  'structured-series': 4n << 112n,
  'key-images': 5n << 112n,
  'key-image-series': 6n << 112n,
  presentation: 7n << 112n,
  'presentation-series': 8n << 112n,
} as const;
export type DicomPart = keyof typeof DICOM_PART_MASK;

/** A report read on several studies goes into each of them as an object of its own. */
const MAX_STUDIES = 256;

/** Objects of one kind in one study. */
const MAX_OBJECTS = 65_536;

/**
 * A UID made from a UUID (PS3.5 B.2: root 2.25 and the UUID as one decimal number, at most 44 characters). `number`: of several of a kind
 * in one study, from 0.
 */
export function dicomUidOf(reportUuid: string, part: DicomPart, studyIndex = 0, number = 0): string {
  if (!Number.isInteger(studyIndex) || studyIndex < 0 || studyIndex >= MAX_STUDIES) {
    throw new Error('study index out of range');
  }
  if (!Number.isInteger(number) || number < 0 || number >= MAX_OBJECTS) throw new Error('number out of range');
  const bits = uuidBits(reportUuid) ^ DICOM_PART_MASK[part] ^ (BigInt(studyIndex) << 120n) ^ (BigInt(number) << 96n);
  return `2.25.${bits}`;
}

/** A UUID as UID, whatever it names. */
export const uidOfUuid = (uuid: string): string => `2.25.${uuidBits(uuid)}`;

const CONTROL_ID_DIGITS = 18;
const CONTROL_ID_SPACE = 36n ** BigInt(CONTROL_ID_DIGITS);

/** MSH-10 (at most 20 characters, HL7 v2.5.1 2.14.9.10): 18 digits of the UUID in base 36, two for the channel. */
export function messageControlIdOf(reportUuid: string, channelIndex: number): string {
  if (!Number.isInteger(channelIndex) || channelIndex < 0 || channelIndex >= 36 * 36) {
    throw new Error('channel index out of range');
  }
  const report = (uuidBits(reportUuid) % CONTROL_ID_SPACE).toString(36).padStart(CONTROL_ID_DIGITS, '0');
  return `${report}${channelIndex.toString(36).padStart(2, '0')}`.toUpperCase();
}

/** Name of the report's files in a folder, without extension: says nothing about the patient. */
export const fileStemOf = (reportUuid: string, version: number): string => `report-${reportUuid}-v${version}`;
