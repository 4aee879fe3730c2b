import type { Bundle, FhirResource } from 'fhir/r4';

/** Why a FHIR server did not do what was asked. */
export type FhirRefusal =
  /** 404 or 410. */
  | { readonly code: 'not-found' }
  /** 412 and 409 alike: someone else wrote in between (DESIGN 6). */
  | { readonly code: 'conflict' }
  /** 400 or 422: the server will never take this. */
  | { readonly code: 'rejected'; readonly status: number; readonly diagnostics: string }
  /** 401 or 403. */
  | { readonly code: 'forbidden' }
  /** Never reached, or closed before an answer, or 5xx. `sent`: the request may have been carried out. */
  | { readonly code: 'unreachable'; readonly sent: boolean };

/** Thrown by a FhirClient: callers turn it into their own Result where the refusal is expected. */
export class FhirError extends Error {
  readonly refusal: FhirRefusal;
  constructor(refusal: FhirRefusal) {
    super(`fhir: ${refusal.code}`);
    this.name = 'FhirError';
    this.refusal = refusal;
  }
}

/** The portable FHIR R4 subset that Overread needs of a hub (DESIGN 6): every call throws FhirError on refusal. */
export interface FhirClient {
  read<Resource extends FhirResource>(type: Resource['resourceType'], id: string): Promise<Resource>;
  /** Follows `next` links up to `limit` resources (default 1000). Included resources come along. */
  search<Resource extends FhirResource>(
    type: Resource['resourceType'],
    params: Readonly<Record<string, string>>,
    limit?: number,
  ): Promise<Resource[]>;
  /** `ifNoneExist`: a search string; an existing match is returned instead of creating a second one. */
  create<Resource extends FhirResource>(resource: Resource, ifNoneExist?: string): Promise<Resource>;
  /** PUT with `If-Match: W/"version"` when a version is given. */
  update<Resource extends FhirResource>(resource: Resource, version?: string): Promise<Resource>;
  /** All or nothing. */
  transaction(bundle: Bundle): Promise<Bundle>;
}
