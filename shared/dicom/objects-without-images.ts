/** PS3.4 B.5, by the beginning of the SOP Class UID after `1.2.840.10008.5.1.4.1.1.`. */
const NOT_IMAGES: readonly (readonly [string, string])[] = [
  ['88.59', 'Key object selection'],
  ['88', 'Structured report'],
  ['104.1', 'PDF document'],
  ['104.2', 'CDA document'],
  ['104', 'Encapsulated document'],
  ['11', 'Presentation state'],
  ['66.4', 'Segmentation'],
  ['66.7', 'Label map segmentation'],
  ['66', 'Registration or surface'],
  ['67', 'Real world value mapping'],
  ['9', 'Waveform'],
  ['481.1', ''],
  ['481', 'Radiotherapy object'],
  ['4.2', 'Spectroscopy'],
  ['77.1.4.1', 'Video'],
  ['77.1.1.1', 'Video'],
  ['77.1.2.1', 'Video'],
];
const STORAGE = '1.2.840.10008.5.1.4.1.1.';

/** What an object of this SOP class is called where it is no image a viewer draws; undefined: it may be one. */
export function objectWithoutImages(sopClassUid: string): string | undefined {
  const end = sopClassUid.startsWith(STORAGE) ? sopClassUid.slice(STORAGE.length) : '';
  const found = NOT_IMAGES.find(([start]) => end === start || end.startsWith(`${start}.`));
  return found && found[1] !== '' ? found[1] : undefined;
}
