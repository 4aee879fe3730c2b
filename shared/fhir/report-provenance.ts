import type { AuditEvent, Provenance, Reference } from 'fhir/r4';

import { toIso, type EpochMs } from '../kernel/clock.ts';
import type { ReportState } from '../reporting/report-state.ts';
import type { SignedReport, Signer } from '../reporting/signed-report.ts';
import type { AttachText } from './report-to-fhir.ts';
import { SYSTEM } from './systems.ts';

export const readerReference = ({ id, name }: Signer): Reference => ({
  type: 'Practitioner',
  identifier: { system: SYSTEM.reader, value: id },
  display: name,
});

/** Who signed what when, with the signature itself: a detached JWS over the canonical report. A later version names the one it follows. */
export function reportProvenance(
  signed: SignedReport,
  signature: string,
  target: string,
  attach: AttachText,
): Provenance {
  const at = toIso(signed.signedAt);
  const who = readerReference(signed.signedBy);
  const { predecessor } = signed;
  return {
    resourceType: 'Provenance',
    target: [{ reference: target }],
    recorded: at,
    activity: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/v3-DocumentCompletion',
          code: 'LA',
          display: 'legally authenticated',
        },
      ],
    },
    agent: [
      {
        type: participant('author'),
        who,
      },
      ...attesting(signed),
    ],
    ...(predecessor === undefined
      ? {}
      : {
          entity: [
            {
              role: 'revision',
              what: {
                type: 'DiagnosticReport',
                identifier: { system: SYSTEM.report, value: predecessor.reportUuid },
              },
            },
          ],
        }),
    signature: [
      {
        // ASTM E1762-95: the author's own signature.
        type: [{ system: 'urn:iso-astm:E1762-95:2013', code: '1.2.840.10065.1.12.1.1', display: "Author's Signature" }],
        when: at,
        who,
        targetFormat: 'application/json',
        sigFormat: 'application/jose',
        data: attach(signature).data,
      },
    ],
  };
}

/** Who wrote it first, and who put their name to it. */
const attesting = ({ attestation }: SignedReport): Provenance['agent'] =>
  attestation === undefined
    ? []
    : [
        { type: participant('author'), who: readerReference(attestation.firstReader) },
        { type: participant('attester'), who: readerReference(attestation.signedBy) },
      ];

const participant = (code: 'author' | 'attester') => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code }],
});

/** Record lifecycle events of ISO 21089, as R4 AuditEvent.subtype has them. */
const LIFECYCLE: Readonly<Record<ReportState, string>> = {
  preliminary: 'originate',
  final: 'attest',
  corrected: 'amend',
  appended: 'amend',
  cancelled: 'attest',
  'entered-in-error': 'nullify',
};

/** The signature as AuditEvent: written with the report or not at all. */
export const signingAuditEvent = (signed: SignedReport, target: string): AuditEvent =>
  reportAuditEvent({ by: signed.signedBy, at: signed.signedAt, target, lifecycle: LIFECYCLE[signed.state] });

/** A signature taken back before the report left. */
export const undoAuditEvent = (by: Signer, at: EpochMs, target: string, reason: string): AuditEvent => ({
  ...reportAuditEvent({ by, at, target, lifecycle: 'nullify' }),
  outcomeDesc: reason,
});

function reportAuditEvent(event: {
  readonly by: Signer;
  readonly at: EpochMs;
  readonly target: string;
  readonly lifecycle: string;
}): AuditEvent {
  return {
    resourceType: 'AuditEvent',
    type: { system: SYSTEM.dcm, code: '110110', display: 'Patient Record' },
    subtype: [{ system: 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle', code: event.lifecycle }],
    action: event.lifecycle === 'originate' || event.lifecycle === 'attest' ? 'C' : 'U',
    recorded: toIso(event.at),
    outcome: '0',
    agent: [{ who: readerReference(event.by), requestor: true }],
    source: { observer: { display: 'Overread' } },
    entity: [{ what: { reference: event.target } }],
  };
}
