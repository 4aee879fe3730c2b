import type { AuditEvent } from 'fhir/r4';

import type { AuditAct } from '../domain/audit-entry.ts';
import { toIso, type EpochMs } from '../kernel/clock.ts';
import { fhirString } from './fhir-text.ts';
import { SYSTEM } from './systems.ts';

/** One thing somebody did about a case, for the record: who, what, when, outcome. No text of the case stands in it. */
export interface RecordedAct {
  /** A closed set of words, e.g. `critical.recorded`. */
  readonly act: AuditAct;
  readonly at: EpochMs;
  /** Reader id, or the site's person and how they came. */
  readonly by: { readonly id: string; readonly name: string };
  /** What it was done to, as FHIR references. */
  readonly about: readonly string[];
  readonly siteId?: string;
  readonly outcome: 'done' | 'refused';
}

/** FHIR R4 AuditEvent; its type is the act in our own words. */
export function actToAuditEvent({ act, at, by, about, siteId, outcome }: RecordedAct): AuditEvent {
  return {
    resourceType: 'AuditEvent',
    type: { system: SYSTEM.act, code: act },
    action: 'E',
    recorded: toIso(at),
    outcome: outcome === 'done' ? '0' : '4',
    agent: [
      {
        who: { identifier: { system: SYSTEM.reader, value: by.id }, display: fhirString(by.name) ?? by.id },
        requestor: true,
      },
    ],
    source: {
      observer: { display: 'Overread' },
      ...(siteId === undefined ? {} : { site: siteId }),
    },
    ...(about.length === 0 ? {} : { entity: about.map((reference) => ({ what: { reference } })) }),
  };
}
