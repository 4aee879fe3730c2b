import type { FhirRefusal } from '#shared/fhir/fhir-client.ts';

/** Failures of the connection itself: nothing of the request left us. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EACCES',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** What a thrown `fetch` tells. Whatever is not known to have failed before sending may have been carried out. */
export const refusalOfFailure = (error: unknown): FhirRefusal => ({
  code: 'unreachable',
  sent: !codesOf(error).some((code) => NEVER_SENT.has(code)),
});

/** undici wraps the socket's error as `cause`, and several attempts (IPv6, IPv4) as an AggregateError. */
function codesOf(error: unknown, depth = 0): readonly string[] {
  if (typeof error !== 'object' || error === null || depth > 4) return [];
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  return [
    ...(typeof code === 'string' ? [code] : []),
    ...codesOf(cause, depth + 1),
    ...(Array.isArray(errors) ? errors.flatMap((each) => codesOf(each, depth + 1)) : []),
  ];
}

export function refusalOfStatus(status: number, body: string): FhirRefusal {
  switch (status) {
    case 404:
    case 410:
      return { code: 'not-found' };
    case 409:
    case 412:
      return { code: 'conflict' };
    case 401:
    case 403:
      return { code: 'forbidden' };
    // The server says that it did not take the request up.
    case 429:
    case 503:
      return { code: 'unreachable', sent: false };
    default:
      return status >= 500
        ? { code: 'unreachable', sent: true }
        : { code: 'rejected', status, diagnostics: diagnosticsIn(body) };
  }
}

const LONGEST_DIAGNOSTICS = 500;

function diagnosticsIn(body: string): string {
  try {
    const { issue } = JSON.parse(body) as { issue?: { diagnostics?: unknown; details?: { text?: unknown } }[] };
    const texts = (Array.isArray(issue) ? issue : []).flatMap(({ diagnostics, details }) =>
      [diagnostics, details?.text].filter((text) => typeof text === 'string'),
    );
    return texts.join('; ').slice(0, LONGEST_DIAGNOSTICS);
  } catch {
    return '';
  }
}
