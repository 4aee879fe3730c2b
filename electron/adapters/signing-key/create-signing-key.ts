import { calculateJwkThumbprint, CompactSign, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';

import type { PublicKey } from '#shared/fhir/signing-key-to-fhir.ts';
import type { SigningKey } from '#electron/workstation/signing/ports.ts';

const ALGORITHM = 'ES256';

/** A new private key (P-256) as JWK text: secret, to be kept sealed. */
export async function newSigningKeyText(): Promise<string> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  return JSON.stringify(await exportJWK(privateKey));
}

/** `privateJwk`: what `newSigningKeyText` made. The header carries the public key and its RFC 7638 thumbprint. */
export async function createSigningKey(privateJwk: string): Promise<SigningKey> {
  const jwk = JSON.parse(privateJwk) as JWK;
  const { kty, crv, x, y } = jwk;
  const publicJwk = { kty, crv, x, y } as PublicKey['jwk'];
  const keyId = await calculateJwkThumbprint(publicJwk);
  const key = await importJWK(jwk, ALGORITHM);
  return {
    publicKey: async () => ({ keyId, jwk: publicJwk }),
    async sign(text) {
      const attached = await new CompactSign(new TextEncoder().encode(text))
        .setProtectedHeader({ alg: ALGORITHM, kid: keyId, jwk: publicJwk })
        .sign(key);
      const [header = '', , signature = ''] = attached.split('.');
      return `${header}..${signature}`;
    },
  };
}
