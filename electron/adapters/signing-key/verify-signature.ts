import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK } from 'jose';

/** `keyId` is the RFC 7638 thumbprint of the signing key, to be compared with the one the reader's group made known. */
export type SignatureCheck =
  | { readonly kind: 'valid'; readonly keyId: string }
  | { readonly kind: 'invalid'; readonly reason: string };

/** Checks a detached compact JWS over the UTF-8 of `text`, by the public key in its own header. */
export async function verifySignature(text: string, signature: string): Promise<SignatureCheck> {
  const [header = '', payload = '', mac = ''] = signature.trim().split('.');
  if (payload !== '') return { kind: 'invalid', reason: 'not a detached signature' };
  try {
    const attached = `${header}.${Buffer.from(text, 'utf8').toString('base64url')}.${mac}`;
    const { jwk } = decodeProtectedHeader(attached);
    if (jwk === undefined) return { kind: 'invalid', reason: 'the signature carries no key' };
    await compactVerify(attached, await importJWK(jwk, 'ES256'), { algorithms: ['ES256'] });
    return { kind: 'valid', keyId: await calculateJwkThumbprint(jwk) };
  } catch {
    return { kind: 'invalid', reason: 'the signature does not fit the text' };
  }
}
