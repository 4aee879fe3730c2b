import type { RadiologistId, SiteId } from './identifiers.ts';
import type { ReadType } from './urgency.ts';

export interface Licence {
  /** ISO 3166-2 region, e.g. `US-OH`. */
  readonly region: string;
  /** ISO date of the first day; absent: it holds already. */
  readonly from?: string;
  /** ISO date; the licence holds up to and including this day. */
  readonly until: string;
}

/** What a site lets a reader do, least first. */
export const PRIVILEGES = ['none', 'view', 'preliminary', 'final'] as const;
export type Privilege = (typeof PRIVILEGES)[number];

export interface SitePrivilege {
  readonly siteId: SiteId;
  readonly level: Privilege;
  /** ISO date; the level holds up to and including this day, then `afterwards` does. Absent: until withdrawn. */
  readonly until?: string;
  /** What is left after `until`; default `view`: a reader whose privilege lapsed may look at their own cases. */
  readonly afterwards?: Privilege;
}

export interface Radiologist {
  readonly id: RadiologistId;
  /** PS3.5 PN. */
  readonly name: string;
  /** Empty means: none was configured, so licences are not checked (solo use). */
  readonly licences: readonly Licence[];
  readonly subspecialties: readonly string[];
  /** Absent: no site restricts this reader. With a list, a site that is not on it gives none. */
  readonly privileges?: readonly SitePrivilege[];
  /** DICOM modalities this reader reads; absent: all. */
  readonly modalities?: readonly string[];
  /** Absent: all. */
  readonly readTypes?: readonly ReadType[];
}
