/** How the number after a label is written. */
export interface NumberLabel {
  /** Last words of the label, as said. */
  readonly said: string;
  readonly numerals: 'arabic' | 'roman';
  /** `four a` as 4A or 4a; absent: no letter follows. */
  readonly suffix?: 'upper' | 'lower';
  /** As written before a number, where the words mean something else without one. */
  readonly written?: string;
}

/**
 * After these the number is in figures, small ones too. Roman only where the scale's authors number it so;
 * every other grade, type and stage is in figures, which are less easily misread (II, III).
 */
export const NUMBER_LABELS: readonly NumberLabel[] = [
  ...['series', 'image', 'images', 'slice', 'slices', 'frame', 'frames', 'score', 'station', 'zone', 'zones'].map(
    (said) => ({ said, numerals: 'arabic' }) as const,
  ),
  ...['class', 'segments', 'level', 'levels', 'rib', 'ribs', 'phase', 'phases', 'page', 'room', 'number'].map(
    (said) => ({ said, numerals: 'arabic' }) as const,
  ),
  ...['grade', 'type', 'stage', 'category'].map((said) => ({ said, numerals: 'arabic', suffix: 'upper' }) as const),
  { said: 'segment', numerals: 'arabic', suffix: 'lower' },
  ...[
    'bi rads',
    'birads',
    'lung rads',
    'ti rads',
    'tirads',
    'pi rads',
    'li rads',
    'o rads',
    'cad rads',
    'node rads',
  ].map((said) => ({ said, numerals: 'arabic', suffix: 'upper' }) as const),
  ...['deauville', 'fazekas', 'goutallier', 'aspects score', 'gleason', 'modic'].map(
    (said) => ({ said, numerals: 'arabic' }) as const,
  ),
  ...['s u v', 's u v max', 's u v mean', 's u v peak'].map((said) => ({ said, numerals: 'arabic' }) as const),
  { said: 'aspects', numerals: 'arabic', written: 'ASPECTS' },
  { said: 'bosniak', numerals: 'roman', suffix: 'upper' },
  ...['salter harris', 'schatzker', 'le fort', 'gartland', 'debakey', 'cranial nerve', 'cranial nerves'].map(
    (said) => ({ said, numerals: 'roman' }) as const,
  ),
];

/** Said up to three words before `grade` or `type`, these turn the figures into Roman numerals. */
export const ROMAN_BEFORE: ReadonlySet<string> = new Set([
  'aast',
  'bosniak',
  'harris',
  'schatzker',
  'fort',
  'gartland',
  'debakey',
  'roman',
]);
/** Said right after the number. */
export const ROMAN_AFTER: ReadonlySet<string> = new Set(['endoleak', 'endoleaks', 'odontoid', 'germinal']);
/** Letters before `grade` that ask for Roman numerals: A A S T. */
export const ROMAN_AFTER_LETTERS: readonly string[] = ['a', 'a', 's', 't'];
export const ROMAN = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'] as const;
