import type { DocumentReference } from 'fhir/r4';

import { toIso, type EpochMs } from '../kernel/clock.ts';
import type { Signer } from '../reporting/signed-report.ts';
import { readerReference } from './report-provenance.ts';
import type { AttachText } from './report-to-fhir.ts';
import { SYSTEM } from './systems.ts';

/** The public half of a reader's key pair. */
export interface PublicKey {
  /** RFC 7638 thumbprint. */
  readonly keyId: string;
  /** RFC 7517 JSON Web Key, without anything secret. */
  readonly jwk: { readonly kty: string; readonly crv: string; readonly x: string; readonly y: string };
}

/** A reader's public key as the hub publishes it: a JWK set, found by the reader's id or the key's own. */
export function signingKeyDocument(
  { keyId, jwk }: PublicKey,
  reader: Signer,
  at: EpochMs,
  attach: AttachText,
): DocumentReference {
  const set = JSON.stringify({ keys: [{ ...jwk, kid: keyId, use: 'sig', alg: 'ES256' }] });
  return {
    resourceType: 'DocumentReference',
    identifier: [{ system: SYSTEM.signingKey, value: keyId }],
    status: 'current',
    type: { coding: [{ system: SYSTEM.taskKind, code: 'signing-key', display: 'Public signing key of a reader' }] },
    date: toIso(at),
    author: [readerReference(reader)],
    content: [{ attachment: { contentType: 'application/jwk-set+json', title: 'Public key', ...attach(set) } }],
  };
}

export const signingKeyIfNoneExist = (keyId: string): string =>
  `identifier=${encodeURIComponent(`${SYSTEM.signingKey}|${keyId}`)}`;
