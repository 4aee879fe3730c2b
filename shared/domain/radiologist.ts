import type { RadiologistId } from './identifiers.ts';

export interface Licence {
  /** ISO 3166-2 region, e.g. `US-OH`. */
  readonly region: string;
  /** ISO date; the licence holds up to and including this day. */
  readonly until: string;
}

export interface Radiologist {
  readonly id: RadiologistId;
  /** PS3.5 PN. */
  readonly name: string;
  /** Empty means: none was configured, so licences are not checked (solo use). */
  readonly licences: readonly Licence[];
  readonly subspecialties: readonly string[];
}
