/**
 * What a reader says for a command of the table, by its id, in small letters; the first is the one that is taught. Short
 * ones are told apart badly: each differs from every other in more than one sound.
 */
export const COMMAND_PHRASES = {
  'critical.mark': ['critical finding', 'critical result'],
  'dictation.confirm': ['confirm'],
  'dictation.refuse': ['cancel that', 'cancel'],
  'dictation.stop': ['stop listening', 'microphone off'],
  'reading.notes': ['go to notes'],
  'reading.return': ['return to list'],
  'reading.viewer': ['go to images'],
  'report.add-entry': ['add entry', 'another entry'],
  'report.key-image': ['mark key image', 'key image'],
  'report.measurement': ['insert measurement'],
  'report.next-field': ['next field'],
  'report.next-section': ['next section'],
  'report.previous-field': ['previous field'],
  'report.previous-section': ['previous section'],
  'report.remove-entry': ['remove entry'],
  'report.scratch-that': ['scratch that', 'undo', 'undo that'],
  'report.sign': ['sign report', 'sign'],
  'viewer.compare-prior': ['compare with prior'],
  'viewer.length': ['measure length', 'measure'],
  'viewer.next-series': ['next series'],
  'viewer.previous-series': ['previous series'],
  'viewer.window-abdomen': ['abdomen window'],
  'viewer.window-bone': ['bone window'],
  'viewer.window-brain': ['brain window'],
  'viewer.window-lung': ['lung window'],
  'viewer.window-mediastinum': ['mediastinum window'],
  'viewer.window-stroke': ['stroke window'],
  'viewer.window-subdural': ['subdural window'],
  'worklist.read-next': ['read next'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const KNOWN: Readonly<Record<string, readonly string[]>> = COMMAND_PHRASES;
/** Undefined for a command that cannot be asked for by voice. */
export const phrasesOf = (commandId: string): readonly string[] | undefined => KNOWN[commandId];
