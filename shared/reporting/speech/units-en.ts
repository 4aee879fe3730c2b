/** A unit as it is said and as it is written. The first way to say it is the one that is listened for. */
export interface SpokenUnit {
  readonly written: string;
  /** In American spelling, plural first. */
  readonly said: readonly string[];
  /** Written right after the number, with no space. */
  readonly isTight?: true;
}

/** SI symbols as the SI brochure (9th edition) writes them, besides the units of radiology (HU, SUV is a term). */
export const UNITS: readonly SpokenUnit[] = [
  { written: 'mm', said: ['millimeters', 'millimeter', 'mm'] },
  { written: 'cm', said: ['centimeters', 'centimeter', 'cm'] },
  { written: 'm', said: ['meters', 'meter'] },
  { written: 'µm', said: ['micrometers', 'micrometer', 'microns', 'micron'] },
  { written: 'mm²', said: ['square millimeters', 'square millimeter'] },
  { written: 'cm²', said: ['square centimeters', 'square centimeter'] },
  { written: 'mm³', said: ['cubic millimeters', 'cubic millimeter'] },
  { written: 'cm³', said: ['cubic centimeters', 'cubic centimeter'] },
  { written: 'mL', said: ['milliliters', 'milliliter', 'ml', 'cc', 'c c'] },
  { written: 'dL', said: ['deciliters', 'deciliter'] },
  { written: 'L', said: ['liters', 'liter'] },
  { written: 'HU', said: ['hounsfield units', 'hounsfield unit', 'h u', 'hu', 'hounsfield'] },
  { written: 'Gy', said: ['gray', 'grays'] },
  { written: 'mGy', said: ['milligray', 'milligrays'] },
  { written: 'mGy·cm', said: ['milligray centimeters', 'milligray centimeter'] },
  { written: 'Gy·cm²', said: ['gray square centimeters', 'gray square centimeter'] },
  { written: 'Sv', said: ['sieverts', 'sievert'] },
  { written: 'mSv', said: ['millisieverts', 'millisievert'] },
  { written: 'Bq', said: ['becquerels', 'becquerel'] },
  { written: 'MBq', said: ['megabecquerels', 'megabecquerel'] },
  { written: 'GBq', said: ['gigabecquerels', 'gigabecquerel'] },
  { written: 'mCi', said: ['millicuries', 'millicurie'] },
  { written: 'T', said: ['tesla', 'teslas'] },
  { written: 'Hz', said: ['hertz'] },
  { written: 'MHz', said: ['megahertz'] },
  { written: 'kV', said: ['kilovolts', 'kilovolt'] },
  { written: 'kVp', said: ['kilovolt peak'] },
  { written: 'mA', said: ['milliamperes', 'milliampere', 'milliamps'] },
  { written: 'mAs', said: ['milliampere seconds'] },
  { written: 'kPa', said: ['kilopascals', 'kilopascal'] },
  { written: 'mmHg', said: ['millimeters of mercury'] },
  { written: 'g', said: ['grams', 'gram'] },
  { written: 'kg', said: ['kilograms', 'kilogram', 'kilos'] },
  { written: 'mg', said: ['milligrams', 'milligram'] },
  { written: 'µg', said: ['micrograms', 'microgram'] },
  { written: 'mg/mL', said: ['milligrams per milliliter'] },
  { written: 'mg/dL', said: ['milligrams per deciliter'] },
  { written: 'mg/kg', said: ['milligrams per kilogram'] },
  { written: 'mL/kg', said: ['milliliters per kilogram'] },
  { written: 'MBq/kg', said: ['megabecquerels per kilogram'] },
  { written: 'ng/mL', said: ['nanograms per milliliter'] },
  { written: 'ng/mL²', said: ['nanograms per milliliter squared'] },
  { written: 'mmol/L', said: ['millimoles per liter'] },
  { written: 'mL/s', said: ['milliliters per second'] },
  { written: 'mL/min', said: ['milliliters per minute'] },
  { written: 'cm/s', said: ['centimeters per second', 'centimeter per second'] },
  { written: 'm/s', said: ['meters per second', 'meter per second'] },
  { written: 's/mm²', said: ['seconds per square millimeter'] },
  { written: 'ms', said: ['milliseconds', 'millisecond'] },
  { written: 'bpm', said: ['beats per minute'] },
  { written: '/min', said: ['per minute'], isTight: true },
  { written: 'dB', said: ['decibels', 'decibel'] },
  { written: '%', said: ['percent', 'per cent', 'percent sign'], isTight: true },
  { written: '°', said: ['degrees', 'degree'], isTight: true },
  { written: '°C', said: ['degrees celsius', 'degrees centigrade'] },
];

/** Spans of time keep their word: `3-month follow-up`, `in 3 months`. */
export const TIME_UNITS: ReadonlySet<string> = new Set(
  ['second', 'minute', 'hour', 'day', 'week', 'month', 'year'].flatMap((unit) => [unit, `${unit}s`]),
);
